"""A matrix to type and paste into: a plain field for each number, read by the one reader there is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
import torch
from torch import Tensor

from visualizer.inputs.arrays.arrays import read_array
from visualizer.inputs.arrays.text import ArrayError
from visualizer.inputs.numbers import LARGEST
from visualizer.web.bundle import component_script, style

_COMPONENT = st.components.v2.component(
    "unrolled_number_table",
    js=component_script("number_table"),
    css=style(Path(__file__).with_name("number_table.css")),
)
_MAX_ACTIONS = 500

Shape = tuple[int, int]
"""Rows and columns."""


def number_table(
    array: Tensor,
    *,
    key: str,
    label: str,
    on_change: Callable[[Tensor], None],
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    limit: float = LARGEST,
    least: Shape | None = None,
    most: Shape | None = None,
) -> None:
    """Show a matrix as fields to type into; `on_change` gets the whole matrix as changed, before the page is drawn.

    `label` says what it is; `rows` and `columns` are headings, 1, 2, … where none are given. With `least` and `most`
    (rows, columns) its size can be changed, too. Whatever can't be read, is beyond the limit or does not fit is said
    below the table, and so are the words of a ValueError that `on_change` raises; the numbers before stay.

    Shapes: array (rows, columns), float64.
    """
    fixed = (array.shape[0], array.shape[1])
    sizes = Sizes(least or fixed, most or fixed)
    at, fault = st.session_state.get(_kept(key), (0, ""))

    def edited() -> None:
        # All since this table was drawn: an earlier report may not have been drawn yet.
        fresh = [action for action in checked(st.session_state[key].edit, limit) if action.number > at]
        if not fresh:
            return
        changed, said = applied(array, fresh, sizes, limit)
        if not torch.equal(changed, array):
            try:
                on_change(changed)
            except ValueError as error:
                said = str(error)
        st.session_state[_kept(key)] = (fresh[-1].number, said)

    data = {
        "label": label,
        "values": [[value if math.isfinite(value) else None for value in row] for row in array.tolist()],
        "rows": list(rows),
        "columns": list(columns),
        "limit": limit,
        "least": sizes.least,
        "most": sizes.most,
        "done": at,
        "fault": fault,
    }
    _COMPONENT(key=key, data=data, on_edit_change=edited)


def changes(before: Tensor, after: Tensor) -> dict[Shape, float]:
    """The numbers that are others than before, by row and column, where the size is the same."""
    places = (before != after).nonzero().tolist()
    return {(row, column): float(after[row, column]) for row, column in places}


@dataclass(frozen=True)
class Sizes:
    """From how many rows and columns to how many a table may have."""

    least: Shape
    most: Shape

    def hold(self, shape: Sequence[int]) -> bool:
        return all(low <= count <= high for low, count, high in zip(self.least, shape, self.most, strict=True))

    @property
    def fixed(self) -> bool:
        return self.least == self.most

    @property
    def ranges(self) -> tuple[Shape, Shape]:
        return (self.least[0], self.most[0]), (self.least[1], self.most[1])


@dataclass(frozen=True)
class Action:
    """What was done in the browser, numbered from 1: a number typed, a text pasted at a place, or another size."""

    number: int
    row: int
    column: int
    typed: float | None = None
    pasted: str | None = None


def checked(report: object, limit: float) -> list[Action]:
    """What the browser sends is untrusted: the actions in it that make sense."""
    found = []
    for each in report[:_MAX_ACTIONS] if isinstance(report, list) else []:
        if isinstance(each, dict) and (action := _action(each, limit)):
            found.append(action)
    return sorted(found, key=lambda action: action.number)


def _action(report: dict[str, Any], limit: float) -> Action | None:
    counts = [report.get(name) for name in ("number", "row", "column")]
    number, row, column = (count if type(count) is int and 0 <= count < 2**31 else None for count in counts)
    typed, pasted = report.get("typed"), report.get("pasted")
    if number is None or row is None or column is None or not isinstance(pasted, str | None):
        return None
    if typed is not None and (type(typed) not in (int, float) or not abs(typed) <= limit):
        return None
    return Action(number, row, column, None if typed is None else float(typed), pasted)


def applied(array: Tensor, actions: Sequence[Action], sizes: Sizes, limit: float) -> tuple[Tensor, str]:
    """The matrix after what was done, and in words what of it could not be."""
    fault = ""
    for action in actions:
        fault = ""
        if action.pasted is not None:
            try:
                array = _pasted(array, action, sizes, limit)
            except ArrayError as error:
                fault = str(error)
        elif action.typed is not None:
            if action.row < array.shape[0] and action.column < array.shape[1]:
                array = array.clone()
                array[action.row, action.column] = action.typed
        elif sizes.hold((action.row, action.column)):
            array = _resized(array, (action.row, action.column))
    return array, fault


def _pasted(array: Tensor, action: Action, sizes: Sizes, limit: float) -> Tensor:
    """A pasted matrix becomes the table, or fills it from a cell on: the first that fits.

    Raises: ArrayError where neither fits.
    """
    text, row, column = action.pasted or "", action.row, action.column
    first = (row, column) == (0, 0)
    fault: ArrayError | None = None
    room = (1, max(1, array.shape[0] - row)), (1, max(1, array.shape[1] - column))
    whole = sizes.ranges
    ways = [whole, room] if sizes.fixed else [whole] if first else [room, whole]
    for way in ways:
        try:
            found = read_array(text, way, limit=limit)
        except ArrayError as error:
            fault = error
        else:
            return found if way is whole else _filled(array, found, row, column)
    raise fault or ArrayError("That cell is not in the table any more.")


def _filled(array: Tensor, part: Tensor, row: int, column: int) -> Tensor:
    changed = array.clone()
    changed[row : row + part.shape[0], column : column + part.shape[1]] = part
    return changed


def _resized(array: Tensor, shape: Shape) -> Tensor:
    """The matrix cut off or filled up with zeros."""
    changed = array.new_zeros(shape)
    rows, columns = (min(old, new) for old, new in zip(array.shape, shape, strict=True))
    changed[:rows, :columns] = array[:rows, :columns]
    return changed


def _kept(key: str) -> str:
    """Where it is kept which actions were taken, and what was wrong with the last."""
    return f"{key}_number_table"
