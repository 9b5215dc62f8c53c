"""Examples of one's own: pasted, or from a file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from visualizer.inputs.tables.examples import Examples, decode, parse_examples
from visualizer.lessons.one_hidden_layer.panels.settings import store
from visualizer.lessons.one_hidden_layer.state import NetLesson
from visualizer.ui import frame

_PASTED = "pasted_examples"
_FILE = "examples_file"


def draw_examples(lesson: NetLesson) -> None:
    inputs, outputs = lesson.settings.inputs, lesson.settings.outputs
    columns = ", ".join([f"x{i + 1}" for i in range(inputs)] + [f"y{i + 1}" for i in range(outputs)])
    st.caption(
        f"1 to 8 examples, one a row, with the columns {columns}. Commas, semicolons, tabs or spaces between; "
        "a heading is skipped. The iterations start again."
    )
    st.text_area("Paste examples", key=_PASTED, height=140, placeholder=_placeholder(inputs, outputs))
    st.button("Use these examples", key="use_pasted", on_click=_take_pasted, args=(lesson,))
    st.file_uploader("Or a CSV file", type=["csv", "tsv", "txt"], key=_FILE, on_change=_take_file, args=(lesson,))
    if note := lesson.notes.get("examples"):
        frame.say(note, "examples")


def _placeholder(inputs: int, outputs: int) -> str:
    rows = (("0.8", "-0.5", "0.3", "1.2"), "1"), (("0.1", "0.6", "-0.9", "0.4"), "0")
    return "\n".join(", ".join([*x[:inputs], *[y] * outputs]) for x, y in rows)


def _take_pasted(lesson: NetLesson) -> None:
    _take(lesson, str(st.session_state.get(_PASTED, "")))


def _take_file(lesson: NetLesson) -> None:
    lesson.notes.clear()
    uploaded = st.session_state.get(_FILE)
    if uploaded is None:
        return
    try:
        text = decode(uploaded.getvalue())
    except ValueError as error:
        lesson.notes["examples"] = str(error)
    else:
        _take(lesson, text)


def _take(lesson: NetLesson, text: str) -> None:
    """Use the examples of a text; one that can't be used changes nothing, and the note says why."""
    lesson.notes.clear()
    try:
        examples = parse_examples(text, lesson.settings.inputs, lesson.settings.outputs)
        lesson.set_examples(examples)
    except ValueError as error:
        lesson.notes["examples"] = f"{error} The examples stay as they were."
        return
    lesson.notes["examples"] = _thanks(examples)
    store(replace(lesson.settings))


def _thanks(examples: Examples) -> str:
    count = len(examples.x)
    return f"{count} example{'s' if count > 1 else ''} taken."
