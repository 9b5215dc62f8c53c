"""The view "Layers": the answer, the table that it is computed from, and the image of the stack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from visualizer.engine.stacks.counts import LayerCount, StackCounts, count_stack
from visualizer.engine.stacks.layers.pointwise import BatchNorm, Flatten
from visualizer.figures.stack import StackColumn, figure_stack
from visualizer.lessons.counting_desk.answer import answer
from visualizer.lessons.counting_desk.changes import Change
from visualizer.lessons.counting_desk.desk import Desk, change
from visualizer.lessons.counting_desk.rows import Row, table_rows
from visualizer.lessons.counting_desk.text import short_count, short_name
from visualizer.ui.answer import draw_answer
from visualizer.ui.layout import draw_figure
from visualizer.web.bundle import component_script, style

_CONVENTION = (
    "For one example. A multiply-add is a product and its addition; those of convolutions and of locally and fully "
    "connected layers are counted, biases are not. Memory: every layer’s output in float32, 4 bytes a number, as it is "
    "kept for the backward pass. The receptive field is counted as if the input went on beyond its border."
)
_TO_SCALE = (
    "To scale: heights are rows, depths columns, lengths channels; a flat layer is a bar, as high as it has numbers "
    "(full: fully connected). What would be thinner than a line is a line. Below, each layer’s share of all parameters "
    "and of all multiply-adds."
)
# A figure that is wider than a phone scrolls by itself, so that its words stay readable.
_SCROLLS = "<style>.st-key-stack-picture { overflow-x: auto; } .st-key-stack-picture img { min-width: 56rem; }</style>"


def draw_desk(kept: Desk) -> None:
    counts = count_stack(kept.stack)
    draw_answer(answer(counts), whole=counts.fault is None)
    layer_table(
        table_rows(counts), key="layer_table", look=kept.look, serial=kept.serial, note=kept.note, on_change=change
    )
    st.caption(_CONVENTION)
    _draw_picture(counts)


def _draw_picture(counts: StackCounts) -> None:
    figure, words = draw_stack(counts)
    st.html(_SCROLLS)
    with st.container(key="stack-picture"):
        draw_figure(figure, words)
    st.caption(_TO_SCALE)


def columns_of(counts: StackCounts) -> list[StackColumn]:
    """The input and the layers; what a normalisation learns goes with the layer that it normalises."""
    columns = [StackColumn("input", counts.stack.takes)]
    for count in counts.layers:
        if _has_column(count) and count.layer is not None:
            columns.append(
                StackColumn(short_name(count.layer), count.gives, count.parameters.value, count.multiply_adds.value)
            )
        else:
            columns[-1] = replace(columns[-1], parameters=columns[-1].parameters + count.parameters.value)
    return columns


def draw_stack(counts: StackCounts) -> tuple[str, str]:
    """The figure as SVG, and what it shows in words."""
    columns = columns_of(counts)
    words = f"The stack to scale: {_columns_text(columns)}"
    return figure_stack(columns, short_count, title=words), words


def _has_column(count: LayerCount) -> bool:
    if isinstance(count.layer, Flatten | BatchNorm):
        return False
    return count.takes != count.gives or count.parameters.value > 0


def _columns_text(columns: Sequence[StackColumn]) -> str:
    return ", ".join(f"{each.name} {'×'.join(map(str, each.shape))}" for each in columns)


_COMPONENT = st.components.v2.component(
    "unrolled_layer_table", js=component_script("layer_table"), css=style(Path(__file__).with_name("layer_table.css"))
)


def layer_table(
    rows: Row, *, key: str, look: int, serial: int, note: str = "", on_change: Callable[[Change], None]
) -> None:
    """Show the rows. `on_change` gets what the visitor asks for, unchecked.

    A new `serial` opens the layer at `look`, where `note` is said, and takes back what a field shows and the stack does
    not have.
    """

    def edited() -> None:
        asked = st.session_state[key].edit
        if isinstance(asked, dict):
            on_change(Change(*(asked.get(name) for name in ("action", "at", "field", "text"))))

    _COMPONENT(key=key, data=rows | {"look": look, "serial": serial, "note": note}, on_edit_change=edited)
