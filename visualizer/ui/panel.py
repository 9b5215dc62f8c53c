"""A panel of settings in the toolbar: what is in it is drawn once somebody opens it, and only read until then.

A page that opens is the same for most visitors, and most never open a panel; its fields would cost the server more than
all the rest of the page. A setting that was changed in this session stays drawn: what is not drawn leaves the address.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import streamlit as st

PANELS_OPEN = "panels_open"
"""In the session: whether every panel counts as open. For whoever drives pages without a browser."""
_CLOSED: ContextVar[bool] = ContextVar("panel is closed", default=False)


class Panel:
    """A popover, in place where this is made; within it settings read their values until somebody opens it."""

    def __init__(self, label: str, key: str) -> None:
        self._popover = st.popover(label, key=key, on_change="rerun")

    def __enter__(self) -> None:
        self._before = _CLOSED.set(not (self._popover.open or st.session_state.get(PANELS_OPEN)))
        self._popover.__enter__()

    def __exit__(self, *raised: Any) -> None:
        self._popover.__exit__(*raised)
        _CLOSED.reset(self._before)


def is_closed() -> bool:
    """Whether this is within a panel that nobody has opened."""
    return _CLOSED.get()


def is_read(key: str) -> bool:
    """Whether the setting kept by this key is read from the address alone: nobody sees it, and nobody changed it."""
    return _CLOSED.get() and key not in st.session_state
