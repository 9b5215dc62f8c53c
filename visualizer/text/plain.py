"""Texts from outside, made fit to be shown as plain text."""

from __future__ import annotations

from unicodedata import category

SHOWN_CHARACTERS = 30


def shown(text: str) -> str:
    """One short piece of a line: cut at 30 characters, without characters that would break the line or turn it."""
    cut = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    return "".join(character if character.isprintable() else "·" for character in cut)


def one_line(text: str) -> str:
    """A text as it was pasted, as one line: tabs and line ends are blanks, no-break spaces stay, control goes."""
    if text.isprintable():
        return text
    blanks = (" " if character.isspace() and category(character) != "Zs" else character for character in text)
    return "".join(each for each in blanks if each.isprintable() or category(each) == "Zs")
