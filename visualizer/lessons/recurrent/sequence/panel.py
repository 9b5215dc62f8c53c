"""Numbers for the cell to read: a sine, or a column of a CSV file; they go into the field and so into the link."""

from __future__ import annotations

import math

import streamlit as st

from visualizer.inputs.tables.columns import Column, choose_mark, columns_of
from visualizer.inputs.tables.text import Row, TableError, decode, is_heading, readings, records, separator_of
from visualizer.lessons.recurrent.settings import LONGEST_SEQUENCE, SETTINGS
from visualizer.text.plain import shown

MAX_BYTES = 100_000
_UPLOAD = "recurrent_csv"
_MESSAGE = "recurrent_csv_said"
_DOUBTFUL = "recurrent_csv_doubtful"
_SINE_STEPS, _SINE_PERIOD = 13, 8


def draw_sequence_panel() -> None:
    """A button and a file field below the numbers, with what was wrong with the last file."""
    st.button("A sine", key="recurrent_sine", on_click=_take_sine)
    st.file_uploader(
        "From a CSV file: its first column of numbers",
        type=["csv", "txt"],
        key=_UPLOAD,
        on_change=_take_file,
        max_upload_size=1,
    )
    if said := st.session_state.get(_MESSAGE):
        st.text(said)
    file, doubtful = st.session_state.get(_UPLOAD), st.session_state.get(_DOUBTFUL)
    if file and doubtful:
        name, column = doubtful
        key = f"recurrent_csv_mark_{file.file_id}"

        def take() -> None:
            _take_numbers(st.session_state[key] or "")

        choose_mark(column, f"in “{name}”", key, on_change=take)


def column_of(data: bytes, mark: str = "") -> tuple[str, list[float], Column]:
    """The name and the numbers of the first column of a CSV file that holds numbers only, below a heading or not, and
    how they are written; `mark` is the decimal mark where they can be read in two ways.

    Raises: ValueError in words, with the limit.
    """
    found = records(decode(data, MAX_BYTES))
    if not len(found):
        raise TableError("The file is empty.")
    separator = separator_of(found)
    rows = [found.row(at, separator) for at in range(len(found))]
    if separator == "," and '"' not in found.lines[-1][1]:
        if len(rows[0].cells) == 1 and all(len(row.cells) == 2 for row in rows[1:]):
            rows = [Row(row.line, (",".join(row.cells),)) for row in rows]  # one column with decimal commas
        elif all(len(row.cells) == 2 and all(map(readings, row.cells)) for row in rows):
            raise TableError(
                "Each row can be read as two numbers or as one with a decimal comma. "
                "Write a decimal point, or a heading above the numbers."
            )
    named = is_heading(rows[0], rows[1:])
    body = [row.cells for row in rows[named:]]
    width = min(map(len, body), default=0)
    for at, written in enumerate(columns_of(body, width, separator, mark)):
        values = [written.number(cells[at]) for cells in body]
        kept = [value for value in values if value is not None and math.isfinite(value)]
        if len(kept) == len(values) > 1:
            return shown(rows[0].cells[at]) if named else f"column {at + 1}", kept, written
    wrong = next((cell for cells in body for cell in cells if not readings(cell)), "")
    raise TableError(f"No column of the file holds numbers only; there is “{shown(wrong)}” in it.")


def series_text(values: list[float]) -> str:
    """Numbers as the field holds them, with every digit, as many as it has room for."""
    text = ""
    for value in values[: LONGEST_SEQUENCE + 1]:
        longer = f"{text}, {value + 0.0:.15g}" if text else f"{value + 0.0:.15g}"
        if len(longer) > SETTINGS["series"].longest:
            break
        text = longer
    return text


def _take_sine() -> None:
    values = [math.sin(2 * math.pi * step / _SINE_PERIOD) for step in range(_SINE_STEPS)]
    SETTINGS["series"].put(series_text(values))
    _forget_file()


def _forget_file() -> None:
    st.session_state.pop(_MESSAGE, None)
    st.session_state.pop(_DOUBTFUL, None)


def _take_file() -> None:
    _forget_file()
    if st.session_state.get(_UPLOAD) is None:
        return
    try:
        name, column = _take_numbers("")
    except ValueError as error:
        st.session_state[_MESSAGE] = f"{error} The numbers before stay."
        return
    if column.doubtful:
        st.session_state[_DOUBTFUL] = (name, column)


def _take_numbers(mark: str) -> tuple[str, Column]:
    """Put the numbers of the file into the field; where they can be read in two ways, with this decimal mark."""
    name, values, column = column_of(st.session_state[_UPLOAD].getvalue(), mark)
    text = series_text(values)
    SETTINGS["series"].put(text)
    st.session_state[_MESSAGE] = f"Taken from “{name}”: {taken_of(text, len(values))}."
    return name, column


def taken_of(text: str, count: int) -> str:
    """Which of so many numbers the field has room for."""
    taken = text.count(",") + 1
    return f"all {count} numbers" if taken == count else f"the first {taken} of {count:,} numbers"
