"""What is to be said above a walk over a picture, and beside the setting that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.delta_generator import DeltaGenerator

from visualizer import frame
from visualizer.lessons.address import Address
from visualizer.lessons.edits import EditedNumbers
from visualizer.lessons.refusal import STAYS, Refusal

Beside = Mapping[str, DeltaGenerator]
"""Containers for words, by the settings that they stand beside."""


def draw_refusal(refusal: Refusal | None, beside: Beside) -> None:
    """Why the settings make no walk, right beside the one that is in the way."""
    if refusal:
        beside[refusal.beside].caption(f"{refusal.text} {STAYS}")


def draw_messages(address: Address, refusal: Refusal | None, numbers: EditedNumbers) -> None:
    """At most one box for each: what the link got wrong, what is impossible, what is the visitor's own."""
    address.draw_notice()
    if refusal:
        frame.say(f"{refusal.text} {STAYS}", "refusal")
    if numbers.edits:
        count = len(numbers.edits)
        changed = "1 number is" if count == 1 else f"{count:,} numbers are"
        undo = ("Undo", numbers.undo) if numbers.can_undo else ("Take back", numbers.forget)
        frame.say(f"{changed} as you set {'it' if count == 1 else 'them'}.", "edits", action=undo)
