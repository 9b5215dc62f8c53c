"""What this session keeps of the lesson: its state, and what its link got wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.replay import past_of, past_text, replayed
from visualizer.lessons.one_hidden_layer.settings import ITERATION, NUMBERS, NetSettings
from visualizer.ui.edits import edits_of, edits_text
from visualizer.ui.query import notice

_LESSON = "one_hidden_layer"
_REFUSED = "one_hidden_layer_refused"


def open_lesson(settings: NetSettings) -> Lesson:
    """The lesson that this session has open, with these settings."""
    lesson: Lesson | None = st.session_state.get(_LESSON)
    if lesson is None:
        lesson = st.session_state[_LESSON] = Lesson(settings)
        start = edits_of(st.query_params.get(NUMBERS, ""))
        past = past_of(st.query_params.get(ITERATION, "0"))
        if start or past.count:
            lesson.resume(replayed(lesson.settings, start, past))
    elif lesson.settings != settings:
        put_notice_away()
    lesson.follow(settings)
    return lesson


def kept(lesson: Lesson) -> dict[str, str]:
    """What was changed by hand and how far the iterations are, as parameters that the browser writes."""
    history = lesson.history
    return {NUMBERS: edits_text(history.iterations[0].changed), ITERATION: past_text(history, lesson.settings)}


def keep_lesson(lesson: Lesson) -> None:
    """Open this lesson instead; its settings go into the widgets by `store`."""
    st.session_state[_LESSON] = lesson


def close_lesson() -> None:
    """Forget the lesson: the next one starts from its settings alone."""
    st.session_state.pop(_LESSON, None)


def note_refused(refused: Sequence[tuple[str, str]]) -> None:
    """Remember what a link got wrong (label, text), to be said until it is put away."""
    known = st.session_state.setdefault(_REFUSED, [])
    known.extend(each for each in refused if each not in known)


def refused_notice() -> str:
    """One line on what the link got wrong; empty where it got nothing wrong."""
    return notice(st.session_state.get(_REFUSED, []))


def put_notice_away() -> None:
    st.session_state.pop(_REFUSED, None)
