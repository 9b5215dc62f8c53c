"""The numbers, in a popover of the toolbar: as tables to edit, as examples of one's own, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from visualizer import frame
from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.examples_panel import draw_examples
from visualizer.lessons.one_hidden_layer.file_panel import draw_file
from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.numbers import Numbers
from visualizer.lessons.one_hidden_layer.saved import LARGEST

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


def draw_numbers(lesson: Lesson) -> None:
    """The popover; what is in it is only worked out while it is open."""
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


def _draw_tables(lesson: Lesson) -> None:
    st.caption("Click a number, type, press Enter; the walk follows.")
    if note := lesson.notes.get("tables"):
        frame.say(note, "tables")
    values = lesson.numbers.values()
    for number, sheet in enumerate(sheets(lesson.numbers)):
        # A table keeps what was typed as long as its key is the same; the version ends that once it is taken over.
        key = f"table_{number}_{lesson.version}"
        st.caption(sheet.title)
        st.data_editor(
            [
                {"": name} | {column: values[sheet.ref(row, column)] for column in sheet.columns}
                for row, name in enumerate(sheet.rows)
            ],
            key=key,
            hide_index=True,
            disabled=[""],
            column_config=_column_config(sheet),
            on_change=_take_cells,
            args=(lesson, sheet, key),
            alt=sheet.title,
        )


def _column_config(sheet: Sheet) -> dict[str, Any]:
    return {
        column: st.column_config.NumberColumn(min_value=-LARGEST, max_value=LARGEST, required=True, format="%.6g")
        for column in sheet.columns
    }


def _take_cells(lesson: Lesson, sheet: Sheet, key: str) -> None:
    lesson.notes.clear()
    try:
        lesson.change(dict(typed(sheet, st.session_state[key]["edited_rows"])))
    except ValueError as error:
        lesson.notes["tables"] = str(error)
        lesson.version += 1


def typed(sheet: Sheet, edited: dict[int, dict[str, object]]) -> Iterator[tuple[Ref, float]]:
    """The cells that were typed into. Raises: ValueError for what is no number within the limit."""
    for row, cells in edited.items():
        for column, value in cells.items():
            if not 0 <= row < len(sheet.rows) or column not in sheet.columns:
                raise ValueError("That cell is not in the table any more.")
            if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST <= value <= LARGEST:
                raise ValueError(f"{sheet.rows[row]}, {column}: a number from −1,000,000 to 1,000,000 is needed.")
            yield sheet.ref(row, column), float(value)


def _columns(array: str, names: tuple[str, ...]) -> dict[str, tuple[str, int | None]]:
    return {name: (array, place) for place, name in enumerate(names)}


def _named(letter: str, count: int) -> tuple[str, ...]:
    """x₁, x₂, … and h¹, h², … as on the slide; y or out alone where there is only one."""
    if letter in ("y", "out") and count == 1:
        return (letter,)
    digits = _SUPERSCRIPT if letter == "h" else _SUBSCRIPT
    return tuple(f"{letter}{digits[i]}" for i in range(1, count + 1))
