"""The lesson "Image features by hand" (slides 16 and 17): SIFT, HOG, spin image, RIFT, textons, GLOH on an image."""

import streamlit as st

from visualizer.inputs.images.panel import draw_picture
from visualizer.lessons.image_features import (
    VIEW,
    WALK,
    HogLesson,
    HogSettings,
    agreement,
    draw_other_view,
    draw_settings,
    two_columns,
)
from visualizer.ui import frame
from visualizer.ui.layout import draw_view
from visualizer.ui.messages import draw_refusal, draw_walk
from visualizer.ui.share_panel import draw_share

PLAYER = "hog_walk"

HogLesson.check_link()
toolbar = frame.toolbar()
with toolbar:
    view = draw_view(VIEW)
    chosen = draw_picture(side=8)
    panel = st.popover("Settings", key="features_settings")
if view == WALK:
    with panel:
        here, beside = st.container(), st.container(key="beside-hog")
    settings = draw_settings(view, here, panel)
    wanted = HogSettings(settings.cell, settings.block, settings.bins)
    lesson = HogLesson.open(wanted, chosen.numbers(colour=False))
    draw_refusal(lesson.refusal, {"hog": beside})
    if not lesson.refusal:
        beside.caption(agreement(lesson))
    with toolbar:
        draw_share(lesson.address, lesson.edits, lambda: lesson.trace, start=lesson.start, own_picture=chosen.own)
    lesson.check_step()
    draw_walk(lesson, PLAYER, lesson.refusal)
else:
    left, right, below = two_columns(view)
    settings = draw_settings(view, right, panel)
    draw_other_view(view, settings, chosen.picture, (left, right, below))
