"""The page's address, to be copied; it follows the step without asking the server."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from visualizer.web.bundle import component_script, style

_COMPONENT = st.components.v2.component(
    "unrolled_link",
    html='<div class="link"><input readonly aria-label="Link"><button>Copy</button></div>',
    js=component_script("link_field"),
    css=style(Path(__file__).with_name("link_field.css")),
)


def link_field() -> None:
    _COMPONENT(key="link_field", data={})
