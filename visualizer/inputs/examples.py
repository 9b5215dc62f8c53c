"""Training examples from a pasted text or a file: a row an example, the inputs' columns first, then the outputs'."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.inputs import table_text
from visualizer.inputs.table_text import Form, TableError, is_heading, is_not_finite, rows_of
from visualizer.inputs.text import shown

MOST_ROWS = 8
MOST_BYTES = 100_000
LARGEST = 1e6

ExamplesError = TableError
"""What is wrong with the examples, in words for the person who gave them."""


@dataclass(frozen=True)
class Examples:
    """x: a row of inputs for every example; y: the outputs wanted for it."""

    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]


def decode(data: bytes) -> str:
    """The text of an uploaded file. Raises ExamplesError for more than 100 kB and for anything but UTF-8."""
    return table_text.decode(data, MOST_BYTES)


def parse_examples(text: str, inputs: int, outputs: int) -> Examples:
    """Read examples with so many inputs and outputs, separated by commas, semicolons, tabs or white space.

    A first row of words is taken as a heading. A decimal comma is understood where the comma can't be a separator.
    Raises ExamplesError, which names row and column, for anything else than 1 to 8 rows of finite numbers.
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ExamplesError(f"The text is longer than {MOST_BYTES // 1000} kB.")
    if not text.strip():
        raise ExamplesError("There is nothing in it. Give one example a row.")
    first: ExamplesError | None = None
    for form in _forms(text):
        try:
            return _parse(text, form, inputs, outputs)
        except ExamplesError as error:
            first = first or error
    raise first or ExamplesError("There is nothing in it. Give one example a row.")


def _forms(text: str) -> Iterator[Form]:
    """The forms that a text may have, the likeliest first."""
    for separator in ("\t", ";"):
        if separator in text:
            yield Form(separator, ".")
            yield Form(separator, ",")
            return
    if "," in text:
        yield Form(",", ".")
        yield Form(None, ",")
    else:
        yield Form(None, ".")


def _parse(text: str, form: Form, inputs: int, outputs: int) -> Examples:
    rows = list(rows_of(text.splitlines(), form))
    if rows and is_heading(rows[0], form):
        rows = rows[1:]
    if not rows:
        raise ExamplesError("There are no numbers in it. Give one example a row.")
    if len(rows) > MOST_ROWS:
        raise ExamplesError(f"It has {len(rows)} rows; at most {MOST_ROWS} examples fit.")
    for row in rows:
        if len(row.cells) != inputs + outputs:
            raise ExamplesError(
                f"Row {row.line} has {_columns(len(row.cells))}; the net takes {_columns(inputs + outputs)}: "
                f"{inputs} for the inputs, then {outputs} for the outputs."
            )
    table = [
        tuple(_number(cell, form, row.line, column) for column, cell in enumerate(row.cells, start=1)) for row in rows
    ]
    return Examples(tuple(row[:inputs] for row in table), tuple(row[inputs:] for row in table))


def _number(cell: str, form: Form, line: int, column: int) -> float:
    where = f"Row {line}, column {column}"
    if not cell:
        raise ExamplesError(f"{where} is empty.")
    if is_not_finite(cell):
        raise ExamplesError(f"{where} is “{shown(cell)}”; only finite numbers can be computed with.")
    if not form.is_number(cell):
        raise ExamplesError(f"{where} is “{shown(cell)}”, not a number.")
    value = form.number(cell)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ExamplesError(f"{where} is {shown(cell)}; numbers go from −1,000,000 to 1,000,000.")
    return value


def _columns(count: int) -> str:
    return f"{count} column" if count == 1 else f"{count} columns"
