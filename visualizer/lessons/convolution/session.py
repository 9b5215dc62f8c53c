"""What this session keeps of the lesson."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from visualizer.lessons.convolution.lesson import Lesson
from visualizer.lessons.convolution.settings import ADDRESS, PIXEL, ConvolutionSettings

LESSON = "convolution_lesson"


def open_lesson(settings: ConvolutionSettings, x: Tensor) -> Lesson:
    """The lesson that this session has open, with these settings over these numbers; its edits are in the address."""
    lesson: Lesson | None = st.session_state.get(LESSON)
    if lesson is None:
        lesson = st.session_state[LESSON] = Lesson(settings, x, ADDRESS.linked_edits())
    elif lesson.settings != settings:
        ADDRESS.put_notice_away()
    lesson.follow(settings, x)
    ADDRESS.keep_edits(lesson.numbers.edits)
    return lesson


def changed_kernels() -> frozenset[tuple[int, int]]:
    """The kernels, by filter and channel, of which numbers were changed by hand; where all share one, its channel 0."""
    lesson: Lesson | None = st.session_state.get(LESSON)
    if lesson is None:
        return frozenset()
    changed = {ref.index[:2] for ref in lesson.numbers.edits if ref.name == "weight"}
    separate = lesson.settings.separate
    return frozenset((int(str(filter_)), int(str(channel)) if separate else 0) for filter_, channel in changed)


def output_shape() -> tuple[int, ...]:
    """Filters, rows and columns of the output on screen; at first those of the largest."""
    lesson: Lesson | None = st.session_state.get(LESSON)
    return tuple(lesson.trace["y"].shape) if lesson else tuple(setting.maximum for setting in PIXEL)


def close_lesson() -> None:
    """Forget the lesson: the next one starts from its settings alone."""
    st.session_state.pop(LESSON, None)
