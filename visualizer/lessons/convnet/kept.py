"""Settings that are chosen in a figure, not in a widget: kept in the session and in the address by hand."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from visualizer.ui import frame
from visualizer.ui.settings import Setting

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
