"""Tables of one's own to learn from: pasted, or from a CSV file, of any number of columns up to a limit."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace

from visualizer.inputs.tables.columns import Column, columns_of
from visualizer.inputs.tables.text import Row, TableError, decode, is_heading, records, separator_of
from visualizer.text.plain import shown
from visualizer.text.words import counted

MAX_BYTES = 20 * 1024**2
"""The same limit as server.maxUploadSize in .streamlit/config.toml."""
MAX_PASTED = 200_000
"""How many characters may be pasted: they go to the server with every click."""
MAX_LINES = 2_000_000
MAX_ROWS = 2000
"""How many rows are used; of more, so many are drawn."""
MIN_ROWS = 3
MAX_INPUTS = 64

_SAMPLE_SEED = 0
_LOOKED_AT = 50
"""How many rows say whether the first is a heading."""
_SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it was brought: every row has as many cells as there are columns, at most 2,000 rows are kept.

    `columns` are the names of the heading, or "column 1"…, `written` says how the numbers of each are; `total` says how
    many rows there were; `digest` is the same for the same text read in the same way and for no other.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    written: tuple[Column, ...]
    separator: str | None
    total: int
    digest: str

    @property
    def note(self) -> str:
        """What was read, in a line."""
        size = f"{shown(self.name)}: {counted(self.total, 'row')}, {len(self.columns)} columns"
        if self.total == len(self.rows):
            return f"{size}."
        return f"{size}; {len(self.rows):,} rows are used, drawn with seed {_SAMPLE_SEED}."

    @property
    def doubtful(self) -> tuple[tuple[str, Column], ...]:
        """The columns whose numbers can be read in two ways, by name."""
        return tuple((name, column) for name, column in zip(self.columns, self.written, strict=True) if column.doubtful)

    def told(self, mark: str) -> Table:
        """The same table, with this decimal mark where it can be read in two ways."""
        written = columns_of([row.cells for row in self.rows], len(self.columns), self.separator, mark)
        digest = hashlib.sha256(f"{self.digest} {mark}".encode()).hexdigest()
        return self if written == self.written else replace(self, written=written, digest=digest)


def read_file(data: bytes, name: str) -> Table:
    """The table in a CSV file. Raises: TableError, as `read_table` and for what is no text in UTF-8 or UTF-16."""
    if data.startswith(_SPREADSHEET):
        raise TableError("This is a spreadsheet, not text. Save it as CSV, UTF-8.")
    return read_table(decode(data, MAX_BYTES), name)


def read_pasted(text: str) -> Table:
    """The table in a pasted text. Raises: TableError, as `read_table` and for more than 200,000 characters."""
    if len(text) > MAX_PASTED:
        raise TableError(
            f"The text has {len(text):,} characters; at most {MAX_PASTED:,} can be pasted. Upload a file instead."
        )
    return read_table(text, "Pasted table")


def read_table(text: str, name: str) -> Table:
    """The table in a text: cells between commas, semicolons, tabs or white space, with a decimal point or comma.

    A first row that names the columns is a heading; a row is a line, unless a quoted cell goes on in the next. Of more
    than 2,000 rows, 2,000 are drawn with a fixed seed, and only they are looked at. Raises: TableError, in words, for
    fewer than 4 rows, more than 2,000,000 lines, one column, more than 65, rows of different lengths, and rows of more
    than 10,000 characters.
    """
    _check_lines(text)
    found = records(text)
    if not len(found):
        raise TableError("There is nothing in it. Give one example a row.")
    separator = separator_of(found)
    first = found.row(0, separator)
    named = is_heading(first, [found.row(at, separator) for at in range(1, min(len(found), _LOOKED_AT))])
    columns = _columns(first, named)
    body = list(range(len(found)))[named:]
    if len(body) < MIN_ROWS:
        raise TableError(f"It has {counted(len(body), 'row')} of values; at least {MIN_ROWS} are needed.")
    rows = tuple(found.row(at, separator) for at in _drawn(body))
    for row in rows:
        if len(row.cells) != len(columns):
            count = counted(len(row.cells), "column")
            raise TableError(f"Row {row.line} has {count}, but row {first.line} has {len(columns)}.")
    written = columns_of([row.cells for row in rows], len(columns), separator)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Table(name, columns, rows, written, separator, len(body), digest)


def _check_lines(text: str) -> None:
    count = max(text.count("\n"), text.count("\r"))
    if count > MAX_LINES:
        raise TableError(f"It has {count:,} lines; at most {MAX_LINES:,} are read.")


def _drawn(body: list[int]) -> list[int]:
    """All the lines, or as many of them as are used, in their order."""
    return body if len(body) <= MAX_ROWS else sorted(random.Random(_SAMPLE_SEED).sample(body, MAX_ROWS))


def _columns(first: Row, named: bool) -> tuple[str, ...]:
    count = len(first.cells)
    if count < 2:
        raise TableError(f"It has {counted(count, 'column')}; at least 2 are needed: an input and the label.")
    if count > MAX_INPUTS + 1:
        raise TableError(f"It has {count:,} columns; at most {MAX_INPUTS} inputs and a label are read.")
    names = first.cells if named else ("",) * count
    return tuple(shown(name) or f"column {at}" for at, name in enumerate(names, start=1))
