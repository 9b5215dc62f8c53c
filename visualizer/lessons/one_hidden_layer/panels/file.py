"""Sharing and saving: the link, and the numbers as a JSON file, there and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from visualizer.lessons.one_hidden_layer.panels.settings import store
from visualizer.lessons.one_hidden_layer.saved import LARGEST, from_json, to_json
from visualizer.lessons.one_hidden_layer.state import ITERATION, NetLesson
from visualizer.ui import frame, share_panel

_FILE = "numbers_file"
FILE_NAME = "unrolled-numbers.json"


def draw_file(lesson: NetLesson) -> None:
    st.caption("Every number on screen with what is computed from it: activations, loss, learning rate.")
    draw_download(lesson, "download_numbers")
    st.file_uploader("Load a saved walk", type=["json"], key=_FILE, on_change=_take_file, args=(lesson,))
    if note := lesson.notes.get("file"):
        frame.say(note, "file")


def draw_download(lesson: NetLesson, key: str) -> None:
    """The download; numbers that the file could not bring back are not offered."""
    if lesson.numbers.largest > LARGEST:
        st.caption("The numbers have grown past 1,000,000 and cannot be saved. Go back an iteration first.")
        return
    st.download_button(
        "Download the numbers (JSON)",
        to_json(lesson.settings, lesson.numbers),
        file_name=FILE_NAME,
        mime="application/json",
        key=key,
        on_click="ignore",
    )


def _take_file(lesson: NetLesson) -> None:
    lesson.notes.clear()
    uploaded = st.session_state.get(_FILE)
    if uploaded is None:
        return
    try:
        saved = from_json(uploaded.getvalue())
    except ValueError as error:
        lesson.notes["file"] = f"{error} The numbers stay as they were."
        return
    lesson.load(replace(lesson.settings, **saved.values, example=1), saved.numbers)
    lesson.notes["file"] = "The numbers of the file are on screen."
    store(lesson.settings)


TOO_LONG = "So much was changed on the way that a link can't hold the iterations; the numbers as they are travel here:"


def draw_share(lesson: NetLesson, more: Callable[[], None]) -> None:
    """`more` draws what else can be done with the net."""
    held = lesson.history.at == 0 or bool(lesson.kept[ITERATION])

    def draw_files() -> None:
        draw_download(lesson, "share_numbers")
        more()

    share_panel.draw_share(
        lesson.address,
        lesson.history.iterations[0].changed,
        lambda: lesson.trace,
        start=lesson.start,
        lost=() if held else (TOO_LONG,),
        more=draw_files,
    )
