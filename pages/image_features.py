"""The lesson "Image features by hand" (slides 16 and 17): SIFT, HOG, spin image, RIFT, textons, GLOH on a picture."""

import streamlit as st

from visualizer import frame
from visualizer.engine import Trace
from visualizer.lessons.image_features import (
    ADDRESS,
    VIEW,
    WALK,
    agreement,
    draw_other_view,
    draw_settings,
    two_columns,
    walk,
)
from visualizer.lessons.messages import draw_refusal
from visualizer.lessons.picture_panel import draw_picture
from visualizer.lessons.refusal import Refusal
from visualizer.lessons.share_panel import draw_share, keep_share
from visualizer.lessons.views import draw_view
from visualizer.player.player import player

PLAYER = "hog_walk"


@st.fragment
def play(trace: Trace, refused: Refusal | None) -> None:
    """The walk; a rest at a step runs this alone, without the toolbar."""
    ADDRESS.draw_notice()
    if refused:
        frame.say(refused.words, "refusal")
    player(trace, key=PLAYER)
    keep_share(PLAYER, len(trace))


ADDRESS.check()
state = st.session_state.get(PLAYER)
toolbar = frame.toolbar()
with toolbar:
    view = draw_view(VIEW)
    chosen = draw_picture(side=8)
    panel = st.popover("Settings", key="features_settings")
    if view == WALK:
        with panel:
            here, beside = st.container(), st.container(key="beside-hog")
        settings = draw_settings(view, here, panel)
        x = chosen.numbers(colour=False)
        trace, refused = walk(settings, x)
        draw_refusal(refused, {"hog": beside})
        if not refused:
            beside.caption(agreement(trace, settings))
        draw_share(ADDRESS, {}, lambda: trace, state, own_picture=chosen.own)
if view == WALK:
    ADDRESS.check_step(state, len(trace))
    play(trace, refused)
else:
    left, right, below = two_columns(view)
    settings = draw_settings(view, right, panel)
    draw_other_view(view, settings, chosen.picture, (left, right, below))
