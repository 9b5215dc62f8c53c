"""What is to be said above a walk over a picture, and beside the setting that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.delta_generator import DeltaGenerator

from visualizer.ui import frame
from visualizer.ui.address import Address
from visualizer.ui.edits import EditedNumbers
from visualizer.ui.refusal import Refusal

Beside = Mapping[str, DeltaGenerator]
"""Containers for words, by the settings that they stand beside."""


def draw_refusal(refusal: Refusal | None, beside: Beside) -> None:
    """Why the settings make no walk, right beside the one that is in the way."""
    if refusal:
        beside[refusal.beside].warning(refusal.words)


def draw_messages(address: Address, refusal: Refusal | None, numbers: EditedNumbers, learnt: int = 0) -> None:
    """At most one box for each: what the link got wrong, what is impossible, what is the visitor's own."""
    address.draw_notice()
    if refusal:
        frame.say(refusal.words, "refusal")
    if numbers.edits:
        undo = ("Undo", numbers.undo) if numbers.can_undo else ("Undo all", numbers.forget)
        frame.say(changed(len(numbers.edits), learnt), "edits", action=undo)


def changed(count: int, learnt: int = 0) -> str:
    """How many numbers are not as the settings have them, and where they come from; `learnt` of them from learning."""
    if learnt == count:
        return f"{count:,} numbers come from the view Learn: what was learnt, and 0 as the bias."
    ours = "1 number is as you set it" if count - learnt == 1 else f"{count - learnt:,} numbers are as you set them"
    return f"{ours}; {learnt:,} come from the view Learn." if learnt else f"{ours}."
