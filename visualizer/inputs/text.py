"""Texts from outside, made fit to be shown as plain text."""

from __future__ import annotations

SHOWN_CHARACTERS = 30


def shown(text: str) -> str:
    """One short piece of a line: cut at 30 characters, without characters that would break the line or turn it."""
    cut = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    return "".join(character if character.isprintable() else "·" for character in cut)
