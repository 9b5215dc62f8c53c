"""Which mark of a column's numbers is the decimal one: 1,200 is 1200 in one table and 1.2 in another. Where both can
be, it is a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from visualizer.inputs.tables.text import readings

DEFAULT_MARK = "."


@dataclass(frozen=True)
class Column:
    """How the numbers of a column are written: the decimal mark, and, where it could be another, a cell that shows it.

    `read` and `otherwise` are the two numbers that this cell can stand for.
    """

    mark: str = DEFAULT_MARK
    doubtful: str = ""
    read: float = 0.0
    otherwise: float = 0.0

    def number(self, cell: str) -> float | None:
        """The number of a cell, infinite beyond float64; None for a text."""
        return readings(cell).get(self.mark)


def columns_of(rows: Sequence[Sequence[str]], width: int, separator: str | None, told: str = "") -> tuple[Column, ...]:
    """How each column is written. What its own cells leave open the other columns say, then the separator.

    `told` is the decimal mark that people say is meant where it can be read both ways.
    """
    found = [[readings(row[at]) for row in rows if at < len(row)] for at in range(width)]
    certain = [{next(iter(each)) for each in column if len(each) == 1} for column in found]
    table = set[str]().union(*certain)
    columns = []
    for at, column in enumerate(found):
        open_ = next((row for row, each in enumerate(column) if len(set(each.values())) > 1), None)
        if len(certain[at]) == 1:
            columns.append(Column(next(iter(certain[at]))))
        elif certain[at]:
            points = sum(list(each) == ["."] for each in column)
            columns.append(Column("." if 2 * points >= sum(len(each) == 1 for each in column) else ","))
        elif open_ is None:
            columns.append(Column())
        else:
            text = [row[at] for row in rows if at < len(row)][open_]
            mark = told or (next(iter(table)) if len(table) == 1 else _usual(text, separator))
            other = "," if mark == "." else "."
            columns.append(Column(mark, text, column[open_][mark], column[open_][other]))
    return tuple(columns)


def _usual(text: str, separator: str | None) -> str:
    """A comma is a decimal mark where semicolons stand between cells, as spreadsheets write it in such countries."""
    return "," if "," in text and separator == ";" else DEFAULT_MARK


def choose_mark(column: Column, where: str, key: str, on_change: Callable[[], None] | None = None) -> str:
    """Draw the two numbers that a cell of a doubtful column can stand for; the decimal mark that was chosen, empty for
    the one that is taken by itself. `where` says where the cell is."""
    other = "," if column.mark == "." else "."
    chosen = st.segmented_control(
        f"“{column.doubtful}” {where}, is read as",
        ["", other],
        format_func=lambda each: f"{column.otherwise if each else column.read:,.10g}".replace(",", ""),
        default="",
        required=True,
        key=key,
        help="The mark stands between thousands or is the decimal mark; the table leaves it open.",
        on_change=on_change,
        persist_state="session",
    )
    return chosen or ""
