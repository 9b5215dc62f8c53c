"""Where numbers can be read in two ways: how they are read, and the choice to read them otherwise."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from visualizer.inputs.tables.columns import Column


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
