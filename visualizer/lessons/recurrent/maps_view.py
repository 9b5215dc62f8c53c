"""The view "Maps": the gates, the cell and the hidden state of all units over time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel, run_model
from visualizer.figures.svg import digits
from visualizer.figures.time_maps import MAX_STEPS, MAX_UNITS, figure_time_map
from visualizer.lessons.recurrent.view_settings import MAP_TIME, MAP_UNIT
from visualizer.ui.layout import draw_figure

_NAMES = {
    "i": "i, input gate",
    "f": "f, forget gate",
    "g": "g, candidate",
    "o": "o, output gate",
    "c": "c, cell state",
    "h": "h, hidden state",
}
_DECIMALS, _ACROSS = 4, 3
_SHORT = 24


def draw_maps(model: SequenceModel, x: Tensor, labels: Sequence[str]) -> tuple[int, int] | None:
    """The question, the maps, and the numbers of one cell.

    Returns (step, unit), counted from 0, in the run in which the visitor asks to see that cell in the walk. Shapes:
    x (time, inputs); labels (time,).
    """
    st.subheader("When is each gate open, and what does the cell keep?", anchor=False)
    with torch.no_grad():
        states = run_model(model, x)
    time, unit, opened = _draw_cell(states)
    top = (time // MAX_STEPS * MAX_STEPS, unit // MAX_UNITS * MAX_UNITS)
    names = [name for name in _NAMES if name in states]
    across = _ACROSS if len(x) <= _SHORT else 2
    for row in range(0, len(names), across):
        for column, name in zip(st.columns(across, gap="small"), names[row : row + across], strict=False):
            with column:
                _draw_map(name, states[name], labels, top, (time, unit))
    st.markdown(answer(states))
    _draw_limits(len(x), model.units, top)
    return (time, unit) if opened else None


def _draw_map(name: str, values: Tensor, labels: Sequence[str], top: tuple[int, int], at: tuple[int, int]) -> None:
    """The part of the map that begins at the step and unit `top`; gates and h reach to ±1, c as far as it goes."""
    (time, unit), most = top, 0.0 if name == "c" else 1.0
    part = values[time : time + MAX_STEPS, unit : unit + MAX_UNITS]
    inside = (at[0] - time, at[1] - unit)
    picture = figure_time_map(
        _NAMES[name], part, labels=labels[time : time + MAX_STEPS], most=most, first=top, at=inside
    )
    draw_figure(picture, f"{_NAMES[name]}: its values over time, a row for each unit", width="stretch", wide=name)


def _draw_limits(steps: int, units: int, top: tuple[int, int]) -> None:
    """What part is drawn, where it is not all."""
    if steps > MAX_STEPS or units > MAX_UNITS:
        last_step, last_unit = min(steps, top[0] + MAX_STEPS), min(units, top[1] + MAX_UNITS)
        st.caption(
            f"Steps {top[0] + 1} to {last_step} of {steps}, units {top[1] + 1} to {last_unit} of {units}: the part "
            f"that the chosen cell is in."
        )


def _draw_cell(states: dict[str, Tensor]) -> tuple[int, int, bool]:
    """The cell, counted from 0, its numbers, and whether it is to be opened in the walk."""
    (steps, units), columns = states["h"].shape, st.columns([1, 1, 5], gap="small", vertical_alignment="bottom")
    with columns[0]:
        time = MAP_TIME.draw(most=steps) - 1
    with columns[1]:
        unit = MAP_UNIT.draw(most=units) - 1
    with columns[2]:
        st.markdown(numbers_of(states, time, unit))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        opened = st.button("Open this cell in the walk", key="map_open")
        if "c" in states:
            st.markdown(sums(states, time, unit))
    return time, unit, opened


def answer(states: dict[str, Tensor]) -> str:
    """The units that keep and that forget the most, or those that move the least and the most, in Markdown."""
    if "f" in states:
        mean = states["f"].mean(0)
        most, least = int(mean.argmax()), int(mean.argmin())
        return (
            f"Unit {most + 1} keeps its cell longest: its forget gate is {digits(float(mean[most]))} on average over "
            f"all steps. Unit {least + 1} forgets soonest, with {digits(float(mean[least]))}. A cell row that keeps "
            f"its colour over many steps is a memory."
        )
    if len(states["h"]) < 2:
        return "With one step there is nothing to keep yet."
    moves = (states["h"][1:] - states["h"][:-1]).abs().mean(0)
    least, most = int(moves.argmin()), int(moves.argmax())
    return (
        f"Unit {least + 1} keeps its value best: it moves by {digits(float(moves[least]))} a step on average; unit "
        f"{most + 1} moves most, by {digits(float(moves[most]))}. An RNN has no gates that could hold a value."
    )


def numbers_of(states: dict[str, Tensor], time: int, unit: int) -> str:
    """The numbers of one cell, with those of the step before that it is made of, in Markdown; it wraps on a phone."""
    cells = [(f"{name}\u00a0before", _before(states[name], time, unit)) for name in "ch" if name in states]
    cells += [(name, float(states[name][time, unit])) for name in _NAMES if name in states]
    return " \u2002 ".join(f"{name}\u00a0**{digits(value, _DECIMALS)}**" for name, value in cells)


def sums(states: dict[str, Tensor], time: int, unit: int) -> str:
    """How the cell and the hidden state come of the gates, in numbers."""
    i, f, g, o, c, h = (digits(float(states[name][time, unit]), _DECIMALS) for name in "ifgoch")
    before = digits(_before(states["c"], time, unit), _DECIMALS)
    return (
        f"c = f · c before + i · g = {f} · {_bracketed(before)} + {i} · {_bracketed(g)} = **{c}**  \n"
        f"h = o · tanh c = {o} · tanh {_bracketed(c)} = **{h}**"
    )


def _bracketed(number: str) -> str:
    return f"({number})" if number.startswith("−") else number


def _before(values: Tensor, time: int, unit: int) -> float:
    return float(values[time - 1, unit]) if time else 0.0
