"""Tables of one's own to learn from: pasted, or from a CSV file, of any number of columns up to a limit."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from visualizer.inputs.table_text import Form, Row, TableError, decode, is_heading, rows_of
from visualizer.inputs.text import shown

MOST_BYTES = 20 * 1024**2
"""The same limit as server.maxUploadSize in .streamlit/config.toml."""
MOST_PASTED = 200_000
"""How many characters may be pasted: they go to the server with every click."""
MOST_LINES = 2_000_000
MOST_ROWS = 2000
"""How many rows are used; of more, so many are drawn."""
LEAST_ROWS = 4
MOST_INPUTS = 64
MOST_CHARACTERS = 10_000
"""How long a row may be."""

_SAMPLE_SEED = 0
_LOOKED_AT = 50
"""How many rows say how the table is written."""
_FORMS = tuple(Form(separator, decimal) for separator in ("\t", ";", ",", None) for decimal in (".", ","))
_SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_EMPTY = ' \t,;"'
"""What a row of empty cells is written with."""


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it was brought: every row has as many cells as there are columns, at most 2,000 rows are kept.

    `columns` are the names of the heading, or "column 1"…; `total` says how many rows there were; `digest` is the same
    for the same text and for no other.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    form: Form
    total: int
    digest: str

    @property
    def note(self) -> str:
        """What was read, in a line."""
        size = f"{shown(self.name)}: {counted(self.total, 'row')}, {len(self.columns)} columns"
        if self.total == len(self.rows):
            return f"{size}."
        return f"{size}; {len(self.rows):,} rows are used, drawn with seed {_SAMPLE_SEED}."


def read_file(data: bytes, name: str) -> Table:
    """The table in a CSV file. Raises: TableError, as `read_table` and for what is no text in UTF-8."""
    if data.startswith(_SPREADSHEET):
        raise TableError("This is a spreadsheet, not text. Save it as CSV, UTF-8.")
    return read_table(decode(data, MOST_BYTES), name)


def read_pasted(text: str) -> Table:
    """The table in a pasted text. Raises: TableError, as `read_table` and for more than 200,000 characters."""
    if len(text) > MOST_PASTED:
        raise TableError(
            f"The text has {len(text):,} characters; at most {MOST_PASTED:,} can be pasted. Bring a file instead."
        )
    return read_table(text, "Pasted table")


def read_table(text: str, name: str) -> Table:
    """The table in a text: cells between commas, semicolons, tabs or white space, with a decimal point or comma.

    A first row of words is taken as a heading; a row is a line. Of more than 2,000 rows, 2,000 are drawn with a fixed
    seed, and only they are looked at. Raises: TableError, in words, for fewer than 4 rows, more than 2,000,000 lines,
    one column, more than 65, rows of different lengths, and rows of more than 10,000 characters.
    """
    lines = _lines(text)
    filled = [at for at, line in enumerate(lines) if line.strip(_EMPTY)]
    if not filled:
        raise TableError("There is nothing in it. Give one example a row.")
    form = _form_of(_checked(lines, at) for at in filled[:_LOOKED_AT])
    first = _row(lines, filled[0], form)
    named = is_heading(first, form)
    columns = _columns(first, named)
    body = filled[named:]
    if len(body) < LEAST_ROWS:
        raise TableError(f"It has {counted(len(body), 'row')} of values; at least {LEAST_ROWS} are needed.")
    rows = tuple(_row(lines, at, form) for at in _drawn(body))
    for row in rows:
        if len(row.cells) != len(columns):
            found = counted(len(row.cells), "column")
            raise TableError(f"Row {row.line} has {found}, but row {first.line} has {len(columns)}.")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Table(name, columns, rows, form, len(body), digest)


def counted(count: int, what: str) -> str:
    """1 row, 2 rows."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _lines(text: str) -> list[str]:
    count = max(text.count("\n"), text.count("\r"))
    if count > MOST_LINES:
        raise TableError(f"It has {count:,} lines; at most {MOST_LINES:,} are read.")
    return text.removeprefix("\ufeff").splitlines()


def _checked(lines: list[str], at: int) -> str:
    """A line that is not too long."""
    if len(lines[at]) > MOST_CHARACTERS:
        raise TableError(f"Row {at + 1} has {len(lines[at]):,} characters; at most {MOST_CHARACTERS:,} are read.")
    return lines[at]


def _row(lines: list[str], at: int, form: Form) -> Row:
    """A line's cells. Each line stands alone: a quote that is not closed ends with it."""
    found = next(rows_of([_checked(lines, at)], form), None)
    return Row(at + 1, found.cells if found else ())


def _form_of(lines: Iterable[str]) -> Form:
    """How the table is written: as many rows alike, of at least 2 cells, and as many numbers, as can be."""
    looked_at = list(lines)

    def score(form: Form) -> float:
        rows = [row.cells for line in looked_at for row in rows_of([line], form)]
        width, alike = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        if width < 2:
            return 0.0
        numbers = sum(form.is_number(cell) for cells in rows for cell in cells) / sum(map(len, rows))
        return alike / len(rows) * (numbers + 0.01)

    return max(_FORMS, key=score)


def _drawn(body: list[int]) -> list[int]:
    """All the lines, or as many of them as are used, in their order."""
    return body if len(body) <= MOST_ROWS else sorted(random.Random(_SAMPLE_SEED).sample(body, MOST_ROWS))


def _columns(first: Row, named: bool) -> tuple[str, ...]:
    count = len(first.cells)
    if count < 2:
        raise TableError(f"It has {counted(count, 'column')}; at least 2 are needed: an input and the label.")
    if count > MOST_INPUTS + 1:
        raise TableError(f"It has {count:,} columns; at most {MOST_INPUTS} inputs and a label are read.")
    names = first.cells if named else ("",) * count
    return tuple(shown(name) or f"column {at}" for at, name in enumerate(names, start=1))
