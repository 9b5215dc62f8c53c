"""The words of the line of text, and the link that carries the stack; in a popover of the toolbar."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.layer_stack import KINDS, forms_of
from visualizer.engine.stack_text import stack_text
from visualizer.lessons.counting_desk.desk import Desk
from visualizer.lessons.counting_desk.table import ADDRESS


def draw_link(kept: Desk) -> None:
    """What the field may hold, and the link to this page."""
    if not kept.is_changed:
        st.caption("The net as text; paste it into the field to begin from it:")
        st.code(stack_text(kept.stack), language=None, wrap_lines=True)
    st.caption(f"The words: {'; '.join(_word(kind.word, kind.label) for kind in KINDS if forms_of(kind))}.")
    st.caption("A link to this page, with the net as it is now:")
    st.code((st.context.url or "").partition("?")[0] + ADDRESS.link({}, 0), language=None, wrap_lines=True)


def _word(word: str, label: str) -> str:
    return f"{word} ({label})"
