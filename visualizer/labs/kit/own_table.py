"""A table of one's own: pasted or from a file, with the column that is to be learned. All labs share it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from visualizer.inputs.tables.columns import choose_mark
from visualizer.inputs.tables.labels import LabelledTable, with_label
from visualizer.inputs.tables.tables import MAX_BYTES, MAX_INPUTS, MAX_ROWS, Table, read_file, read_pasted
from visualizer.inputs.tables.text import TableError
from visualizer.ui import frame
from visualizer.ui.brought import brought_file, forget_upload

STAYS = "The data stay as they were."

_TABLE, _FAULT, _LEARNT = "own_table", "own_table_fault", "own_table_learnt"
_MARK = "own_table_mark"
_PASTED, _FILES = "own_table_pasted", "own_table_files"
_EXAMPLE = "x1, x2, label\n0.8, -0.5, yes\n0.1, 0.6, no"
_HINT = (
    "A row an example, with commas, semicolons, tabs or spaces between. "
    f"Up to {MAX_INPUTS} inputs and {MAX_BYTES // 1024**2} MB; of more than {MAX_ROWS:,} rows, that many are drawn. "
    "A link can't carry a table."
)


@dataclass(frozen=True, eq=False)
class OwnTable:
    """A table that can be learned from: its digest, and which column is the label."""

    digest: str
    label: int
    labelled: LabelledTable


def draw_own_table() -> OwnTable | None:
    """Draw the ways to bring a table and the choice of its label; None where there is nothing to learn from yet.

    What can't be used is answered in words right there, and the table before it stays.
    """
    st.text_area("Paste a table", key=_PASTED, height=120, placeholder=_EXAMPLE)
    st.button("Use this table", key="own_table_use", on_click=_take_pasted)
    field = f"own_table_file_{st.session_state.get(_FILES, 0)}"
    # Any type of file: what is not read is answered in words that say more than “not allowed”.
    st.file_uploader("Or upload a CSV file", key=field, on_change=_take_file, args=(field,))
    st.markdown(f":small[:gray[{_HINT}]]")
    if fault := st.session_state.get(_FAULT):
        frame.say(f"{fault} {STAYS}", "own-table")
    table: Table | None = st.session_state.get(_TABLE)
    if table is None:
        return None
    st.text(table.note)
    table = _draw_marks(table)
    label = _draw_label(table)
    learned = _learnt(table, label)
    if isinstance(learned, str):
        frame.say(f"{learned} {STAYS}", "own-label")
        return None
    for note in (_learnt_note(learned), *learned.notes):
        st.text(note)
    return OwnTable(table.digest, label, learned)


def _draw_marks(table: Table) -> Table:
    """Where numbers can be read in two ways, say how they are, and let people say otherwise."""
    if not table.doubtful:
        return table
    name, column = table.doubtful[0]
    others = len(table.doubtful) - 1
    more = f", and the like in {others} other column{'s' if others > 1 else ''}" if others else ""
    return table.told(choose_mark(column, f"in “{name}”{more}", f"{_MARK}_{table.digest[:16]}"))


def _draw_label(table: Table) -> int:
    """The column to be learned: the last, unless someone says else."""
    last = len(table.columns) - 1
    chosen = st.selectbox(
        "Label: the column to be learned",
        range(len(table.columns)),
        index=last,
        format_func=lambda at: f"{at + 1}: {table.columns[at]}",
        key=f"own_table_label_{table.digest[:16]}",
        persist_state="session",
    )
    return chosen if isinstance(chosen, int) and 0 <= chosen <= last else last


def _learnt(table: Table, label: int) -> LabelledTable | str:
    """The table with its label, or why it has none; computed once."""
    kept = st.session_state.get(_LEARNT)
    if kept is None or kept[:2] != (table.digest, label):
        try:
            found: LabelledTable | str = with_label(table, label)
        except TableError as error:
            found = str(error)
        kept = st.session_state[_LEARNT] = (table.digest, label, found)
    learned: LabelledTable | str = kept[2]
    return learned


def _learnt_note(learned: LabelledTable) -> str:
    rows, inputs = len(learned.labels), len(learned.inputs)
    brought = "standardised to mean 0 and standard deviation 1 over the part that is trained on"
    used = f"{rows:,} rows and {inputs} input{'s' if inputs > 1 else ''} are used"
    if learned.classes:
        return f"“{learned.label}” has the classes {', '.join(learned.classes)}. {used}; inputs are {brought}."
    return f"“{learned.label}” is learned as a number. {used}; inputs and numbers are {brought}."


def _take_pasted() -> None:
    try:
        _take(read_pasted(str(st.session_state.get(_PASTED) or "")))
    except TableError as error:
        st.session_state[_FAULT] = str(error)


def _take_file(field: str) -> None:
    file = brought_file(field)
    if file is None:
        return
    try:
        _take(read_file(file.getvalue(), file.name))
    except TableError as error:
        st.session_state[_FAULT] = str(error)
    st.session_state[_FILES] = st.session_state.get(_FILES, 0) + 1
    forget_upload(file)


def _take(table: Table) -> None:
    st.session_state[_TABLE] = table
    st.session_state.pop(_FAULT, None)
