"""What this session keeps of the lesson."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from visualizer.lessons.pooling.lesson import Lesson
from visualizer.lessons.pooling.settings import ADDRESS, PoolingSettings

LESSON = "pooling_lesson"


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
