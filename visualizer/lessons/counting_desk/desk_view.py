"""The view "Layers": the answer, the table that it is computed from, and the image of the stack."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.stacks.counts import StackCounts, count_stack
from visualizer.lessons.counting_desk.answer import answer
from visualizer.lessons.counting_desk.desk import Desk, change
from visualizer.lessons.counting_desk.layer_table import layer_table
from visualizer.lessons.counting_desk.picture import draw_stack
from visualizer.lessons.counting_desk.rows import table_rows
from visualizer.ui.answer import draw_answer
from visualizer.ui.layout import draw_figure

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
