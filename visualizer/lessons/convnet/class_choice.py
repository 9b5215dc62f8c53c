"""A class of the net, chosen by its name; the address holds its number, from 1; 0 is the one taken by default."""

from __future__ import annotations

import streamlit as st

from visualizer.lessons.convnet.kept import keep, kept
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.ui.settings import Integer


def keep_class(setting: Integer, lesson: Lesson) -> None:
    """Keep what was chosen; a class that this net doesn't have is forgotten."""
    chosen = kept(setting)
    keep(setting, chosen if chosen <= len(lesson.classes) else setting.default)


def draw_class(setting: Integer, lesson: Lesson, automatic: str, label: str = "") -> int:
    """The class that is chosen, from 1; 0 for the `automatic` one, which stands first by its name."""
    shown, asked, classes = f"{setting.name}_shown", kept(setting), lesson.classes
    keep_class(setting, lesson)
    st.session_state[shown] = st.session_state[setting.name]
    st.selectbox(
        label or setting.label,
        range(len(classes) + 1),
        format_func=lambda at: classes[at - 1] if at else automatic,
        key=shown,
        on_change=lambda: st.session_state.update({setting.name: st.session_state[shown]}),
        help=setting.help,
    )
    if asked > len(classes):
        st.caption(f"There are {len(classes)} classes: {automatic} is taken.")
    return int(st.session_state[shown])
