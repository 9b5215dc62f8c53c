"""The page of the lab: wider than that of other labs, as the film is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from visualizer import catalogue

_STYLE = f"<style>{(Path(__file__).parent / 'page.css').read_text(encoding='utf-8')}</style>"


@contextmanager
def film_page(question: str) -> Iterator[None]:
    """The question, and below it a place for the film and what follows from it."""
    st.html(_STYLE)
    with st.container(key="film-page", gap=None):
        st.subheader(question, anchor=False)
        yield


def go_to(address: str) -> None:
    """Switch to the page with this address; what is to be chosen there is in the session by now."""
    page = next(page.page() for page in catalogue.PAGES if page.url_path == address)
    # Without a mapping, Streamlit refuses to leave a page whose settings are in the address.
    st.switch_page(page, query_params={})
