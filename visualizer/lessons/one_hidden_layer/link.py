"""What the address asks for, checked before anything is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.replay import past_of
from visualizer.lessons.one_hidden_layer.session import (
    close_lesson,
    note_refused,
    put_notice_away,
)
from visualizer.lessons.one_hidden_layer.settings import ITERATION, NUMBERS, read_link, settings_for, settings_of
from visualizer.ui import frame
from visualizer.ui.address import STEP
from visualizer.ui.edits import edits_of
from visualizer.ui.query import Query, read

_ARRIVED = "one_hidden_layer_arrived"


def check_link() -> None:
    """Take out of the address what is broken or hostile, before a widget reads it, and note it down.

    Streamlit reads parameters more loosely than is wanted here: the last of two, 3.7 as 3, and "inf" in a field for
    whole numbers ends the run with an error. A link that names a preset is whole: what it leaves open is as the preset
    has it, whatever the visitor had before.
    """
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    settings = read_link(query)
    step = read([STEP], settings.mended)
    mended, refused = _checked_past(step.mended)
    if frame.entered():
        st.session_state[_ARRIVED] = True
        put_notice_away()
        if "preset" in settings.values or NUMBERS in mended or ITERATION in mended:
            _start_afresh(settings.values)
    if mended == query:
        return
    try:
        st.query_params.from_dict(mended)
    except StreamlitAPIException:
        # The widgets own their parameters by now: the browser's back button led to the old address. They fall back to
        # their defaults by themselves.
        return
    note_refused([*settings.refused, *step.refused, *refused])
    st.rerun()


def check_step(lesson: Lesson) -> None:
    """Take a step that the walk does not have out of a link; later the browser keeps the step right by itself."""
    text = st.query_params.get(STEP.name, "0")
    if st.session_state.pop(_ARRIVED, False) and text.isdigit() and int(text) > len(lesson.trace):
        note_refused([(STEP.label, text)])
        del st.query_params[STEP.name]


def _checked_past(query: Query) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """The query without what it says wrong about changed numbers and iterations, and that as (label, text)."""
    mended, refused = {name: list(texts) for name, texts in query.items()}, []
    for name, label, parse in ((NUMBERS, "Changed numbers", edits_of), (ITERATION, "Iterations", past_of)):
        texts = mended.get(name)
        if texts is None:
            continue
        try:
            if len(texts) != 1 or not parse(texts[0]):
                raise ValueError("a parameter is given once")
        except ValueError:
            refused.append((label, ", ".join(mended.pop(name))))
    return mended, refused


def _start_afresh(values: Mapping[str, Any]) -> None:
    close_lesson()
    wanted = settings_of(values)
    for name, setting in settings_for(wanted.preset).items():
        if name in st.session_state:
            setting.put(getattr(wanted, name))
