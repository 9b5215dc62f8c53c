"""Pages that scroll: the views of a lesson that are not the walk."""

from __future__ import annotations

from contextlib import AbstractContextManager

import streamlit as st

_WIDE = "<style>.st-key-page { max-width: 86rem; padding-top: 1rem; }</style>"


def wide_page() -> AbstractContextManager[object]:
    """A page as wide as figures side by side need."""
    st.html(_WIDE)
    return st.container(key="page")
