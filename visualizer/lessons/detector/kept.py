"""What the visitor clicked, in the address: the window that is looked at, and the patches that are marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from visualizer.ui import frame
from visualizer.ui.settings import Setting

MAX_MARKS = 24
"""Of each kind. All of them make a link of some 450 characters."""
_PLACE = re.compile(r"[1-8],[0-9]{1,4},[0-9]{1,4}")
_MARK = re.compile(r"([0-9]{1,4}),([0-9]{1,4})([yn])")


@dataclass(frozen=True)
class Place:
    """A window: its level, counted from 0, and its row and column among the windows there."""

    level: int
    row: int
    column: int


@dataclass(frozen=True)
class Mark:
    """A pixel of the image that the visitor marked as the middle of a patch: of the thing, or not."""

    row: int
    column: int
    yes: bool


@dataclass(frozen=True)
class _Kept(Setting[Any]):
    """A setting without a widget: it is drawn with the image that it is clicked on."""

    @property
    def most_characters(self) -> int:
        return 2 * MAX_MARKS * 11

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> Any:
        return self.coerce(st.session_state.get(self.name))


@dataclass(frozen=True)
class PlaceSetting(_Kept):
    """level,row,column, the level counted from 1; None is a window that nobody chose."""

    def parse(self, text: str) -> Place:
        if not _PLACE.fullmatch(text):
            raise ValueError(f"{self.name} must be three whole numbers: level,row,column")
        level, row, column = map(int, text.split(","))
        return Place(level - 1, row, column)

    def coerce(self, value: object) -> Place | None:
        return value if isinstance(value, Place) else None

    def text(self, value: Place | None) -> str:
        return f"{value.level + 1},{value.row},{value.column}" if value else ""


@dataclass(frozen=True)
class MarksSetting(_Kept):
    """row,columny or row,columnn each, with dots between."""

    def parse(self, text: str) -> tuple[Mark, ...]:
        found = [_MARK.fullmatch(part) for part in text.split(".")]
        marks = tuple(Mark(int(each[1]), int(each[2]), each[3] == "y") for each in found if each)
        if len(marks) < len(found) or not fits(marks):
            raise ValueError(f"{self.name} must be at most {MAX_MARKS} marks of each kind, such as 40,120y.30,8n")
        return marks

    def coerce(self, value: object) -> tuple[Mark, ...]:
        return value if isinstance(value, tuple) else ()

    def text(self, value: tuple[Mark, ...]) -> str:
        return ".".join(f"{mark.row},{mark.column}{'y' if mark.yes else 'n'}" for mark in value)


PLACE = PlaceSetting("det_place", "Window", "The window that is looked at: scale, row and column.", default=None)
MARKED = MarksSetting("det_marks", "Marks", "The patches that you marked.", default=())


def fits(marks: tuple[Mark, ...]) -> bool:
    """Whether there are not too many of a kind."""
    return all(sum(mark.yes == kind for mark in marks) <= MAX_MARKS for kind in (True, False))


def read_kept(setting: _Kept) -> Any:
    """What was clicked, or what a link brings; in runs of the whole page only, as a fragment's address is stale."""
    written, text = st.session_state.get(f"{setting.name}_written"), st.query_params.get(setting.name)
    if text is not None and text != written:
        try:
            st.session_state[setting.name] = setting.parse(text)
        except ValueError:
            st.session_state[setting.name] = setting.default
    elif text is None and written and not frame.entered():
        st.session_state[setting.name] = setting.default  # The browser's back button led to an address without it.
    return setting.coerce(st.session_state.get(setting.name))


def write_kept(setting: _Kept, value: Any) -> None:
    """Keep it in the session and in the address."""
    st.session_state[setting.name] = value
    text = setting.text(value)
    if text:
        if st.query_params.get(setting.name) != text:
            st.query_params[setting.name] = text
    elif setting.name in st.query_params:
        del st.query_params[setting.name]
    st.session_state[f"{setting.name}_written"] = text or None
