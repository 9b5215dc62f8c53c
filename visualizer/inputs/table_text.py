"""Tables as people write them: separators, decimal marks, headings, and what a cell says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


class TableError(ValueError):
    """What is wrong with a table, in words for the person who gave it."""


@dataclass(frozen=True)
class Form:
    """How a table may be written: what stands between two cells (None: white space), and the decimal mark."""

    separator: str | None
    decimal: str

    def is_number(self, cell: str) -> bool:
        return bool(_NUMBER.fullmatch(self._with_point(cell)))

    def number(self, cell: str) -> float:
        """The number that a cell holds, infinite for one beyond float64. Raises: ValueError where it holds none."""
        return float(self._with_point(cell))

    def _with_point(self, cell: str) -> str:
        """The cell with a decimal point; a true minus, as tables on the web have it, becomes the plain one."""
        plain = cell.replace("−", "-")
        if self.decimal == ".":
            return plain
        return plain.replace(",", ".") if "." not in plain else "not a number"


@dataclass(frozen=True)
class Row:
    """The cells of a row, and the number of its line, counted from 1."""

    line: int
    cells: tuple[str, ...]


def decode(data: bytes, most_bytes: int) -> str:
    """The text of a file. Raises: TableError for more bytes than that, and for anything but UTF-8."""
    if len(data) > most_bytes:
        raise TableError(f"The file has {_size(len(data))}; at most {_size(most_bytes)} are read.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("The file is not text in UTF-8. Save it as CSV, UTF-8.") from None


def rows_of(lines: Iterable[str], form: Form) -> Iterator[Row]:
    """The rows that hold anything, each with the number of its line. Raises: TableError for what is no row."""
    for number, cells in _split(lines) if form.separator is None else _separated(lines, form.separator):
        if any(cells):
            yield Row(number, tuple(cells))


def is_heading(row: Row, form: Form) -> bool:
    """Whether a row is one of words only."""
    return not any(form.is_number(cell) or is_not_finite(cell) for cell in row.cells)


def is_not_finite(cell: str) -> bool:
    """Whether a cell says NaN or infinity."""
    return bool(_NOT_FINITE.fullmatch(cell))


def _size(count: int) -> str:
    return f"{count // 1000} kB" if count < 1024**2 else f"{round(count / 1024**2, 1):g} MB"


def _split(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    return ((number, line.split()) for number, line in enumerate(lines, start=1))


def _separated(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        raise TableError(f"Line {reader.line_num} is not a row of a table.") from None
