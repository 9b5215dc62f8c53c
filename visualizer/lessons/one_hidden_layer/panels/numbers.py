"""The numbers, in a popover of the toolbar: as tables to edit, as examples of one's own, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine import Ref
from visualizer.inputs.arrays.number_table import changes, number_table
from visualizer.lessons.one_hidden_layer.numbers import Numbers
from visualizer.lessons.one_hidden_layer.panels.examples import draw_examples
from visualizer.lessons.one_hidden_layer.panels.file import draw_file
from visualizer.lessons.one_hidden_layer.saved import LARGEST
from visualizer.lessons.one_hidden_layer.state import NetLesson

_SUBSCRIPT, _SUPERSCRIPT = "₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True)
class Sheet:
    """A table to edit: a name for every row, and for every column the array that it shows, with the column in it."""

    title: str
    rows: tuple[str, ...]
    columns: dict[str, tuple[str, int | None]]

    def ref(self, row: int, column: str) -> Ref:
        name, place = self.columns[column]
        return Ref(name, (row,) if place is None else (row, place))

    def matrix(self, numbers: Numbers) -> Tensor:
        """The numbers of the table, (rows, columns)."""
        columns = (
            numbers.arrays[name] if at is None else numbers.arrays[name][:, at] for name, at in self.columns.values()
        )
        return torch.stack(list(columns), dim=1)

    def changes(self, numbers: Numbers, matrix: Tensor) -> dict[Ref, float]:
        """What a matrix has otherwise."""
        names = list(self.columns)
        found = changes(self.matrix(numbers), matrix)
        return {self.ref(row, names[column]): value for (row, column), value in found.items()}


def sheets(numbers: Numbers) -> tuple[Sheet, Sheet, Sheet]:
    """The examples, the hidden layer and the output layer."""
    inputs, hidden, outputs = numbers.x.shape[1], len(numbers.weights[0]), len(numbers.weights[1])
    x, h, out = (_named(letter, count) for letter, count in (("x", inputs), ("h", hidden), ("out", outputs)))
    data = _columns("x", x) | _columns("y", _named("y", outputs))
    below = _columns("W1", tuple(f"from {name}" for name in x))
    above = _columns("W2", tuple(f"from {name}" for name in h))
    if numbers.biases:
        below["bias"], above["bias"] = ("b1", None), ("b2", None)
    return (
        Sheet("Examples", tuple(f"example {i + 1}" for i in range(numbers.examples)), data),
        Sheet("Weights to the hidden units", h, below),
        Sheet("Weights to the outputs", out, above),
    )


def draw_numbers(lesson: NetLesson) -> None:
    """The popover; what is in it is only computed while it is open."""
    panel = st.popover("Numbers", key="numbers", on_change="rerun")
    if not panel.open:
        return
    with panel:
        views = {"Tables": _draw_tables, "Own examples": draw_examples, "File": draw_file}
        view = st.segmented_control(
            "Show", list(views), default="Tables", required=True, key="numbers_view", label_visibility="collapsed"
        )
        views.get(view or "", _draw_tables)(lesson)
        if lesson.own_numbers:
            st.button("Back to the numbers of the settings", key="forget_edits", on_click=lesson.forget_edits)


def _draw_tables(lesson: NetLesson) -> None:
    st.caption("Click a number and type; Enter goes on. A matrix can be pasted into any cell. The walk follows.")
    for number, sheet in enumerate(sheets(lesson.numbers)):
        st.caption(sheet.title)
        number_table(
            sheet.matrix(lesson.numbers),
            key=f"table_{number}",
            label=sheet.title,
            rows=sheet.rows,
            columns=tuple(sheet.columns),
            limit=LARGEST,
            on_change=partial(_take, lesson, sheet),
        )


def _take(lesson: NetLesson, sheet: Sheet, matrix: Tensor) -> None:
    lesson.change(sheet.changes(lesson.numbers, matrix))


def _columns(array: str, names: tuple[str, ...]) -> dict[str, tuple[str, int | None]]:
    return {name: (array, place) for place, name in enumerate(names)}


def _named(letter: str, count: int) -> tuple[str, ...]:
    """x₁, x₂, … and h¹, h², … as on the slide; y or out alone where there is only one."""
    if letter in ("y", "out") and count == 1:
        return (letter,)
    digits = _SUPERSCRIPT if letter == "h" else _SUBSCRIPT
    return tuple(f"{letter}{digits[i]}" for i in range(1, count + 1))
