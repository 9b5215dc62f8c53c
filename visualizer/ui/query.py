"""What a link says about the settings: checked first, before Streamlit hands it to the widgets.

A broken or hostile value ends as the setting's default and one line that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visualizer.text.plain import shown
from visualizer.ui.settings import Setting

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Reading:
    """What a link says: the values that are right, `refused` (label, text) for the others, and the link mended."""

    values: Mapping[str, Any]
    refused: tuple[tuple[str, str], ...]
    mended: Mapping[str, list[str]]


def read(table: Sequence[Setting[Any]], query: Query) -> Reading:
    """Check every parameter of a query that the table knows; others are left alone.

    A parameter that is broken, out of range, too long or given twice is refused: it is missing in `values` and
    `mended`. `mended` writes what is right as Streamlit would.
    """
    values: dict[str, Any] = {}
    refused: list[tuple[str, str]] = []
    mended = {name: list(texts) for name, texts in query.items()}
    for setting in table:
        texts = query.get(setting.name)
        if texts is None:
            continue
        try:
            values[setting.name] = setting.parse(_only(texts, setting.most_characters))
            mended[setting.name] = [setting.text(values[setting.name])]
        except ValueError:
            refused.append((setting.label, ", ".join(texts)))
            del mended[setting.name]
    return Reading(values, tuple(refused), mended)


def notice(refused: Sequence[tuple[str, str]]) -> str:
    """One line that lists the settings that a link got wrong, as plain text."""
    return f"Not understood in the link, so the default stands: {listed(refused)}." if refused else ""


def listed(refused: Sequence[tuple[str, str]]) -> str:
    """What a link got wrong: each setting with its text, as plain text."""
    return ", ".join(f"{label} “{shown(text)}”" for label, text in refused)


def _only(texts: Sequence[str], longest: int) -> str:
    if len(texts) != 1 or len(texts[0]) > longest:
        raise ValueError(f"a parameter is given once, in at most {longest} characters")
    return texts[0]
