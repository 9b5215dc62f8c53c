"""The settings beside the images."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from visualizer.lessons.retrieval.gallery.uploads import draw_uploads
from visualizer.lessons.retrieval.session import size_of
from visualizer.lessons.retrieval.settings import MAP, NEAREST, OWN, PRECISION, SETTINGS, RetrievalSettings
from visualizer.lessons.retrieval.shared import CHANGED, PHOTOS

_USED: Mapping[str, tuple[str, ...]] = {
    NEAREST: ("query", "look", "measure", "count", "stage"),
    PRECISION: ("measure", "count", "stage"),
    MAP: ("map_by", "method", "query", "look", "stage"),
}
_ALL = ("query", "look", "measure", "count", "stage", "map_by", "method")


def draw_settings(view: str) -> RetrievalSettings:
    """Draw all of them, as what is not drawn leaves the URL; those that a view has no use for are folded away."""
    values = SETTINGS.draw("gallery", on_change=_ask_anew)
    draw_uploads()
    size, used = size_of(values["gallery"]), _USED[view]
    values |= _drawn(used, size)
    with st.expander("For the other views"):
        values |= _drawn([name for name in _ALL if name not in used], size)
    return RetrievalSettings(view=view, **values)


def ask_with(place: int) -> None:
    """Ask with this image of the gallery."""
    SETTINGS["query"].put(place + 1)


def _drawn(names: Iterable[str], size: int | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in names:
        values |= SETTINGS.draw(name, **{"most": size} if name == "query" else {})
    return values


def _ask_anew() -> None:
    """Another gallery: asked with the image at the top right where that makes sense, else with the first in there."""
    with_picture = st.session_state.get(SETTINGS["gallery"].name) in (PHOTOS, CHANGED, OWN)
    SETTINGS["query"].put(0 if with_picture else 1)
