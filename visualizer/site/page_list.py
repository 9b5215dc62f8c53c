"""Every page for Streamlit, and the home page for an unknown address."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st

from visualizer.site.catalogue import PAGES, script


def home() -> st.Page:
    """The page that opens first. No browser asks for the address ".", so no unknown address can be that one."""
    return st.Page(script("home.py"), title="Unrolled", url_path=".", default=True)


def pages() -> list[st.Page]:
    """All pages."""
    return [copy(each) for each in _made()]


@cache
def _made() -> tuple[st.Page, ...]:
    """Streamlit looks each page up on the disk; it need not for every visitor."""
    return home(), *(each.page() for each in PAGES)


def home_for(unknown: str) -> st.Page:
    """The home page under an address that no page has."""
    return st.Page(script("home.py"), title="Unrolled", url_path=unknown, visibility="hidden")
