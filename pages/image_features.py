"""The lesson "Image features by hand" (slides 16 and 17): SIFT, HOG, spin image, RIFT, textons, GLOH on a picture."""

import streamlit as st

from visualizer.inputs.images.picture_panel import draw_picture
from visualizer.lessons.image_features import (
    ADDRESS,
    VIEW,
    WALK,
    HogLesson,
    agreement,
    close_walk,
    draw_other_view,
    draw_settings,
    open_walk,
    two_columns,
)
from visualizer.player.player import player
from visualizer.ui import frame
from visualizer.ui.messages import draw_messages, draw_refusal
from visualizer.ui.share_panel import draw_share
from visualizer.ui.views import draw_view

PLAYER = "hog_walk"


@st.fragment
def play(lesson: HogLesson) -> None:
    """The walk. An edit runs this alone, without the toolbar."""
    with frame.walk_page():
        draw_messages(ADDRESS, lesson.refusal, lesson.numbers)
        player(
            lesson.trace,
            key=PLAYER,
            start=lesson.start,
            editable=("x",),
            on_edit=lesson.edit,
            kept=ADDRESS.kept(lesson.numbers.edits),
        )


ADDRESS.check(close_walk)
toolbar = frame.toolbar()
with toolbar:
    view = draw_view(VIEW)
    chosen = draw_picture(side=8)
    panel = st.popover("Settings", key="features_settings")
if view == WALK:
    with panel:
        here, beside = st.container(), st.container(key="beside-hog")
    lesson = open_walk(draw_settings(view, here, panel), chosen.numbers(colour=False))
    draw_refusal(lesson.refusal, {"hog": beside})
    if not lesson.refusal:
        beside.caption(agreement(lesson))
    with toolbar:
        draw_share(ADDRESS, lesson.numbers.edits, lambda: lesson.trace, start=lesson.start, own_picture=chosen.own)
    ADDRESS.check_step(len(lesson.trace))
    play(lesson)
else:
    left, right, below = two_columns(view)
    settings = draw_settings(view, right, panel)
    draw_other_view(view, settings, chosen.picture, (left, right, below))
