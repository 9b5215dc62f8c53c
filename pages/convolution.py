"""The lesson "Convolution" (slides 21 and 22): picture and settings -> engine -> player, or one of the other views."""

import streamlit as st

from visualizer import frame
from visualizer.lessons.convolution import (
    ADDRESS,
    VIEW,
    WALK,
    WHOLE,
    Lesson,
    close_lesson,
    draw_other_view,
    draw_settings,
    open_lesson,
    refusal_in,
)
from visualizer.lessons.messages import draw_messages, draw_refusal
from visualizer.lessons.pages import wide_page
from visualizer.lessons.picture_panel import draw_picture
from visualizer.lessons.share_panel import draw_share, keep_share
from visualizer.lessons.views import draw_view
from visualizer.player.player import player

PLAYER = "convolution_walk"


@st.fragment
def play(lesson: Lesson) -> None:
    """The walk. An edit or a rest at a step runs this alone, without the toolbar."""
    with frame.walk_page():
        draw_messages(ADDRESS, lesson.refusal, lesson.numbers, lesson.learnt)
        player(lesson.trace, key=PLAYER, editable=lesson.editable, on_edit=lesson.edit)
        keep_share(PLAYER, len(lesson.trace))


ADDRESS.check(close_lesson)
state = st.session_state.get(PLAYER)
toolbar = frame.toolbar()
with toolbar:
    view = draw_view(VIEW)
    chosen = draw_picture(side=7)
if view == WHOLE:
    toolbar.popover("Settings", disabled=True, help="They stand beside the pictures, on a narrow screen below.")
    with wide_page():
        content, panel = st.columns([5, 2], gap="medium")
else:
    panel = toolbar.popover("Settings", key="convolution_settings")
    content = st.empty() if view == WALK else wide_page()
with panel:
    settings, beside = draw_settings(narrow=view == WHOLE)
lesson = open_lesson(settings, chosen.numbers(colour=settings.colour))
refusal = refusal_in(view, lesson, chosen.picture)
draw_refusal(refusal, beside)
with toolbar:
    draw_share(ADDRESS, lesson.numbers.edits, lambda: lesson.trace, state, own_picture=chosen.own)
if view == WALK:
    ADDRESS.check_step(state, len(lesson.trace))
    play(lesson)
else:
    with content:
        draw_messages(ADDRESS, refusal, lesson.numbers, lesson.learnt)
        draw_other_view(view, lesson, chosen.picture)
