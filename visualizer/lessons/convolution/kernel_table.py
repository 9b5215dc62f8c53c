"""A filter's numbers as tables to type into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from visualizer.engine import Ref
from visualizer.lessons.convolution.lesson import Lesson
from visualizer.lessons.convolution.settings import COLOURS
from visualizer.lessons.convolution.table import KERNEL_SHOWN
from visualizer.lessons.edits import LARGEST


def draw_kernel(lesson: Lesson) -> None:
    """The kernel of one filter, channel by channel, or once where all channels share it."""
    weight = lesson.arrays["weight"]
    filters, channels, size, _ = weight.shape
    filter_ = min(KERNEL_SHOWN.draw(), filters) - 1 if filters > 1 else 0
    shared = bool((weight[filter_] == weight[filter_][:1]).all())
    shown = range(1 if shared else channels)
    for column, channel in zip(st.columns(3, gap="small"), shown, strict=False):
        name = "every channel" if shared and channels > 1 else COLOURS[channel] if channels > 1 else "the kernel"
        with column:
            st.caption(f"Numbers on {name}. Click one, type, press Enter." if channels > 1 else "Click a number, type.")
            _draw_table(lesson, (filter_, channel), range(channels) if shared else (channel,), size)


def _draw_table(lesson: Lesson, slot: tuple[int, int], written: range | tuple[int, ...], size: int) -> None:
    """What is typed goes to every channel of `written`."""
    plane = lesson.arrays["weight"][slot].tolist()
    # A table keeps what was typed as long as its key is the same; other numbers end that.
    key = f"kernel_{slot[0]}_{slot[1]}_{hash(tuple(map(tuple, plane)))}"
    names = [str(at + 1) for at in range(size)]
    st.data_editor(
        [dict(zip(names, row, strict=True)) for row in plane],
        key=key,
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(min_value=-LARGEST, max_value=LARGEST, required=True, format="%.4g")
            for name in names
        },
        on_change=_take,
        args=(lesson, slot[0], written, key),
        alt="the kernel's numbers",
    )


def _take(lesson: Lesson, filter_: int, written: range | tuple[int, ...], key: str) -> None:
    rows: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    lesson.numbers.change(dict(typed(rows, filter_, written)))


def typed(
    rows: dict[int, dict[str, Any]], filter_: int, written: range | tuple[int, ...]
) -> Iterator[tuple[Ref, float]]:
    """The numbers that were typed into a table; what is none, or beyond the limit, is passed over."""
    for row, cells in rows.items():
        for name, value in cells.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if number and abs(value) <= LARGEST and name.isdecimal():
                for channel in written:
                    yield Ref("weight", (filter_, channel, row, int(name) - 1)), float(value)
