"""The views of the lesson, each with its question."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.layer import fields_of
from visualizer.engine.stacks.text import stack_text
from visualizer.lessons.counting_desk.choice import draw_choice
from visualizer.lessons.counting_desk.code_view import draw_code
from visualizer.lessons.counting_desk.compare.view import draw_comparison
from visualizer.lessons.counting_desk.desk import Desk
from visualizer.lessons.counting_desk.desk_view import draw_desk
from visualizer.lessons.counting_desk.settings import CODE, LAYERS, TABLE_2012

_QUESTIONS = {
    LAYERS: "Where are a net’s parameters, and where is its work?",
    TABLE_2012: "Do the labels of the lecture’s table give its numbers, and what did the net reach?",
    CODE: "How is this stack written in PyTorch?",
}


def draw_contents(view: str) -> Desk:
    """Draw the view; returns what lies on the desk. The choice of the net is in every view, as the address holds it."""
    st.subheader(_QUESTIONS[view], anchor=False)
    if view == TABLE_2012:
        draw_comparison()
        return draw_choice()
    kept = draw_choice()
    if view == CODE:
        draw_code(kept)
    else:
        draw_desk(kept)
    return kept


def draw_words(kept: Desk) -> None:
    """What the field may hold."""
    if not kept.is_changed:
        st.caption("The net as text; paste it into the field to begin from it:")
        st.code(stack_text(kept.stack), language=None, wrap_lines=True)
    st.caption(f"The words: {'; '.join(_word(kind.word, kind.label) for kind in KINDS if fields_of(kind))}.")


def _word(word: str, label: str) -> str:
    return f"{word} ({label})"
