"""The view "Strength" on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import streamlit as st

from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.regularisation.settings import DROPOUT, L1, L2, RegSettings
from visualizer.labs.regularisation.shown import draw_shown
from visualizer.labs.regularisation.strength.answer import answer
from visualizer.labs.regularisation.strength.figures import figure_strengths
from visualizer.labs.regularisation.sweeps import EARLY, NONE, STRENGTHS, Sweeps, repeat_seconds, run_sweeps
from visualizer.labs.regularisation.text import NAMES, strength_text
from visualizer.labs.regularisation.weight_figures import figure_near_zero, figure_weights, weight_columns
from visualizer.ui.run import Progress

KINDS = (NONE, EARLY, L2, L1, DROPOUT)
SWEPT = (L2, L1, DROPOUT)
_LINES = (
    "★: the strength that the validation points choose. Level lines: the test without regularisation, and with early "
    "stopping. Bands: from the lowest to the highest repeat."
)


def run(settings: RegSettings) -> Iterator[Progress[Sweeps]]:
    return run_sweeps(settings, KINDS)


def cost(settings: RegSettings) -> Cost:
    return settings.cost(repeat_seconds(settings, KINDS), sum(len(STRENGTHS[kind]) for kind in KINDS))


def charts(settings: RegSettings, sweeps: Sweeps) -> Charts:
    """The losses over each kind's strength, side by side."""
    if not any(kind in sweeps.kinds for kind in SWEPT):
        return
    ink = page_inks()
    with st.container(key="lab-shown", horizontal=True, vertical_alignment="center", gap="medium"):
        shown = draw_shown(settings, "reg_strength_shown")
        st.caption(_LINES)
    for kind in SWEPT:
        yield (
            None
            if kind not in sweeps.kinds
            else Chart(
                partial(figure_strengths, sweeps, kind, shown, ink),
                f"reg_strength_{kind}",
                alt=f"Training and test {shown.short} over the strength of {NAMES[kind]}",
                csv=partial(sweep_columns, sweeps, (NONE, EARLY, kind)),
                chosen=shown,
            )
        )


def weight_charts(settings: RegSettings, sweeps: Sweeps) -> Charts:
    """The weights of one kind at one strength, and how many are near 0."""
    if L1 not in sweeps.kinds:
        return
    ink = page_inks()
    kind, place = _draw_choice([kind for kind in SWEPT if kind in sweeps.kinds])
    yield Chart(
        partial(figure_weights, sweeps, kind, place, ink),
        "reg_weights",
        alt="How the weights are spread at the chosen strength, and without regularisation",
        csv=partial(weight_columns, sweeps, kind),
        chosen=(kind, place),
    )
    yield Chart(
        partial(figure_near_zero, sweeps, ink),
        "reg_near_zero",
        alt="The share of weights near 0 over the strength of L2 and of L1",
        csv=partial(sweep_columns, sweeps, (L2, L1)),
    )


def _draw_choice(kinds: list[str]) -> tuple[str, int]:
    """The kind and the place of the strength whose weights are drawn; only the drawing changes."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown("**Weights with**", width="content")
        kind = str(
            st.segmented_control(
                "Kind",
                kinds,
                default=L1,
                format_func=lambda name: NAMES[name],
                required=True,
                key="reg_weights_kind",
                label_visibility="collapsed",
            )
        )
        places = range(len(STRENGTHS[kind]))
        place = st.select_slider(
            "Strength",
            places,
            value=len(places) // 2,
            format_func=lambda at: strength_text(kind, float(STRENGTHS[kind][at])),
            key=f"reg_weights_{kind}",
            label_visibility="collapsed",
            width=220,
        )
        st.caption("L1 sets weights to 0, L2 makes them small.")
    return kind, int(place)


STRENGTH_SWEEP = Experiment("regularisation_strength", run, cost, charts, answer, weight_charts, across=len(SWEPT))


def sweep_columns(sweeps: Sweeps, kinds: Sequence[str]) -> Columns:
    """What every net came to, a row for each kind, strength and repeat."""
    rows = [sweeps.kinds[kind] for kind in kinds if kind in sweeps.kinds]
    names = {
        "training loss": "train_loss",
        "validation loss": "validation_loss",
        "test loss": "test_loss",
        "training error": "train_error",
        "test error": "test_error",
        "norm of the weights": "norm",
        "share of weights near 0": "near_zero",
        "stopped at epoch": "stopped",
    }
    repeats = len(rows[0].fits.test_loss) if rows else 0
    return {
        "kind": [NAMES[sweep.kind] for sweep in rows for _ in range(len(sweep.strengths) * repeats)],
        "strength": [value for sweep in rows for value in sweep.strengths.tolist() for _ in range(repeats)],
        "repeat": [repeat for sweep in rows for _ in sweep.strengths for repeat in range(repeats)],
    } | {
        name: [value for sweep in rows for value in getattr(sweep.fits, field).t().flatten().tolist()]
        for name, field in names.items()
    }
