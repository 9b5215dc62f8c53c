"""The desk with buttons for what its table and its panels ask for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from visualizer.engine.stacks.text import parse_stack, stack_text
from visualizer.lessons.counting_desk.changes import Change
from visualizer.lessons.counting_desk.choice import draw_choice
from visualizer.lessons.counting_desk.desk import change, put

ASKED = {
    "wider": Change("set", 0, "maps", "12"),
    "wrong": Change("set", 0, "maps", "many"),
    "last": Change("add", 6, None, "relu"),
    "gone": Change("remove", 99),
}


def page() -> None:
    kept = draw_choice()
    st.text(f"{kept.preset}: {stack_text(kept.stack)}")
    st.text(f"look {kept.look} serial {kept.serial} note {kept.note}")
    for name, asked in ASKED.items():
        st.button(name, on_click=partial(change, asked))
    st.button("twice", on_click=_twice)
    st.button("put", on_click=partial(put, parse_stack("5 fc2")))


def _twice() -> None:
    change(ASKED["wider"])
    change(Change("set", 0, "kernel", "3"))


page()
