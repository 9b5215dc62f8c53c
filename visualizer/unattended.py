"""A page that a program opens, with no visitor: which walk it plays, and what it refuses of its address.

`visualizer/command.py` puts `Findings` into the session beforehand. In a visitor's session there are none, and nothing
is noted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from visualizer.engine import Trace

KEY = "unattended_findings"


@dataclass
class Findings:
    """What the last run of a page left: its walk with the step that it opens at, if it plays one; why settings were
    refused, in sentences; and the parameter that chooses the page's view with a walk, as in "view=walk"."""

    walk: tuple[Trace, int] | None = None
    refusals: list[str] = field(default_factory=list)
    walk_view: str = ""


def note_walk(trace: Trace, start: int) -> None:
    """The page plays this walk, from this step on."""
    if found := _findings():
        found.walk = (trace, start)


def note_refusal(text: str) -> None:
    """The page shows something else than its address asks for, with these words."""
    if (found := _findings()) and text not in found.refusals:
        found.refusals.append(text)


def note_walk_view(parameter: str) -> None:
    """Among the page's views is one with a walk."""
    if found := _findings():
        found.walk_view = parameter


def _findings() -> Findings | None:
    found: Findings | None = st.session_state.get(KEY)
    return found
