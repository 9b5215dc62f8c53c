"""Pages that scroll: the views of a lesson that are not the walk, how one is chosen, and figures on them."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Literal

import streamlit as st

from visualizer.figures.svg import darkened
from visualizer.ui.settings import Choice
from visualizer.unattended import note_walk_view

WALK = "walk"
"""The key of a lesson's view that plays its walk."""
# A slider's number is in the accent colour, which is too pale for text in the dark theme.
_WIDE = (
    "<style>.st-key-page { max-width: 86rem; padding-top: 1rem; }"
    ".st-key-page [data-testid=stSliderThumbValue] { color: inherit; }"
    ".st-key-page [data-testid=stSlider] label { margin-bottom: 0.35rem; }"
    ".st-key-page [data-testid=stMarkdownContainer] table { display: block; max-width: 100%; overflow-x: auto; }"
    # A column of words keeps room for a few of them; what does not fit is reached by scrolling.
    "@media (max-width: 760px) { .st-key-page td:not([style*=right]) { min-width: 7rem; }"
    " .st-key-page td:not([style*=right], :first-child) { min-width: 13rem; } }"
    # On a phone what there is to see stands above the settings that are beside it elsewhere.
    "@media (max-width: 640px) { [data-testid=stHorizontalBlock]:has(> [data-testid=stColumn]:first-child"
    " .st-key-lab-settings) { flex-wrap: wrap-reverse; } }"
    "</style>"
)


def wide_page() -> AbstractContextManager[object]:
    """A page as wide as figures side by side need."""
    st.html(_WIDE)
    return st.container(key="page")


def draw_view(setting: Choice) -> str:
    """A row of buttons without a label above it."""
    if WALK in setting.options:
        note_walk_view(f"{setting.name}={WALK}")
    return setting.draw(bare=True)


def draw_figure(figure: str, alt: str, *, width: Literal["stretch", "content"] = "content", wide: str = "") -> None:
    """A figure as SVG, made dark where the theme is.

    `wide`, a name of its own on the page: on a phone it keeps its size and is scrolled sideways, so it can be read.
    """
    shown = darkened(figure) if st.context.theme.type == "dark" else figure
    with st.container(key=f"wide-figure-{wide}") if wide else nullcontext():
        st.image(shown, width=width, alt=alt)
