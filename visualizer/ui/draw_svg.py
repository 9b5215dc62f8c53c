"""Figures on a page, in the colours of the page's theme."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Literal

import streamlit as st

from visualizer.figures.svg import darkened


def draw_figure(figure: str, alt: str, *, width: Literal["stretch", "content"] = "content", wide: str = "") -> None:
    """A figure as SVG, made dark where the theme is.

    `wide`, a name of its own on the page: on a phone it keeps its size and is scrolled sideways, so it can be read.
    """
    shown = darkened(figure) if st.context.theme.type == "dark" else figure
    with st.container(key=f"wide-figure-{wide}") if wide else nullcontext():
        st.image(shown, width=width, alt=alt)
