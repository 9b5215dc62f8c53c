"""The net on the desk: which one it is, what was changed of it, and the way back."""

from __future__ import annotations

import streamlit as st

from visualizer import frame
from visualizer.engine.stack_presets import PRESETS
from visualizer.lessons.counting_desk.desk import STAYS, Desk, forget_text, open_desk, put_preset, undo
from visualizer.lessons.counting_desk.table import PRESET
from visualizer.lessons.refusal import sentence


def draw_choice() -> Desk:
    """Draw the choice; returns the desk with the net that was chosen on it."""
    choice, buttons, about = st.columns([3, 1, 6], gap="small", vertical_alignment="center")
    with choice:
        PRESET.draw(on_change=put_preset)
    kept = open_desk()
    preset = PRESETS[kept.preset]
    with buttons:
        st.button("Undo", key="desk_undo", on_click=undo, disabled=not kept.before, width="stretch")
    with about:
        if kept.is_changed:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(f"Your own stack, in place of “{preset.label}”.", width="content")
                st.button("Back to the net as it was", key="desk_back", on_click=put_preset)
        else:
            st.caption(preset.about)
    if kept.refusal:
        words = f"The stack as text can’t be read: {sentence(kept.refusal)} {STAYS}"
        frame.say(words, "desk-refusal", action=("Take back", forget_text))
    return kept
