"""The words of the line of text, for the panel where the link is."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.layer import fields_of
from visualizer.engine.stacks.text import stack_text
from visualizer.lessons.counting_desk.desk import Desk


def draw_words(kept: Desk) -> None:
    """What the field may hold."""
    if not kept.is_changed:
        st.caption("The net as text; paste it into the field to begin from it:")
        st.code(stack_text(kept.stack), language=None, wrap_lines=True)
    st.caption(f"The words: {'; '.join(_word(kind.word, kind.label) for kind in KINDS if fields_of(kind))}.")


def _word(word: str, label: str) -> str:
    return f"{word} ({label})"
