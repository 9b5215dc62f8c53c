"""The lesson "Convolution" (slides 21 and 22): picture and settings -> engine -> player, or one of the other views."""

import streamlit as st

from visualizer.inputs.images.picture_panel import draw_picture
from visualizer.lessons.convolution import (
    ADDRESS,
    VIEW,
    WALK,
    Lesson,
    changed_kernels,
    close_lesson,
    draw_other_view,
    draw_own_arrays,
    draw_settings,
    open_lesson,
    refusal_in,
)
from visualizer.player.player import player
from visualizer.ui import frame
from visualizer.ui.layout import wide_page
from visualizer.ui.messages import draw_messages, draw_refusal
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import draw_share
from visualizer.ui.views import draw_view

PLAYER = "convolution_walk"


@st.fragment
def play(lesson: Lesson, labelled: frozenset[tuple[int, int]]) -> None:
    """The walk. An edit runs this alone, without the toolbar."""
    if changed_kernels() != labelled:
        st.rerun()  # The settings say which kernels were changed by hand.
    with frame.walk_page():
        draw_messages(ADDRESS, lesson.refusal, lesson.numbers, lesson.learnt)
        kept = ADDRESS.kept(lesson.numbers.edits)
        player(lesson.trace, key=PLAYER, start=lesson.start, editable=lesson.editable, kept=kept, on_edit=lesson.edit)


ADDRESS.check(close_lesson)
toolbar = frame.toolbar()
with toolbar:
    view = draw_view(VIEW)
    own, beside_own = draw_own_arrays()
    chosen = draw_picture(side=7, replaced=own["own_image"] is not None)
    with Panel("Settings", key="convolution_settings"):
        settings, beside = draw_settings(own)
        labelled = changed_kernels()
lesson = open_lesson(settings, chosen.numbers(settings.own_image, colour=settings.colour))
refusal = refusal_in(view, lesson, chosen.picture)
draw_refusal(refusal, {**beside, "numbers": beside_own})
with toolbar:
    start = lesson.start if view == WALK else 0
    draw_share(ADDRESS, lesson.numbers.edits, lambda: lesson.trace, start=start, own_picture=chosen.own)
if view == WALK:
    ADDRESS.check_step(len(lesson.trace))
    play(lesson, labelled)
else:
    with wide_page():
        draw_messages(ADDRESS, refusal, lesson.numbers, lesson.learnt)
        draw_other_view(view, lesson, chosen.picture)
