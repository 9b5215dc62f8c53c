"""The net on the desk: which one it is, what was changed of it, and the way back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from visualizer.engine.stacks.presets import PRESETS
from visualizer.lessons.counting_desk.desk import (
    STAYS,
    Desk,
    forget_text,
    is_own,
    open_desk,
    put_preset,
    read_as,
    undo,
)
from visualizer.lessons.counting_desk.settings import PRESET, STACK
from visualizer.ui.refusal import sentence

_CHANGED_FROM = "Changed from"
"""The label of the list while the net that it names is no longer what lies on the desk."""
_LETTERS = (
    "As text: the input’s shape, then a word for each layer. In conv8k5p2, 8 is the number of maps, **k** the kernel "
    "and **p** the padding; **s** is the stride, **d** the dilation, **g** the groups, and **b0** leaves the bias out."
)


def draw_choice() -> Desk:
    """Draw the choice; returns the desk with the net that was chosen on it."""
    choice, line, buttons = st.columns([4, 7, 1.7], gap="small", vertical_alignment="bottom")
    with choice:
        (replace(PRESET, label=_CHANGED_FROM) if is_own() else PRESET).draw(on_change=put_preset)
    with line:
        STACK.draw()
    kept = open_desk()
    _draw_refusal(kept)
    preset = PRESETS[kept.preset]
    with buttons:
        st.button("Undo", key="desk_undo", on_click=undo, disabled=not kept.before, width="stretch")
    if kept.is_changed:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"Your own stack, in place of “{preset.label}”.", width="stretch")
            st.button("Back to the net as it was", key="desk_back", on_click=put_preset)
    else:
        st.caption(preset.about)
    st.caption(_LETTERS)
    return kept


def unread(kept: Desk) -> str:
    """Why the stack's text can't be read."""
    return f"The stack as text can’t be read: {sentence(kept.refusal)} {STAYS}"


def _draw_refusal(kept: Desk) -> None:
    """Why the text can't be read, below it, as plain text; where it can be read in two ways, a button for each."""
    if not kept.refusal:
        return
    with st.container(horizontal=True, gap="small", border=True, vertical_alignment="center"):
        st.text(unread(kept))
        for shape, meaning in kept.readings:
            st.button(meaning, key=f"desk_read_{shape}", on_click=partial(read_as, shape))
        st.button("Discard the text", key="desk_take_back", on_click=forget_text)
