"""Matrices of one's own in place of what image and settings give, in a popover of the toolbar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.inputs.arrays.setting import ArraySetting
from visualizer.ui.panel import Panel


def draw_own_numbers(
    arrays: Sequence[ArraySetting], unused: Collection[ArraySetting] = ()
) -> tuple[dict[str, Any], DeltaGenerator]:
    """A field for each array; returns what was pasted, by name, and where a refusal is to be written.

    Those `unused` under the settings that are chosen are not drawn, but kept.
    """
    with Panel("Numbers", key="own_numbers"):
        st.markdown("**Your own numbers.** Paste a matrix; the layer takes its size. Empty: as set elsewhere.")
        beside = st.container(key="beside-numbers")
        values = {each.name: each.kept() if each in unused else each.draw() for each in arrays}
    return values, beside
