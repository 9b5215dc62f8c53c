"""The settings beside the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from visualizer.lessons.retrieval.gallery.uploads import draw_uploads
from visualizer.lessons.retrieval.session import size_of
from visualizer.lessons.retrieval.shared import CHANGED, PHOTOS
from visualizer.lessons.retrieval.table import (
    COUNT,
    GALLERY,
    LAYER,
    LOOK,
    MAP,
    MAP_BY,
    MEASURE,
    METHOD,
    NEAREST,
    OWN,
    PRECISION,
    QUERY,
    TABLE,
    VIEW,
)
from visualizer.ui.settings import Setting


@dataclass(frozen=True)
class RetrievalSettings:
    """What is asked, of which gallery, and how; `query` counts the gallery's pictures from 1, 0 is the picture."""

    view: str
    gallery: str
    query: int
    look: str
    measure: str
    count: int
    stage: int
    map_by: str
    method: str


_USED: Mapping[str, tuple[Setting[Any], ...]] = {
    NEAREST: (QUERY, LOOK, MEASURE, COUNT, LAYER),
    PRECISION: (MEASURE, COUNT, LAYER),
    MAP: (MAP_BY, METHOD, QUERY, LOOK, LAYER),
}


def draw_settings(view: str) -> RetrievalSettings:
    """Draw all of them, as what is not drawn leaves the URL; those that a view has no use for are folded away."""
    values: dict[str, Any] = {GALLERY.name: GALLERY.draw(on_change=_ask_anew)}
    draw_uploads()
    used = _USED[view]
    most = size_of(values[GALLERY.name])
    values |= {each.name: QUERY.draw(most=most) if each is QUERY else each.draw() for each in used}
    with st.expander("For the other views"):
        others = [each for each in TABLE if each not in (VIEW, GALLERY, *used)]
        values |= {each.name: QUERY.draw(most=most) if each is QUERY else each.draw() for each in others}
    return RetrievalSettings(
        view=view,
        gallery=values[GALLERY.name],
        query=values[QUERY.name],
        look=values[LOOK.name],
        measure=values[MEASURE.name],
        count=values[COUNT.name],
        stage=values[LAYER.name],
        map_by=values[MAP_BY.name],
        method=values[METHOD.name],
    )


def ask_with(place: int) -> None:
    """Ask with this picture of the gallery."""
    QUERY.put(place + 1)


def _ask_anew() -> None:
    """Another gallery: asked with the picture at the top right where that makes sense, else with the first in there."""
    with_picture = st.session_state.get(GALLERY.name) in (PHOTOS, CHANGED, OWN)
    QUERY.put(0 if with_picture else 1)
