"""The page of the lab: wider than that of other labs, as the film is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

_STYLE = f"<style>{(Path(__file__).parent / 'page.css').read_text(encoding='utf-8')}</style>"


@contextmanager
def film_page(question: str) -> Iterator[None]:
    """The question, and below it a place for the film and what follows from it."""
    st.html(_STYLE)
    with st.container(key="film-page", gap=None):
        st.subheader(question, anchor=False)
        yield
