"""What the address asks for, checked before anything is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from visualizer import frame
from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.session import close_lesson, note_refused, put_notice_away
from visualizer.lessons.one_hidden_layer.table import PRESET, read_link, settings_of, table_for
from visualizer.settings import Integer, read

STEP = Integer("step", "Step", 0, "The step of the walk, counted from 1; 0 is before the first.", 0, 9_999_999)


def check_link() -> None:
    """Take out of the address what is broken or hostile, before a widget reads it, and note it down.

    Streamlit reads parameters more loosely than is wanted here: the last of two, 3.7 as 3, and "inf" in a field for
    whole numbers ends the run with an error. A link that names a preset is whole: what it leaves open is as the preset
    has it, whatever the visitor had before.
    """
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    settings = read_link(query)
    step = read([STEP], settings.mended)
    if frame.entered():
        put_notice_away()
        if PRESET.name in settings.values:
            _start_afresh(settings.values)
    if step.mended == query:
        return
    try:
        st.query_params.from_dict(step.mended)
    except StreamlitAPIException:
        # The widgets own their parameters by now: the browser's back button led to the old address. They fall back to
        # their defaults by themselves.
        return
    note_refused([*settings.refused, *step.refused])
    st.rerun()


def check_step(lesson: Lesson, player: object) -> None:
    """Take a step that the walk does not have out of the address, as long as no player has taken the address over."""
    text = st.query_params.get(STEP.name, "0")
    if player is None and text.isdigit() and int(text) > len(lesson.trace):
        note_refused([(STEP.label, text)])
        del st.query_params[STEP.name]


def _start_afresh(values: Mapping[str, Any]) -> None:
    close_lesson()
    wanted = settings_of(values)
    for name, setting in table_for(wanted.preset).items():
        if name in st.session_state:
            st.session_state[name] = setting.stored(getattr(wanted, name))
