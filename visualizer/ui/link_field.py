"""The page's address, to be copied; it follows the step without asking the server."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "unrolled_link",
    html='<div class="link"><input readonly aria-label="Link"><button>Copy</button></div>',
    js=(_HERE / "link_field.js").read_text(encoding="utf-8"),
    css=(_HERE / "link_field.css").read_text(encoding="utf-8"),
)


def link_field() -> None:
    _COMPONENT(key="link_field", data={})
