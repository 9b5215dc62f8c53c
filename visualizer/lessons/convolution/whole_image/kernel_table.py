"""A filter's numbers as tables to type into."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from torch import Tensor

from visualizer.engine import Ref
from visualizer.inputs.arrays.number_table import changes, number_table
from visualizer.lessons.convolution.kernel_settings import COLOURS
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.lessons.convolution.view_settings import KERNEL_SHOWN
from visualizer.ui.edits import LARGEST


def draw_kernel(lesson: ConvolutionLesson) -> None:
    """The kernel of one filter, channel by channel, or once where all channels share it."""
    weight = lesson.arrays["weight"]
    filters, channels = weight.shape[:2]
    filter_ = KERNEL_SHOWN.draw(most=filters) - 1 if filters > 1 else 0
    shared = bool((weight[filter_] == weight[filter_][:1]).all())
    for channel, column in zip(range(1 if shared else channels), st.columns(channels), strict=False):
        name = "Kernel on every channel" if shared and channels > 1 else f"Kernel on {COLOURS[channel]}"
        label = name if channels > 1 else "Kernel"
        with column:
            st.caption(f"{label}: click a number and type, or paste a matrix.")
            number_table(
                weight[filter_, channel],
                key=f"kernel_{filter_}_{channel}",
                label=label,
                limit=LARGEST,
                on_change=partial(_take, lesson, filter_, range(channels) if shared else (channel,)),
            )


def _take(lesson: ConvolutionLesson, filter_: int, channels: Sequence[int], kernel: Tensor) -> None:
    """What is typed goes to every one of the channels."""
    typed = changes(lesson.arrays["weight"][filter_, channels[0]], kernel)
    lesson.change(
        {Ref("weight", (filter_, channel, *place)): value for place, value in typed.items() for channel in channels}
    )
