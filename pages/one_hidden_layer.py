"""The lesson "One hidden layer" (slides 5 to 8): settings -> engine -> player."""

from functools import partial

import streamlit as st

from visualizer import frame
from visualizer.labs.playground.walk_back import draw_back
from visualizer.lessons.one_hidden_layer import (
    Lesson,
    check_link,
    check_step,
    draw_gradient_check,
    draw_messages,
    draw_numbers,
    draw_settings,
    draw_share,
    open_lesson,
)
from visualizer.lessons.share_panel import keep_share
from visualizer.player.player import Iterations, player

PLAYER = "walk"


@st.fragment
def play(lesson: Lesson) -> None:
    """The walk. An edit, an update or a rest at a step runs this alone, without the toolbar."""
    with frame.walk_page():
        draw_messages(lesson)
        player(
            lesson.trace,
            key=PLAYER,
            start=lesson.start,
            editable=lesson.editable,
            iterations=Iterations(lesson.history.losses, lesson.history.at, lesson.can_undo),
            on_edit=lesson.edit,
            on_iterate=lesson.iterate,
        )
        keep_share(PLAYER, len(lesson.trace))


check_link()
with frame.toolbar():
    lesson = open_lesson(draw_settings())
    draw_numbers(lesson)
    draw_gradient_check(lesson)
    draw_share(lesson, st.session_state.get(PLAYER), partial(draw_back, lesson))
check_step(lesson, st.session_state.get(PLAYER))
play(lesson)
