"""Numbers for the cell to read: a sine, or a column of a CSV file; they go into the field and so into the link."""

from __future__ import annotations

import csv
import io
import math

import streamlit as st

from visualizer.inputs.text import shown
from visualizer.lessons.recurrent.settings import LONGEST_SEQUENCE
from visualizer.lessons.recurrent.table import SERIES

MOST_BYTES = 100_000
_UPLOAD = "recurrent_csv"
_SAID = "recurrent_csv_said"
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
    if said := st.session_state.get(_SAID):
        st.text(said)


def column_of(data: bytes) -> list[float]:
    """The first column of a CSV file that holds numbers only, below a heading or not.

    Raises: ValueError in words, with the limit.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"the file has {len(data):,} bytes; at most {MOST_BYTES:,} are read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("the file is no text in UTF-8") from error
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if not rows:
        raise ValueError("the file is empty")
    body = rows if any(_number(cell) is not None for cell in rows[0]) else rows[1:]
    columns = min((len(row) for row in body), default=0)
    for at in range(columns):
        values = [_number(row[at]) for row in body]
        if all(value is not None for value in values) and len(values) > 1:
            return [value for value in values if value is not None][: LONGEST_SEQUENCE + 1]
    wrong = next((cell for row in body for cell in row if _number(cell) is None), "")
    raise ValueError(f"no column of the file holds numbers only; there is “{shown(wrong)}” in it")


def series_text(values: list[float]) -> str:
    """Numbers as the field holds them, rounded to three decimals."""
    return ", ".join(f"{round(value, 3) + 0.0:g}" for value in values)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _take_sine() -> None:
    values = [math.sin(2 * math.pi * step / _SINE_PERIOD) for step in range(_SINE_STEPS)]
    st.session_state[SERIES.name] = series_text(values)
    st.session_state.pop(_SAID, None)


def _take_file() -> None:
    file = st.session_state.get(_UPLOAD)
    st.session_state.pop(_SAID, None)
    if file is None:
        return
    try:
        st.session_state[SERIES.name] = series_text(column_of(file.getvalue()))[: SERIES.longest]
    except (ValueError, csv.Error) as error:
        st.session_state[_SAID] = f"The file was not taken: {error}. The numbers before stay."
