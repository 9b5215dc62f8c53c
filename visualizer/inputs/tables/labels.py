"""A table and the column that is to be learned -> numbers to learn from, with what was left out and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from visualizer.inputs.numbers import is_not_finite
from visualizer.inputs.tables.columns import Column
from visualizer.inputs.tables.tables import MIN_ROWS, Table
from visualizer.inputs.tables.text import Row, TableError, is_missing
from visualizer.text.plain import shown
from visualizer.text.words import counted

MAX_CLASSES = 10
LARGEST = 1e12
"""How large a number may be: sums of squares stay exact enough."""

_NAMED = 3
"""How many columns a note names."""


@dataclass(frozen=True, eq=False)
class LabelledTable:
    """What is learned from the table `name`: the inputs as it has them, and the label of every row.

    `label` is the name of its column; `classes` names the classes, and is empty where the labels are numbers; `notes`
    says what was left out. Shapes: x (m, inputs) float64; labels (m,), int64 for classes and float64 for numbers.
    """

    name: str
    x: Tensor
    labels: Tensor
    inputs: tuple[str, ...]
    classes: tuple[str, ...]
    label: str
    notes: tuple[str, ...]


@dataclass
class _LeftOut:
    """Columns, as they are written in a note, and numbers of rows that are not used, by the reason."""

    text: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    constant: list[str] = field(default_factory=list)
    rows_missing: int = 0
    rows_infinite: int = 0

    def notes(self) -> tuple[str, ...]:
        columns = (
            ("text", self.text),
            ("more than half missing", self.missing),
            ("the same in every row", self.constant),
        )
        rows = (
            ("a missing value", self.rows_missing),
            ("a number that is infinite or beyond 1,000,000,000,000", self.rows_infinite),
        )
        return (
            *(f"Columns left out, {why}: {_listed(names)}." for why, names in columns if names),
            *(f"{counted(count, 'row')} left out, with {why}." for why, count in rows if count),
        )


def with_label(table: Table, label: int) -> LabelledTable:
    """The table with column `label`, counted from 0, as what is to be learned, and the others as inputs.

    Texts are classes, and so are whole numbers where there are at most 10 different ones; other numbers are learned as
    numbers. Input columns with text, with more than half missing or that never change, and rows with a missing, an
    infinite or a huge number, are left out and noted. Raises: TableError, in words, where fewer than 4 rows or no input
    are left, for a label that never changes, and for more than 10 different texts.
    """
    if not 0 <= label < len(table.columns):
        raise TableError(f"The label is a column from 1 to {len(table.columns)}, got {label + 1}.")
    left_out = _LeftOut()
    columns = {at: _input(table, at, left_out) for at in range(len(table.columns)) if at != label}
    inputs = {at: values for at, values in columns.items() if values is not None}
    cells = [row.cells[label] for row in table.rows]
    numbers = [_number(cell, table.written[label]) for cell in cells]
    textual = None in numbers
    wanted = np.array([math.nan if is_missing(cell) else 0.0 for cell in cells] if textual else numbers, np.float64)
    kept = _kept([*inputs.values(), wanted], left_out)
    for at in [at for at, values in inputs.items() if not np.ptp(values[kept])]:
        first = int(kept.argmax())
        left_out.constant.append(f"“{table.columns[at]}” ({shown(table.rows[first].cells[at])})")
        del inputs[at]
    notes = left_out.notes()
    if not inputs:
        raise TableError(" ".join(("No column of numbers is left as an input.", *notes)))
    name = table.columns[label]
    if textual:
        labels, classes = _text_labels(
            name, [table.rows[at] for at in np.flatnonzero(kept)], label, table.written[label]
        )
    else:
        labels, classes = _number_labels(name, wanted[kept])
    x = torch.from_numpy(np.stack([values[kept] for values in inputs.values()], axis=1))
    names = tuple(table.columns[at] for at in inputs)
    return LabelledTable(shown(table.name), x, labels, names, classes, name, notes)


def _input(table: Table, at: int, left_out: _LeftOut) -> np.ndarray | None:
    """The numbers of a column, NaN where one is missing; None where it is no input."""
    values = []
    for row in table.rows:
        value = _number(row.cells[at], table.written[at])
        if value is None:
            left_out.text.append(f"“{table.columns[at]}” (“{shown(row.cells[at])}” in row {row.line})")
            return None
        values.append(value)
    found = np.array(values)
    if np.isnan(found).mean() > 0.5:
        left_out.missing.append(f"“{table.columns[at]}”")
        return None
    return found


def _kept(columns: Sequence[np.ndarray], left_out: _LeftOut) -> np.ndarray:
    """Which rows have a finite number in every column."""
    table = np.stack(columns, axis=1)
    missing = np.isnan(table).any(axis=1)
    infinite = np.isinf(table).any(axis=1) & ~missing
    left_out.rows_missing, left_out.rows_infinite = int(missing.sum()), int(infinite.sum())
    kept: np.ndarray = ~(missing | infinite)
    if kept.sum() < MIN_ROWS:
        left = f"Of {counted(len(kept), 'row')}, {kept.sum()} can be used; at least {MIN_ROWS} are needed."
        raise TableError(" ".join((left, *left_out.notes())))
    return kept


def _text_labels(name: str, rows: Sequence[Row], label: int, written: Column) -> tuple[Tensor, tuple[str, ...]]:
    texts = [row.cells[label] for row in rows]
    classes = sorted(set(texts))
    if len(classes) > MAX_CLASSES:
        text = next((row for row in rows if _number(row.cells[label], written) is None), rows[0])
        raise TableError(
            f"The label “{name}” has {len(classes):,} different texts, such as “{shown(text.cells[label])}” in row "
            f"{text.line}; at most {MAX_CLASSES} classes are distinguished."
        )
    _check_changes(name, len(classes), classes[0])
    return torch.tensor([classes.index(text) for text in texts]), tuple(shown(text) for text in classes)


def _number_labels(name: str, values: np.ndarray) -> tuple[Tensor, tuple[str, ...]]:
    """Few whole numbers are classes."""
    found = np.unique(values)
    _check_changes(name, len(found), f"{found[0]:.10g}")
    if len(found) > MAX_CLASSES or (found != np.round(found)).any():
        return torch.from_numpy(values), ()
    return torch.from_numpy(np.searchsorted(found, values)), tuple(f"{value:.10g}" for value in found)


def _check_changes(name: str, kinds: int, first: str) -> None:
    if kinds < 2:
        raise TableError(f"The label “{name}” is “{shown(first)}” in every row; there is nothing to tell apart.")


def _number(cell: str, written: Column) -> float | None:
    """The number of a cell, NaN where it is missing and infinite where it is too large; None for a text."""
    if is_missing(cell):
        return math.nan
    if is_not_finite(cell):
        return math.inf
    value = written.number(cell)
    return math.inf if value is not None and abs(value) > LARGEST else value


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
