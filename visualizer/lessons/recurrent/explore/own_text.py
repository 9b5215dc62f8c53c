"""The view "Explore": the trained character model reads a text of the visitor's, and shows what its units do."""

from __future__ import annotations

import streamlit as st
import torch

from visualizer.engine.sequences.text import VOCABULARY, fitting_text, training_text
from visualizer.engine.sequences.weights import load_model
from visualizer.lessons.recurrent.explore.view import draw_explorer

MOST_CHARACTERS = 2000
_TEXT, _EXCERPT = "explorer_text", 400


def draw_explore(cell: str) -> None:
    """A field for a text, and the explorer over it."""
    typed = st.text_area(
        "Text",
        value=st.session_state.get(_TEXT) or training_text()[1][:_EXCERPT],
        max_chars=MOST_CHARACTERS,
        key=_TEXT,
        height=90,
        help=f"At most {MOST_CHARACTERS:,} characters. It is read in lower case, in {len(VOCABULARY)} characters.",
    )
    text = fitting_text(typed or "")
    if not text:
        st.caption("There is no text that can be read: it is read as letters a to z, blanks and . , ( ).")
        return
    if dropped := len(typed or "") - len(text):
        st.caption(f"{dropped} characters that the model doesn't know are left out.")
    model = load_model(f"characters-{cell}")
    x = torch.eye(len(VOCABULARY), dtype=torch.float64)[[VOCABULARY.index(character) for character in text]]
    draw_explorer(model, x, text)
