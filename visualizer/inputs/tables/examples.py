"""Training examples from a pasted text or a file: a row an example, the inputs' columns first, then the outputs'."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from visualizer.inputs.numbers import is_not_finite, readings
from visualizer.inputs.tables import text as table_text
from visualizer.inputs.tables.columns import Column, columns_of
from visualizer.inputs.tables.text import Records, TableError, is_heading, records
from visualizer.text.plain import shown
from visualizer.text.words import counted

MAX_ROWS = 8
MAX_BYTES = 100_000
LARGEST = 1e6

ExamplesError = TableError
"""What is wrong with the examples, in words for the person who gave them."""


@dataclass(frozen=True)
class Examples:
    """x: a row of inputs for every example; y: the outputs wanted for it."""

    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]


def decode(data: bytes) -> str:
    """The text of an uploaded file. Raises ExamplesError for more than 100 kB and for anything but UTF-8 and UTF-16."""
    return table_text.decode(data, MAX_BYTES)


def parse_examples(text: str, inputs: int, outputs: int) -> Examples:
    """Read examples with so many inputs and outputs, separated by commas, semicolons, tabs or white space.

    A first row that names the columns is a heading. A decimal comma is understood where it can't be a separator.
    Raises ExamplesError, which names row and column, for anything else than 1 to 8 rows of finite numbers.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise ExamplesError(f"The text is longer than {MAX_BYTES // 1000} kB.")
    if not text.strip():
        raise ExamplesError("There is nothing in it. Give one example a row.")
    found = records(text)
    faults = []
    for separator in [found.separator] if found.separator else _separators(text):
        try:
            return _parse(found, separator, inputs, outputs)
        except ExamplesError as error:
            faults.append(error)
    raise faults[0]


def _separators(text: str) -> tuple[str | None, ...]:
    """What may stand between two numbers, the likeliest first."""
    for separator in ("\t", ";"):
        if separator in text:
            return (separator,)
    return (",", None) if "," in text else (None,)


def _parse(found: Records, separator: str | None, inputs: int, outputs: int) -> Examples:
    rows = [found.row(at, separator) for at in range(min(len(found), MAX_ROWS + 2))]
    total = len(found)
    if rows and is_heading(rows[0], rows[1:]) and not any(map(_fraction, rows[0].cells)):
        rows, total = rows[1:], total - 1
    if not rows:
        raise ExamplesError("There are no numbers in it. Give one example a row.")
    if total > MAX_ROWS:
        raise ExamplesError(f"It has {total} rows; at most {MAX_ROWS} examples fit.")
    width = inputs + outputs
    for row in rows:
        if len(row.cells) != width:
            raise ExamplesError(
                f"Row {row.line} has {_columns(len(row.cells))}; the net takes {_columns(width)}: "
                f"{inputs} for the inputs, then {outputs} for the outputs."
            )
    written = columns_of([row.cells for row in rows], width, separator)
    table = [
        tuple(
            _number(cell, column, row.line, at)
            for at, (cell, column) in enumerate(zip(row.cells, written, strict=True), start=1)
        )
        for row in rows
    ]
    return Examples(tuple(row[:inputs] for row in table), tuple(row[inputs:] for row in table))


def _fraction(cell: str) -> Mapping[str, float]:
    """What a fraction can stand for, by its decimal mark; tables have dates in its place, examples have none."""
    return readings(cell) if "/" in cell or "⁄" in cell else {}


def _number(cell: str, written: Column, line: int, column: int) -> float:
    where = f"Row {line}, column {column}"
    if not cell:
        raise ExamplesError(f"{where} is empty.")
    if is_not_finite(cell):
        raise ExamplesError(f"{where} is “{shown(cell)}”; only finite numbers can be computed with.")
    value = _fraction(cell).get(written.mark, written.number(cell))
    if value is None:
        raise ExamplesError(f"{where} is “{shown(cell)}”, not a number.")
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ExamplesError(f"{where} is {shown(cell)}; numbers go from −1,000,000 to 1,000,000.")
    return value


def _columns(count: int) -> str:
    return counted(count, "column")
