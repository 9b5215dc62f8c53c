"""The view "Cell explorer": a text coloured by one unit, and where else the units of a stretch are on together."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.sequences.cell_explorer import Stretch, means_by_character, other_places, units_on
from visualizer.engine.sequences.model import SequenceModel, run_model
from visualizer.engine.sequences.text import VOCABULARY, fitting_text, training_text
from visualizer.engine.sequences.weights import load_model
from visualizer.figures.coloured_text import MAX_PIECES, Mark, figure_coloured_text
from visualizer.figures.palette import GOOD, MARK
from visualizer.figures.svg import digits
from visualizer.lessons.recurrent.view_settings import FROM, STATE, THRESHOLD, TO, UNIT
from visualizer.text.plain import shown
from visualizer.text.words import counted
from visualizer.ui.layout import draw_figure

_MAX_LISTED, _MAX_UNITS, _MAX_NAMED = 12, 16, 3


def draw_explorer(model: SequenceModel, x: Tensor, text: str) -> None:
    """The question, the coloured text, and the stretches that are like the chosen one.

    Shapes: x (time, inputs), an input for each character of the text; at most 2,000 are looked at.
    """
    st.subheader("What does a unit respond to, and where else does it?", anchor=False)
    text = text[: min(len(x), MAX_PIECES)]
    if not text:
        st.caption("There is no text yet.")
        return
    state, unit, stretch, threshold = _draw_controls(model, len(text))
    with torch.no_grad():
        values = run_model(model, x[: len(text)])[state]
    picture, found = st.columns([3, 1.2], gap="medium")
    units, places = alike(values, stretch, threshold)
    with picture:
        title = f"The text, coloured by {state} of unit {unit + 1}"
        marks = [Mark(*stretch, MARK), *(Mark(*place, GOOD, dashed=True) for place in places)]
        drawn = figure_coloured_text(list(text), values[:, unit].tolist(), title=title, marks=marks)
        draw_figure(drawn, title, width="stretch", wide="text")
        st.caption(
            f"Blue: {state} of unit {unit + 1} is above 0; orange: below. Violet bar: the chosen stretch. Dashed "
            f"green: where all units that are on throughout it are on together elsewhere."
        )
    with found:
        lines = (responds(values[:, unit], text, unit), answer(text, stretch, units, places, threshold))
        items = "".join(f"<li>{html.escape(line)}</li>" for line in listed(text, places))
        st.html(f"{''.join(f'<p>{html.escape(line)}</p>' for line in lines)}<ul>{items}</ul>")


def alike(values: Tensor, stretch: Stretch, threshold: float) -> tuple[list[int], list[Stretch]]:
    """The units on throughout a stretch, and the stretches apart from it where they are too, the longest first."""
    units = units_on(values, *stretch, threshold)
    places = other_places(values, units, threshold)
    apart = [place for place in places if place[1] <= stretch[0] or place[0] >= stretch[1]]
    return units, sorted(apart, key=lambda place: place[0] - place[1])


def responds(values: Tensor, text: str, unit: int) -> str:
    """The characters on which a unit is highest and lowest, as plain text."""
    means = [(f"“{shown(name)}”", digits(mean)) for name, mean in means_by_character(values, text).items()]
    if len(means) < 2:
        return f"Unit {unit + 1} is {means[0][1]} on average."
    highest = ", ".join(f"{name} ({mean})" for name, mean in means[: min(_MAX_NAMED, len(means) - 1)])
    name, mean = means[-1]
    return f"Unit {unit + 1} is highest on {highest} and lowest on {name} ({mean}), each the mean over the text."


def answer(text: str, stretch: Stretch, units: Sequence[int], places: Sequence[Stretch], threshold: float) -> str:
    """The units that are on throughout the stretch, and how often elsewhere, as plain text."""
    where = f"Throughout “{shown(text[slice(*stretch)])}” ({stretch[0] + 1} to {stretch[1]})"
    if not units:
        return f"{where} no unit stays above {threshold:g}. Take a shorter stretch or a lower threshold."
    names = ", ".join(str(unit + 1) for unit in units[:_MAX_UNITS])
    more = f" and {len(units) - _MAX_UNITS} more" if len(units) > _MAX_UNITS else ""
    one = len(units) == 1
    stay = f"{where} unit{'' if one else 's'} {names}{more} {'stays' if one else 'stay'} above {threshold:g}."
    if not places:
        return f"{stay} Nowhere else in this text {'is it' if one else 'are they all'} on."
    times = counted(len(places), "more place")
    return f"{stay} {'It is on' if one else 'They are on together'} in {times}{', the longest first' * (not one)}:"


def listed(text: str, places: Sequence[Stretch]) -> list[str]:
    """A line for each of the first stretches, as plain text."""
    lines = [f"{start + 1} to {stop}: “{shown(text[start:stop])}”" for start, stop in places[:_MAX_LISTED]]
    return lines if len(places) <= _MAX_LISTED else [*lines, f"… and {len(places) - _MAX_LISTED} more"]


def _draw_controls(model: SequenceModel, length: int) -> tuple[str, int, Stretch, float]:
    """Which state, the unit and the stretch, both counted from 0 and within what there is, and the threshold."""
    columns = st.columns([1.3, 1, 1, 1, 2], gap="small")
    with columns[0]:
        state = STATE.draw() if model.kind == "lstm" else _hidden()
    with columns[1]:
        unit = UNIT.draw(most=model.units)
    with columns[2]:
        start = FROM.draw(most=length)
    with columns[3]:
        stop = TO.draw(most=length)
    with columns[4]:
        threshold = THRESHOLD.draw()
    if start > stop:
        st.caption("The stretch begins after its end, so the two are taken the other way round.")
    first, last = sorted((start, stop))
    return state, unit - 1, (first - 1, last), threshold


def _hidden() -> str:
    """An RNN has no cell, so there is nothing to choose."""
    st.caption("Value: hidden h, as an RNN has no cell.")
    return "h"


MAX_CHARACTERS = 2000
_TEXT, _EXCERPT = "explorer_text", 400


def draw_explore(cell: str) -> None:
    """A field for a text, and the explorer over it."""
    typed = st.text_area(
        "Text",
        value=st.session_state.get(_TEXT) or training_text()[1][:_EXCERPT],
        max_chars=MAX_CHARACTERS,
        key=_TEXT,
        height=90,
        help=f"At most {MAX_CHARACTERS:,} characters. It is read in lower case, in {len(VOCABULARY)} characters.",
    )
    text = fitting_text(typed or "")
    if not text:
        st.caption("There is no text that can be read: it is read as letters a to z, blanks and . , ( ).")
        return
    if dropped := len(typed or "") - len(text):
        st.caption(f"{dropped} characters that the model doesn't know are left out.")
    model = load_model(f"characters-{cell}")
    x = torch.eye(len(VOCABULARY), dtype=torch.float64)[[VOCABULARY.index(character) for character in text]]
    draw_explorer(model, x, text)
