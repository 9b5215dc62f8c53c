"""The frame around every page: its bar, its toolbar, and its way to say something in plain text."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_PAGE, _ENTERED, _BAR = "frame_page", "frame_entered", "frame_bar"


def enter(page: st.Page) -> None:
    """Note which page this run shows; at the start of every run, before the page."""
    st.session_state[_ENTERED] = st.session_state.get(_PAGE) != page.url_path
    st.session_state[_PAGE] = page.url_path


def entered() -> bool:
    """Whether this run is the first after the visitor came to the page."""
    return bool(st.session_state.get(_ENTERED))


def bar() -> AbstractContextManager[object]:
    """The row at the top of every page: the menus, and the page's tools, which stand in a row of their own where both
    have no room in one."""
    row = st.container(key="bar", horizontal=True, vertical_alignment="center", gap=None)
    st.session_state[_BAR] = row
    return row


def toolbar() -> AbstractContextManager[object]:
    """The page's tools, in the bar."""
    row: DeltaGenerator = st.session_state[_BAR]
    return row.container(key="toolbar", horizontal=True, horizontal_alignment="right", gap="small")


def walk_page() -> AbstractContextManager[object]:
    """What holds a walk and the words about it: all the room that is left below the bar."""
    return st.container(key="walk-page")


def say(text: str, key: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
    """Say something in words, as plain text: what users wrote may be in it. `action` is a button beside it."""
    with st.container(key=f"say-{key}", horizontal=True, wrap=False, vertical_alignment="center"):
        st.text(text, width="stretch")
        if action:
            st.button(action[0], key=f"answer-{key}", on_click=action[1])
