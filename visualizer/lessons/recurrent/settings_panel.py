"""The settings, in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st

from visualizer.lessons.messages import Beside
from visualizer.lessons.recurrent import table
from visualizer.lessons.recurrent.hand_set import HAND_SET
from visualizer.lessons.recurrent.sequence_panel import draw_sequence_panel
from visualizer.lessons.recurrent.settings import NUMBERS, RANDOM, RecurrentSettings
from visualizer.settings import Setting

Values = dict[str, Any]


def draw_settings(cell: str) -> tuple[RecurrentSettings, Beside]:
    """Draw every setting but the cell, which is chosen beside; returns what they come to, and where to refuse."""
    values: Values = {table.CELL.name: cell}
    left, right = st.columns(2, gap="medium")
    with left:
        values[table.WEIGHTS.name] = table.WEIGHTS.draw(on_change=_take_example)
        hand_set = HAND_SET.get(values[table.WEIGHTS.name])
        if hand_set:
            st.caption(hand_set.about)
        _draw(values, table.INPUT, disabled=bool(hand_set))
        numbers = values[table.INPUT.name] == NUMBERS
        _draw(values, table.SERIES if numbers else table.TEXT)
        beside = {"sequence": st.container(key="beside-sequence")}
        if numbers:
            draw_sequence_panel()
    with right:
        drawn = values[table.WEIGHTS.name] == RANDOM
        _draw(values, table.UNITS, table.SCALE, table.SEED, disabled=not drawn)
        _draw(values, table.FORGET_BIAS, disabled=not drawn or cell != "lstm")
        _draw(values, table.READOUT, table.TRUNCATE)
    return table.settings_of(values), beside


def _draw(values: Values, *settings: Setting[Any], disabled: bool = False) -> None:
    for setting in settings:
        values[setting.name] = setting.draw(disabled=disabled)


def _take_example() -> None:
    """Weights set by hand come with a sequence that shows what they do."""
    hand_set = HAND_SET.get(table.WEIGHTS.coerce(st.session_state.get(table.WEIGHTS.name)))
    if hand_set:
        sequence = table.SERIES if hand_set.sequence_of == NUMBERS else table.TEXT
        st.session_state[table.INPUT.name] = hand_set.sequence_of
        st.session_state[sequence.name] = hand_set.example
