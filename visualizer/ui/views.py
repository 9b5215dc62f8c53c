"""The choice between the views of a lesson, in its toolbar."""

from __future__ import annotations

import streamlit as st

from visualizer.ui.settings import Choice


def draw_view(setting: Choice) -> str:
    """A row of buttons without a label above it; bound to the URL as every setting is."""
    drawn = st.segmented_control(
        setting.label,
        list(setting.options),
        default=setting.default,
        format_func=setting.text,
        required=True,
        wrap=False,
        key=setting.name,
        bind="query-params",
        label_visibility="collapsed",
    )
    return setting.coerce(drawn)
