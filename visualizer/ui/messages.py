"""A walk, what is to be said above it, and beside the setting that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.ui import frame
from visualizer.ui.refusal import Refusal
from visualizer.ui.walk_lesson import WalkLesson
from visualizer.unattended import note_refusal

Beside = Mapping[str, DeltaGenerator]
"""Containers for words, by the settings that they stand beside."""


def draw_refusal(refusal: Refusal | None, beside: Beside) -> None:
    """Why the settings make no walk, right beside the one that is in the way."""
    if refusal:
        beside[refusal.beside].warning(refusal.words)


def draw_refusals(lesson: WalkLesson[Any, Any], refusal: Refusal | None) -> None:
    """What the link got wrong, and what is impossible."""
    lesson.address.draw_notice()
    if refusal:
        note_refusal(refusal.text)
        frame.say(refusal.words, "refusal")


def draw_messages(lesson: WalkLesson[Any, Any], refusal: Refusal | None, learned: int = 0) -> None:
    """At most one box for each: what the link got wrong, what is impossible, what is the visitor's own."""
    draw_refusals(lesson, refusal)
    if lesson.edits:
        undo = ("Undo", lesson.undo) if lesson.can_undo else ("Undo all", lesson.forget_edits)
        frame.say(changed(len(lesson.edits), learned), "edits", action=undo)


@st.fragment
def draw_walk(lesson: WalkLesson[Any, Any], key: str, refusal: Refusal | None) -> None:
    """The walk below what is to be said of it. An edit runs this alone, without the toolbar."""
    with frame.walk_page():
        draw_messages(lesson, refusal)
        lesson.play(key)


def changed(count: int, learned: int = 0) -> str:
    """How many numbers are not as the settings have them, and where they come from; `learned` of them from learning."""
    if learned == count:
        return f"{count:,} numbers come from the view Learn: what was learned, and 0 as the bias."
    ours = "1 number is as you set it" if count - learned == 1 else f"{count - learned:,} numbers are as you set them"
    return f"{ours}; {learned:,} come from the view Learn." if learned else f"{ours}."
