"""What is looked at, as it is chosen in a figure and kept in the session and the address by hand: the number, the
class, and whose loss goes backward."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.place import Place
from visualizer.lessons.convnet.settings import AT
from visualizer.ui import frame
from visualizer.ui.number_settings import Integer
from visualizer.ui.settings import Setting


def place_of(lesson: Lesson) -> Place:
    """The number that is looked at: the chosen one, or where the first convolution is strongest."""
    place = kept(AT)
    if place is None or not place.inside(lesson.net.shape):
        if place is not None:
            keep(AT, None)
        return strongest(lesson)
    keep(AT, place)
    return place


def strongest(lesson: Lesson) -> Place:
    """The largest number after the first ReLU, at the convolution that it comes from."""
    values = lesson.found["relu1"][0]
    side = values.shape[-1]
    map_, place = divmod(int(values.argmax()), side * side)
    return Place("conv1", map_, *divmod(place, side))


def target_of(lesson: Lesson, chosen: int) -> int:
    """The class whose loss goes backward: the chosen one, from 1; else the image's own, or what the net says."""
    if 1 <= chosen <= len(lesson.classes):
        return chosen - 1
    return lesson.label if lesson.label is not None else int(lesson.found["p"][0].argmax())


T = TypeVar("T")


def kept(setting: Setting[T]) -> T:
    """What the address says where it is new, else what was chosen; in runs of the whole page only."""
    text, written = st.query_params.get(setting.name), st.session_state.get(_written(setting))
    value = setting.coerce(st.session_state.get(setting.name, setting.default))
    if text is not None and text != written:
        value = setting.parse(text)  # the address has been checked
    elif text is None and written and not frame.entered():
        value = setting.default  # the browser's back button led to an address without it
    st.session_state[setting.name] = value
    return value


def keep(setting: Setting[T], value: T) -> None:
    """Write it into the session and the address; what is as by default is not in there."""
    st.session_state[setting.name] = value
    text = setting.text(value) if value != setting.default else None
    if text and text != st.query_params.get(setting.name):
        st.query_params[setting.name] = text
    elif not text and setting.name in st.query_params:
        del st.query_params[setting.name]
    st.session_state[_written(setting)] = text


def _written(setting: Setting[T]) -> str:
    return f"{setting.name}_written"


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
