"""Training examples from a pasted text or a file: a row an example, the inputs' columns first, then the outputs'."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.inputs.text import shown

MOST_ROWS = 8
MOST_BYTES = 100_000
LARGEST = 1e6

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


class ExamplesError(ValueError):
    """What is wrong with the examples, in words for the person who gave them."""


@dataclass(frozen=True)
class Examples:
    """x: a row of inputs for every example; y: the outputs wanted for it."""

    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class _Form:
    """How a table may be written: what stands between two numbers (None: white space), and the decimal mark."""

    separator: str | None
    decimal: str


@dataclass(frozen=True)
class _Row:
    line: int
    cells: tuple[str, ...]


def decode(data: bytes) -> str:
    """The text of an uploaded file. Raises ExamplesError for more than 100 kB and for anything but UTF-8."""
    if len(data) > MOST_BYTES:
        raise ExamplesError(f"The file has {len(data) // 1000} kB; at most {MOST_BYTES // 1000} kB are read.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExamplesError("The file is not text in UTF-8. Save it as CSV, UTF-8.") from None


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


def _forms(text: str) -> Iterator[_Form]:
    """The forms that a text may have, the likeliest first."""
    for separator in ("\t", ";"):
        if separator in text:
            yield _Form(separator, ".")
            yield _Form(separator, ",")
            return
    if "," in text:
        yield _Form(",", ".")
        yield _Form(None, ",")
    else:
        yield _Form(None, ".")


def _parse(text: str, form: _Form, inputs: int, outputs: int) -> Examples:
    rows = _rows(text, form)
    if rows and not any(_is_number(cell, form) or _NOT_FINITE.fullmatch(cell) for cell in rows[0].cells):
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


def _rows(text: str, form: _Form) -> list[_Row]:
    """The rows that hold anything, each with the number of its line."""
    lines = text.splitlines()
    if form.separator is None:
        found = [_Row(number, tuple(line.split())) for number, line in enumerate(lines, start=1)]
    else:
        reader = csv.reader(lines, delimiter=form.separator, skipinitialspace=True)
        try:
            found = [_Row(reader.line_num, tuple(cell.strip() for cell in cells)) for cells in reader]
        except csv.Error:
            raise ExamplesError(f"Line {reader.line_num} is not a row of a table.") from None
    return [row for row in found if any(row.cells)]


def _number(cell: str, form: _Form, line: int, column: int) -> float:
    where = f"Row {line}, column {column}"
    if not cell:
        raise ExamplesError(f"{where} is empty.")
    if _NOT_FINITE.fullmatch(cell):
        raise ExamplesError(f"{where} is “{shown(cell)}”; only finite numbers can be computed with.")
    if not _is_number(cell, form):
        raise ExamplesError(f"{where} is “{shown(cell)}”, not a number.")
    value = float(_with_point(cell, form))
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ExamplesError(f"{where} is {shown(cell)}; numbers go from −1,000,000 to 1,000,000.")
    return value


def _is_number(cell: str, form: _Form) -> bool:
    return bool(_NUMBER.fullmatch(_with_point(cell, form)))


def _with_point(cell: str, form: _Form) -> str:
    """The cell with a decimal point; a true minus, as tables on the web have it, becomes the plain one."""
    plain = cell.replace("−", "-")
    if form.decimal == ".":
        return plain
    return plain.replace(",", ".") if "." not in plain else "not a number"


def _columns(count: int) -> str:
    return f"{count} column" if count == 1 else f"{count} columns"
