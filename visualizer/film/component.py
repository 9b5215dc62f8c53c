"""The film in a Streamlit page: a component that holds the whole run, so that a frame needs no server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

import streamlit as st

from visualizer.film.film import Film
from visualizer.film.payload import packed
from visualizer.player.assets import STYLE as PLAYER_STYLE
from visualizer.web.bundle import component_script, style
from visualizer.web.scripts import serve

LARGEST = 1e6
STYLE = style(PLAYER_STYLE, Path(__file__).parent / "film.css")
_COMPONENT = st.components.v2.component("unrolled_film", js=serve("film", component_script("film")).loader, css=STYLE)


@dataclass(frozen=True)
class Edit:
    """A weight set by hand at a frame: of `unit` in `layer` (0 is the first), from unit or input `below`.

    `below` is None for the unit's bias.
    """

    frame: int
    layer: int
    unit: int
    below: int | None
    value: float


def film(
    shown: Film,
    *,
    key: str,
    editable: bool = False,
    autoplay: bool = False,
    follow: bool = False,
    on_edit: Callable[[Edit], None] | None = None,
) -> int:
    """Show a film, and return the frame at which the viewer rests.

    It begins at frame 0, and plays by itself with `autoplay`, unless the viewer prefers reduced motion. A longer film
    of the same run keeps the frame on screen, or goes to the last with `follow`. With `editable` a weight can be
    changed where it stands: `on_edit` gets a finite value of at most a million in size, of a frame, layer and unit that
    the film has.
    """

    def edited() -> None:
        change = checked_edit(st.session_state[key].edit, shown)
        if change and on_edit:
            on_edit(change)

    result = _COMPONENT(
        key=key,
        data={
            "blob": packed(shown),
            "editable": editable,
            "autoplay": autoplay,
            "follow": follow,
            "limit": LARGEST,
        },
        default={"frame": 0},
        on_frame_change=lambda: None,
        on_edit_change=edited,
    )
    return resting_frame(result.frame, shown)


def resting_frame(frame: object, shown: Film) -> int:
    """The frame that the browser reports, where the film has it, else the first."""
    return frame if _is_index(frame, len(shown)) else 0


def checked_edit(change: object, shown: Film) -> Edit | None:
    """What the browser sends is untrusted: a weight that the net has, finite and within the limit, or nothing.

    Streamlit may hand a change over again when its run was interrupted; by then another run may be shown.
    """
    if not isinstance(change, dict) or change.get("run") != shown.subject.name:
        return None
    frame, layer, unit, below = (change.get(name) for name in ("frame", "layer", "unit", "from"))
    sizes = shown.shape.sizes
    if not _is_index(frame, len(shown)) or not _is_index(layer, shown.shape.depth):
        return None
    if not _is_index(unit, sizes[layer + 1]) or not _is_index(below, sizes[layer] + shown.shape.bias):
        return None
    value = change.get("value")
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    # NaN is not within the limit either.
    return Edit(frame, layer, unit, None if below == sizes[layer] else below, value) if abs(value) <= LARGEST else None


def _is_index(value: object, count: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count
