"""What this session keeps of the lesson, and what its address may hold."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from visualizer.inputs.images.crop_setting import CROP
from visualizer.inputs.images.panel import SAMPLE
from visualizer.lessons.pooling.lesson import Lesson
from visualizer.lessons.pooling.settings import PoolingSettings
from visualizer.lessons.pooling.table import TABLE, VIEWS_TABLE
from visualizer.ui.address import Address

LESSON = "pooling_lesson"
ADDRESS = Address("pooling", (SAMPLE, CROP, *TABLE, *VIEWS_TABLE), edits="pool_numbers")


def open_lesson(settings: PoolingSettings, x: Tensor) -> Lesson:
    """The lesson that this session has open, with these settings over these numbers; its edits are in the address."""
    lesson: Lesson | None = st.session_state.get(LESSON)
    if lesson is None:
        lesson = st.session_state[LESSON] = Lesson(settings, x, ADDRESS.linked_edits())
    elif lesson.settings != settings:
        ADDRESS.put_notice_away()
    lesson.follow(settings, x)
    ADDRESS.keep_edits(lesson.numbers.edits)
    return lesson


def close_lesson() -> None:
    """Forget the lesson: the next one starts from its settings alone."""
    st.session_state.pop(LESSON, None)
