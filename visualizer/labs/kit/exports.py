"""Data of a figure as CSV, safe to be opened as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

import numpy as np
from torch import Tensor

Cell = float | int | str | bool
Columns = Mapping[str, Iterable[Cell] | Tensor]
"""A table: the name of each column, and its cells; all columns are as long."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(columns: Columns) -> str:
    """The table as CSV, numbers in full. A text that a spreadsheet would compute gets an apostrophe in front.

    Raises: ValueError where the columns are not of the same length.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_cell(name) for name in columns])
    cells = [values.tolist() if isinstance(values, Tensor | np.ndarray) else values for values in columns.values()]
    for row in zip(*cells, strict=True):
        writer.writerow([_cell(cell) for cell in row])
    return written.getvalue()


def _cell(cell: Cell) -> str:
    if not isinstance(cell, str):
        return repr(float(cell)) if isinstance(cell, float) else str(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
