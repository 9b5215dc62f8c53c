"""The gradient check, in a popover of the toolbar."""

from __future__ import annotations

import streamlit as st

from visualizer.engine import Ref, Trace
from visualizer.engine.walks.network.gradient_check import GradientCheck
from visualizer.lessons.one_hidden_layer.state import NetLesson

WELL = 1e-6


def draw_gradient_check(lesson: NetLesson) -> None:
    """Every parameter's gradient by three ways; computed while the popover is open."""
    panel = st.popover("Gradient check", key="gradient_check", on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.caption(
            "The same gradients by three ways: by the chain rule as on the board, by torch's autograd, and by central "
            "differences, (ℓ(w + d) − ℓ(w − d)) / 2d."
        )
        check = lesson.check_gradients()
        st.markdown(_verdict(check))
        st.dataframe(
            _rows(check, lesson.trace),
            hide_index=True,
            height=min(420, 38 + 35 * len(check.rows)),
            column_config={
                **{name: st.column_config.NumberColumn(format="%.9f") for name in ("board", "autograd", "differences")},
                "largest difference": st.column_config.NumberColumn(format="%.1e"),
            },
            alt="gradients by three ways",
        )


def _verdict(check: GradientCheck) -> str:
    if check.largest <= WELL:
        return f"They agree: the largest difference is {check.largest:.1e}."
    return (
        f"The largest difference is {check.largest:.1e}. At a kink of ReLU, or with very large numbers, differences "
        "say less than the chain rule does."
    )


def _rows(check: GradientCheck, trace: Trace) -> list[dict[str, str | float]]:
    return [
        {
            "gradient": trace.symbol(Ref(row.ref.name, row.ref.index)),
            "board": row.engine,
            "autograd": row.autograd,
            "differences": row.central,
            "largest difference": row.difference,
        }
        for row in check.rows
    ]
