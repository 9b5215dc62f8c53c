"""Tables as people write them: lines, separators, decimal marks, headings, and what a cell says."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visualizer.inputs import numbers
from visualizer.inputs.numbers import is_not_finite

MAX_CHARACTERS = 10_000
"""How long a row may be."""
SEPARATORS = ("\t", ";", ",", None)
"""What may stand between two cells; None is white space."""
MISSING = frozenset({"", "?", "na", "n/a", "nan", "null"})

_LINE_END = re.compile(r"\r\n|\n|\r")
_OPENED = re.compile(r'(?:^|[,;\t])[ ]*"(?:[^"]|"")*$')
_CLOSED = re.compile(r'(?:[^"]|"")*"\s*(?:[,;\t]|$)')
_MAX_JOINED = 10
"""Over how many lines a quoted cell may go."""
_TOLD_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_EMPTY = ' \t,;"'
"""What a row of empty cells is written with."""
_NO_TEXT = "The file is not text in UTF-8. Save it as CSV, UTF-8."


class TableError(ValueError):
    """What is wrong with a table, in words for the person who gave it."""


@dataclass(frozen=True)
class Row:
    """The cells of a row, and the number of its line, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """The rows of a text that hold anything, each with the number of its first line; cells are not told apart yet.

    `separator` is what a first line “sep=;”, as spreadsheets write it, says; empty where there is none.
    """

    lines: Sequence[tuple[int, str]]
    separator: str = ""

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, at: int, separator: str | None) -> Row:
        """The cells of a row. Raises: TableError for one that is too long."""
        line, text = self.lines[at]
        if len(text) > MAX_CHARACTERS:
            raise TableError(f"Row {line} has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.")
        return Row(line, cells_of(text, separator))


def decode(data: bytes, most_bytes: int) -> str:
    """The text of a file in UTF-8 or UTF-16. Raises: TableError for more bytes than that, and for anything else."""
    if len(data) > most_bytes:
        raise TableError(f"The file has {_size(len(data))}; at most {_size(most_bytes)} are read.")
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        raise TableError(_NO_TEXT) from None
    if "\0" in text:
        raise TableError(_NO_TEXT)
    return text


def records(text: str) -> Records:
    """The rows of a text. A cell in quotes may hold line ends, if its quote is closed within 10 lines."""
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    told = _TOLD_SEPARATOR.fullmatch(lines[0])
    found = []
    at = 1 if told else 0
    while at < len(lines):
        joined = _joined(lines, at)
        if lines[at].strip(_EMPTY):
            found.append((at + 1, "\n".join(lines[at : at + joined])))
        at += joined
    return Records(found, told[1] if told else "")


def cells_of(text: str, separator: str | None) -> tuple[str, ...]:
    """The cells of a row, without the white space around them."""
    if separator is None:
        return tuple(text.split())
    try:
        cells = next(csv.reader([text], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        # Its quotes belong to another separator, so the line end is a blank.
        cells = next(csv.reader([text.replace("\n", " ")], delimiter=separator, skipinitialspace=True), [])
    return tuple(numbers.stripped(cell) for cell in cells)


def separator_of(rows: Records, looked_at: int = 50) -> str | None:
    """What stands between cells: as many rows alike, of at least 2 cells, and as many numbers, as can be."""
    if rows.separator:
        return rows.separator
    count = min(len(rows), looked_at)

    def score(separator: str | None) -> float:
        found = [rows.row(at, separator).cells for at in range(count)]
        width, alike = Counter(map(len, found)).most_common(1)[0] if found else (0, 0)
        if width < 2:
            return 0.0
        share = sum(bool(readings(cell)) for cells in found for cell in cells) / sum(map(len, found))
        return alike / count * (share + 0.01)

    return max(SEPARATORS, key=score)


def readings(cell: str) -> Mapping[str, float]:
    """The numbers that a cell can stand for, by its decimal mark; 5/12 is a date here rather than a fraction."""
    return {} if "/" in cell or "⁄" in cell else numbers.readings(cell)


def is_heading(first: Row, others: Sequence[Row]) -> bool:
    """Whether a row names the columns: words only, a word over numbers, or numbers in order (2019, 2020, …) with words
    that are nowhere below, while the rows below repeat some, or do not count up."""
    said = [bool(readings(cell)) or is_not_finite(cell) for cell in first.cells]
    if not any(said):
        return True
    below = [[row.cells[at] for row in others if at < len(row.cells)] for at in range(len(first.cells))]
    words = [at for at, number in enumerate(said) if not number and not is_missing(first.cells[at])]
    if any(below[at] and all(readings(cell) or is_missing(cell) for cell in below[at]) for at in words):
        return True
    return (
        bool(words and others)
        and _in_order(first)
        and not any(first.cells[at] in below[at] for at in words)
        and (not any(map(_in_order, others)) or any(len(set(below[at])) < len(below[at]) for at in words))
    )


def is_missing(cell: str) -> bool:
    return cell.lower() in MISSING


def _in_order(row: Row) -> bool:
    """Whether its numbers are whole and count up by one."""
    found = [int(cell) for cell in row.cells if cell.isascii() and cell.isdecimal() and len(cell) < 10]
    count = sum(bool(readings(cell)) for cell in row.cells)
    return len(found) == count > 1 and all(two - one == 1 for one, two in itertools.pairwise(found))


def _joined(lines: Sequence[str], at: int) -> int:
    """How many lines the row that begins here goes over."""
    if '"' in lines[at] and _OPENED.search(lines[at]):
        for more in range(1, min(_MAX_JOINED, len(lines) - at)):
            if _CLOSED.match(lines[at + more]):
                return more + 1
    return 1


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a mark, every second byte of a table in UTF-16 is 0.
    even, odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    if max(even, odd) > max(1, len(data[:2000]) / 4) and min(even, odd) == 0:
        return "utf-16-be" if even else "utf-16-le"
    return "utf-8-sig"


def _size(count: int) -> str:
    return f"{count // 1000} kB" if count < 1024**2 else f"{round(count / 1024**2, 1):g} MB"
