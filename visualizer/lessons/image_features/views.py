"""What stands in place of the walk when another view is chosen."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.inputs.images.images import Picture
from visualizer.lessons.image_features.settings import ADDRESS, COMPARE, FEATURES, MATCH, FeatureSettings
from visualizer.lessons.image_features.working import too_small, working
from visualizer.ui import frame
from visualizer.ui.layout import wide_page

Rooms = tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]

_QUESTIONS = {
    FEATURES: "What does a feature that was designed by hand see in an image?",
    MATCH: "Which points of one image are found again in another?",
    COMPARE: "What is each descriptor invariant to?",
}


def two_columns(view: str) -> Rooms:
    """The page under the view's question: what is looked at, what is chosen and said, and the room below both."""
    with wide_page():
        ADDRESS.draw_notice()
        st.subheader(_QUESTIONS[view])
        left, right = st.columns([4, 7] if view == FEATURES else [5, 2], gap="medium")
        return left, right, st.container(key="below")


def draw_other_view(view: str, settings: FeatureSettings, picture: Picture, rooms: Rooms) -> None:
    """Each view's code is loaded when it is first looked at: the walk has no use for it."""
    if words := too_small(picture):
        with rooms[0]:
            frame.say(words, "small")
        return
    shown = working(picture)
    if view == FEATURES:
        from visualizer.lessons.image_features.features_view import draw_features

        draw_features(settings, picture, shown, rooms)
    elif view == MATCH:
        from visualizer.lessons.image_features.match.view import draw_match

        draw_match(settings, shown, rooms)
    else:
        from visualizer.lessons.image_features.compare.view import draw_compare

        draw_compare(settings, shown, rooms)
