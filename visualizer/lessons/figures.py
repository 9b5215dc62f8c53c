"""Figures on a page, in the colours of the page's theme."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from visualizer.figures.svg import darkened


def draw_figure(figure: str, alt: str, *, width: Literal["stretch", "content"] = "content") -> None:
    """A figure as SVG, made dark where the theme is."""
    st.image(darkened(figure) if st.context.theme.type == "dark" else figure, width=width, alt=alt)
