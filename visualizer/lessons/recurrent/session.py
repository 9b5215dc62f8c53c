"""What this session keeps of the lesson."""

from __future__ import annotations

import streamlit as st

from visualizer.lessons.recurrent.lesson import Lesson
from visualizer.lessons.recurrent.settings import ADDRESS, RecurrentSettings

LESSON = "recurrent_lesson"


def open_lesson(settings: RecurrentSettings) -> Lesson:
    """The lesson that this session has open, with these settings; its edits are in the address."""
    lesson: Lesson | None = st.session_state.get(LESSON)
    if lesson is None:
        lesson = st.session_state[LESSON] = Lesson(settings, ADDRESS.linked_edits())
    elif lesson.settings != settings:
        ADDRESS.put_notice_away()
    lesson.follow(settings)
    ADDRESS.keep_edits(lesson.numbers.edits)
    return lesson


def current_lesson() -> Lesson | None:
    """The lesson that this session has open; None before the first."""
    lesson: Lesson | None = st.session_state.get(LESSON)
    return lesson


def close_lesson() -> None:
    """Forget the lesson: the next one starts from its settings alone."""
    st.session_state.pop(LESSON, None)
