"""The player in a Streamlit page: a component that holds the whole trace, so that a step needs no server."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Literal

import streamlit as st

from visualizer.engine.trace.operations import json_number
from visualizer.engine.trace.trace import Ref, Trace
from visualizer.player.assets import style
from visualizer.player.payload import packed
from visualizer.unattended import note_walk
from visualizer.web.bundle import component_script
from visualizer.web.scripts import serve

FONT_ADDRESS = "./app/static/math.woff2"
SCRIPT = serve("player", component_script("player"))
_COMPONENT = st.components.v2.component("unrolled_player", js=SCRIPT.loader, css=style())
_SESSION = "player_session"
MOST_EDITS = 1000
"""Numbers that are changed at once."""

ELEMENT = re.compile(r"([\w.]{1,80})(?:\[(\d{1,6}(?:,\d{1,6}){0,3})\])?")


Action = Literal["apply", "restart", "undo"] | int


@dataclass(frozen=True)
class Iterations:
    """The loss of every iteration so far, which is on screen, and whether a change of a number can be undone."""

    losses: tuple[float, ...]
    current: int
    can_undo: bool = False


def player(
    trace: Trace,
    *,
    key: str,
    start: int = 0,
    editable: Collection[str] = (),
    limit: float = 1e6,
    iterations: Iterations | None = None,
    kept: Mapping[str, str] | None = None,
    on_edit: Callable[[Ref, float], None] | None = None,
    on_iterate: Callable[[Action], None] | None = None,
) -> None:
    """Play a trace. Stepping is the browser's alone, as is the step in the page's address.

    `start` is the step to open at, unless the page's address names one. Numbers of the arrays `editable` can be changed
    in the figure: `on_edit` gets a Ref and a finite value of at most `limit` in size. `kept` are parameters that the
    browser writes into the address, an empty text for one that it takes out: what the server would forget. With
    `iterations` the board shows the losses and the way on; `on_iterate` gets "apply", "restart", "undo" or the
    iteration to go to.
    """

    def edited() -> None:
        for ref, value in _checked_edits(st.session_state[key].edit, trace, editable, limit):
            if on_edit and float(trace.value(ref)) != value:  # a number may come twice: see `edit` of player.js
                on_edit(ref, value)

    def iterated() -> None:
        action = st.session_state[key].iterate
        known = action in ("apply", "restart", "undo") or (iterations is not None and _is_iteration(action, iterations))
        if known and on_iterate:
            on_iterate(action)

    note_walk(trace, start)
    _COMPONENT(
        key=key,
        data={
            "blob": packed(trace),
            "font": FONT_ADDRESS,
            "address": True,
            "key": key,
            "kept": dict(kept or {}),
            "session": st.session_state.setdefault(_SESSION, token_hex(4)),
            "start": start,
            "limit": limit,
            "editable": sorted(editable),
            "iterations": _iterations(iterations),
        },
        on_edit_change=edited,
        on_iterate_change=iterated,
    )


def _iterations(iterations: Iterations | None) -> dict[str, Any] | None:
    if iterations is None:
        return None
    losses = [json_number(loss) for loss in iterations.losses]
    return {"losses": losses, "current": iterations.current, "canUndo": iterations.can_undo}


def _is_iteration(action: object, iterations: Iterations) -> bool:
    return isinstance(action, int) and not isinstance(action, bool) and 0 <= action < len(iterations.losses)


def _checked_edits(changes: object, trace: Trace, editable: Collection[str], limit: float) -> list[tuple[Ref, float]]:
    """The changes in what the browser sends, without those that aren't any."""
    known = changes[:MOST_EDITS] if isinstance(changes, list) else []
    checked = (_checked_edit(change, trace, editable, limit) for change in known)
    return [change for change in checked if change]


def _checked_edit(change: object, trace: Trace, editable: Collection[str], limit: float) -> tuple[Ref, float] | None:
    """What the browser sends is untrusted: a number of an editable array, finite and within the limit, or nothing."""
    if not isinstance(change, dict):
        return None
    text, value = change.get("ref"), change.get("value")
    match = ELEMENT.fullmatch(text) if isinstance(text, str) else None
    if not match or match[1] not in editable or match[1] not in trace.arrays:
        return None
    index = tuple(int(part) for part in match[2].split(",")) if match[2] else ()
    shape = trace[match[1]].shape
    inside = len(index) == len(shape) and all(at < size for at, size in zip(index, shape, strict=True))
    if not inside or not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return (Ref(match[1], index), float(value)) if abs(value) <= limit else None  # NaN is not within it either
