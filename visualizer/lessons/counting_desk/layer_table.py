"""The table of layers in a Streamlit page: a component that opens a layer's formulas and sends changes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from visualizer.lessons.counting_desk.changes import Change
from visualizer.lessons.counting_desk.rows import Row
from visualizer.web.bundle import component_script, style

_COMPONENT = st.components.v2.component(
    "unrolled_layer_table", js=component_script("layer_table"), css=style(Path(__file__).with_name("layer_table.css"))
)


def layer_table(
    rows: Row, *, key: str, look: int, serial: int, note: str = "", on_change: Callable[[Change], None]
) -> None:
    """Show the rows. `on_change` gets what the visitor asks for, unchecked.

    A new `serial` opens the layer at `look`, where `note` is said, and takes back what a field shows and the stack does
    not have.
    """

    def edited() -> None:
        asked = st.session_state[key].edit
        if isinstance(asked, dict):
            on_change(Change(*(asked.get(name) for name in ("action", "at", "field", "text"))))

    _COMPONENT(key=key, data=rows | {"look": look, "serial": serial, "note": note}, on_edit_change=edited)
