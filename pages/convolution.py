"""The lesson "Convolution" (slides 21 and 22): image and settings -> engine -> player, or one of the other views."""

import streamlit as st

from visualizer.inputs.images.panel import draw_picture
from visualizer.lessons.convolution import (
    VIEW,
    WALK,
    ConvolutionLesson,
    changed_kernels,
    draw_other_view,
    draw_own_arrays,
    draw_settings,
    refusal_in,
)
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.messages import draw_messages, draw_refusal
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import draw_share

PLAYER = "convolution_walk"


@st.fragment
def play(lesson: ConvolutionLesson, labelled: frozenset[tuple[int, int]]) -> None:
    """The walk. An edit runs this alone, without the toolbar."""
    if changed_kernels() != labelled:
        st.rerun()  # The settings say which kernels were changed by hand.
    with frame.walk_page():
        draw_messages(lesson, lesson.refusal, lesson.learned)
        lesson.play(PLAYER)


ConvolutionLesson.check_link()
toolbar = frame.toolbar()
with toolbar:
    view = draw_view(VIEW)
    own, beside_own = draw_own_arrays()
    chosen = draw_picture(side=7, replaced=own["own_image"] is not None)
    with Panel("Settings", key="convolution_settings"):
        settings, beside = draw_settings(own)
        labelled = changed_kernels()
lesson = ConvolutionLesson.open(settings, chosen.numbers(settings.own_image, colour=settings.colour))
refusal = refusal_in(view, lesson, chosen.picture)
draw_refusal(refusal, {**beside, "numbers": beside_own})
with toolbar:
    start = lesson.start if view == WALK else 0
    draw_share(lesson.address, lesson.edits, lambda: lesson.trace, start=start, own_picture=chosen.own)
if view == WALK:
    lesson.check_step()
    play(lesson, labelled)
else:
    with wide_page():
        draw_messages(lesson, refusal, lesson.learned)
        draw_other_view(view, lesson, chosen.picture)
