"""The settings, in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st

from visualizer.lessons.recurrent import table
from visualizer.lessons.recurrent.sequence.panel import draw_sequence_panel
from visualizer.lessons.recurrent.settings import EVERY, LAST, NUMBERS, OWN, RANDOM, VECTORS, RecurrentSettings
from visualizer.lessons.recurrent.walk import WEIGHT_SETS
from visualizer.lessons.recurrent.weights.panel import draw_weights_panel
from visualizer.ui.messages import Beside
from visualizer.ui.settings import Setting

Values = dict[str, Any]


def draw_settings(cell: str) -> tuple[RecurrentSettings, Beside]:
    """Draw every setting but the cell, which is chosen beside; returns what they come to, and where to refuse."""
    values: Values = {table.CELL.name: cell}
    left, right = st.columns(2, gap="medium")
    with left:
        values[table.WEIGHTS.name] = table.WEIGHTS.draw(on_change=_take_example)
        chosen = WEIGHT_SETS.get(values[table.WEIGHTS.name])
        if chosen:
            st.caption(chosen.about)
        if values[table.WEIGHTS.name] == OWN:
            draw_weights_panel()
        _draw(values, table.INPUT, disabled=bool(chosen))
        kind = values[table.INPUT.name]
        numbers = kind == NUMBERS
        _draw(values, *((table.STEPS, table.INPUTS) if kind == VECTORS else (table.SERIES if numbers else table.TEXT,)))
        beside = {"sequence": st.container(key="beside-sequence")}
        if numbers:
            draw_sequence_panel()
    with right:
        drawn = values[table.WEIGHTS.name] == RANDOM
        _draw(values, table.UNITS, table.SCALE, table.SEED, disabled=not drawn)
        _draw(values, table.FORGET_BIAS, disabled=not drawn or cell != "lstm")
        _draw(values, table.READOUT, table.TRUNCATE, table.BIASES)
    return table.settings_of(values), beside


def _draw(values: Values, *settings: Setting[Any], disabled: bool = False) -> None:
    for setting in settings:
        values[setting.name] = setting.draw(disabled=disabled)


def _take_example() -> None:
    """Weights for a task come with a sequence that shows what they do."""
    chosen = WEIGHT_SETS.get(table.WEIGHTS.coerce(st.session_state.get(table.WEIGHTS.name)))
    if chosen:
        sequence = table.SERIES if chosen.sequence_of == NUMBERS else table.TEXT
        table.INPUT.put(chosen.sequence_of)
        sequence.put(chosen.example)
        table.READOUT.put(LAST if chosen.answers_last else EVERY)
