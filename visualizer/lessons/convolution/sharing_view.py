"""The view "Sharing": the layer as a matrix, its weights tied or untied, and how many weights that makes."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.filtering.sharing import LayerCounts, layer_matrix, untied
from visualizer.figures.grid import MAX_ROWS, figure_matrix
from visualizer.lessons.convolution.fitting import grid_of
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.lessons.convolution.view_settings import FIELD, IMAGE_CHANNELS, IMAGE_SIDE, UNITS
from visualizer.ui.layout import draw_figure

_MAX_COLUMNS = 1024


def draw_sharing(lesson: ConvolutionLesson) -> None:
    st.subheader("Three layers as matrices", anchor=False)
    _draw_matrices(lesson)
    st.subheader("Counting weights", anchor=False)
    _draw_counts()


def _draw_matrices(lesson: ConvolutionLesson) -> None:
    channels, rows, columns = lesson.arrays["x"].shape
    windows = grid_of(lesson.settings, (rows, columns))
    tied = layer_matrix(1, windows)
    kernel = windows.kernel[0] * windows.kernel[1]
    outputs, inputs = tied.shape
    one = "" if channels * lesson.settings.filter_count == 1 else ", here for one filter and one channel"
    st.markdown(
        f"Flatten the crop into a column of {inputs} numbers, and a layer is a matrix times that column: a row for "
        f"each output, a column for each pixel. This is the layer of the walk{one}. Empty is no connection; equal "
        f"colours are one and the same weight."
    )
    joined = int((tied > 0).sum())
    figures = (
        (tied, kernel, "Convolution", f"**{kernel:,} weights**, the kernel's, in every row again, moved along."),
        (untied(tied), joined, "Locally connected", f"**{joined:,} weights**: same connections, nothing shared."),
        (
            untied(tied + 1),
            outputs * inputs,
            "Fully connected",
            f"**{outputs * inputs:,} weights**: everything joined.",
        ),
    )
    if inputs > _MAX_COLUMNS:
        st.caption(f"The matrices are drawn for crops of up to {_MAX_COLUMNS:,} pixels.")
        return
    for column, (matrix, weights, name, words) in zip(st.columns(3, gap="small"), figures, strict=True):
        with column:
            st.markdown(f"**{name}**")
            draw_figure(figure_matrix(matrix, title=f"{name}: {words}", weights=weights), name, width="stretch")
            st.caption(words)
    if outputs > MAX_ROWS:
        st.caption(f"The first {MAX_ROWS} of {outputs:,} rows.")


def _draw_counts() -> None:
    """The counts for any sizes; the lecture's by default."""
    values: list[int] = []
    for column, setting in zip(st.columns(4, gap="small"), (IMAGE_SIDE, IMAGE_CHANNELS, UNITS, FIELD), strict=True):
        with column:
            values.append(setting.draw())
    try:
        counts = LayerCounts(*values)
    except ValueError:
        st.caption(
            f"A field of {values[3]}×{values[3]} does not fit on an image of {values[0]}×{values[0]}: "
            f"set the field side to {values[0]}, or the image side to {values[3]}."
        )
        return
    st.markdown(count_table(counts))
    st.caption(
        "Weights only, as on the slides. Biases come on top: one for each hidden unit, with sharing one for each map."
    )


def count_table(counts: LayerCounts) -> str:
    """The three counts with their formulas, as a table in Markdown."""
    n, c, units, field = counts.side, counts.channels, counts.units, counts.field
    image = f"{n:,}² · {c:,}" if c > 1 else f"{n:,}²"
    seen = f"{field:,}² · {c:,}" if c > 1 else f"{field:,}²"
    each = f"{counts.field_inputs:,} weights a map, for {_maps(counts)}"
    rows = (
        ("fully connected", "inputs · units", f"{image} · {units:,}", counts.fully_connected),
        ("locally connected", "field · units", f"{seen} · {units:,}", counts.locally_connected),
        ("shared: a convolution", "field · maps", f"{seen} · {counts.maps:,}", counts.shared),
    )
    lines = [
        f"| {name} | {formula} | {worked} | **{count:,}**{in_words(count)} |" for name, formula, worked, count in rows
    ]
    head = "| layer | formula | with these numbers | weights |\n| --- | --- | --- | --- |\n"
    return f"{head}{chr(10).join(lines)}\n\nSharing leaves {each}."


def in_words(count: int) -> str:
    """ " (16 billion)" for large round numbers; nothing for small ones."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if count >= size:
            return f" ({count / size:.4g} {name})"
    return ""


def _maps(counts: LayerCounts) -> str:
    of = f"{counts.side:,}×{counts.side:,} units"
    if counts.whole_maps:
        return f"{counts.maps:,} map{'s' if counts.maps > 1 else ''} of {of}"
    exact = counts.units / counts.places
    return f"{counts.units:,} / {counts.places:,} = {exact:.4g} maps of {of}, the last not full"
