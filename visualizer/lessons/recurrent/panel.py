"""The settings, in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

import streamlit as st

from visualizer.lessons.recurrent.sequence.panel import draw_sequence_panel
from visualizer.lessons.recurrent.settings import (
    EVERY,
    LAST,
    NUMBERS,
    OWN,
    RANDOM,
    SETTINGS,
    VECTORS,
    RecurrentSettings,
)
from visualizer.lessons.recurrent.walk import WEIGHT_SETS
from visualizer.lessons.recurrent.weights.panel import draw_weights_panel
from visualizer.ui.messages import Beside

_FIELDS = {NUMBERS: ("series",), VECTORS: ("steps", "inputs")}


def draw_settings(cell: str) -> tuple[RecurrentSettings, Beside]:
    """Draw every setting but the cell, which is chosen beside; returns what they come to, and where to refuse."""
    left, right = st.columns(2, gap="medium")
    with left:
        values = {"cell": cell} | SETTINGS.draw("weights", on_change=_take_example)
        chosen = WEIGHT_SETS.get(values["weights"])
        if chosen:
            st.caption(chosen.about)
        if values["weights"] == OWN:
            draw_weights_panel()
        values |= SETTINGS.draw("sequence_of", disabled=bool(chosen))
        values |= SETTINGS.draw(*_FIELDS.get(values["sequence_of"], ("text",)))
        beside = {"sequence": st.container(key="beside-sequence")}
        if values["sequence_of"] == NUMBERS:
            draw_sequence_panel()
    with right:
        drawn = values["weights"] == RANDOM
        values |= SETTINGS.draw("units", "scale", "seed", disabled=not drawn)
        values |= SETTINGS.draw("forget_bias", disabled=not drawn or cell != "lstm")
        values |= SETTINGS.draw("readout", "truncate_after", "biases")
    return RecurrentSettings(**values), beside


def _take_example() -> None:
    """Weights for a task come with a sequence that shows what they do."""
    chosen = WEIGHT_SETS.get(SETTINGS["weights"].asked())
    if chosen:
        SETTINGS["sequence_of"].put(chosen.sequence_of)
        SETTINGS["series" if chosen.sequence_of == NUMBERS else "text"].put(chosen.example)
        SETTINGS["readout"].put(LAST if chosen.answers_last else EVERY)
