"""The settings beside the pictures."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

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
    OWN,
    PRECISION,
    QUERY,
)
from visualizer.lessons.retrieval.uploads import draw_uploads


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


def draw_settings(view: str) -> RetrievalSettings:
    """Draw all of them, as what is not drawn leaves the URL; those that a view has no use for are at the bottom."""
    gallery = GALLERY.draw(on_change=_ask_anew)
    draw_uploads()
    if view == MAP:
        map_by, method = MAP_BY.draw(), METHOD.draw()
        query, look = QUERY.draw(), LOOK.draw()
        stage = LAYER.draw()
        with st.expander("For the other views"):
            measure, count = MEASURE.draw(), COUNT.draw()
    else:
        with st.container():
            query, look = (0, "") if view == PRECISION else (QUERY.draw(), LOOK.draw())
        measure, count, stage = MEASURE.draw(), COUNT.draw(), LAYER.draw()
        with st.expander("For the other views"):
            if view == PRECISION:
                query, look = QUERY.draw(), LOOK.draw()
            map_by, method = MAP_BY.draw(), METHOD.draw()
    return RetrievalSettings(view, gallery, query, look, measure, count, stage, map_by, method)


def ask_with(place: int) -> None:
    """Ask with this picture of the gallery."""
    st.session_state[QUERY.name] = QUERY.stored(place + 1)


def _ask_anew() -> None:
    """Another gallery: asked with the picture at the top right where that makes sense, else with the first in there."""
    with_picture = st.session_state.get(GALLERY.name) in (PHOTOS, CHANGED, OWN)
    st.session_state[QUERY.name] = QUERY.stored(0 if with_picture else 1)
