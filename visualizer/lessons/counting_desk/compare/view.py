"""The view "2012 table": the lecture's table of the 2012 ImageNet net, beside what its layers come to."""

from __future__ import annotations

from functools import partial

import streamlit as st

from visualizer.engine.stacks.imagenet_2012 import compare_2012
from visualizer.engine.stacks.presets import LITERAL_2012, PAPER_2012, SLIDE_2012
from visualizer.lessons.counting_desk.compare.text import (
    DIFFERENT,
    RESULT,
    SOURCE,
    comparison,
    differences,
    verdict,
)
from visualizer.lessons.counting_desk.desk import put_preset
from visualizer.lessons.counting_desk.settings import LAYERS, VIEW

_OPENERS = ((SLIDE_2012, "The slide’s numbers"), (LITERAL_2012, "Its labels"), (PAPER_2012, "The paper"))


def draw_comparison() -> None:
    rows = compare_2012()
    st.markdown(RESULT, help=SOURCE)
    st.markdown(verdict(rows))
    with st.container(key="table-2012"):
        st.markdown(comparison(rows))
    st.caption(
        f"{DIFFERENT}: not what is printed. Weights only, as the slide counts. The input is first here; on the slide "
        "it is at the bottom."
    )
    st.markdown("\n".join(f"- {line}" for line in differences(rows)))
    with st.container(horizontal=True, gap="small"):
        for name, label in _OPENERS:
            st.button(f"{label}: open as layers", key=f"open_{name}", on_click=partial(_open, name))
    st.divider()
    st.caption("On the desk, for the other views:")


def _open(name: str) -> None:
    put_preset(name)
    st.session_state[VIEW.name] = LAYERS
