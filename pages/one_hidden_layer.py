"""The lesson "One hidden layer" (slides 5 to 8): settings -> engine -> player."""

from functools import partial

import streamlit as st

from visualizer.bridges.walk_to_playground import draw_back
from visualizer.lessons.one_hidden_layer import (
    Lesson,
    check_link,
    check_step,
    draw_gradient_check,
    draw_messages,
    draw_numbers,
    draw_settings,
    draw_share,
    kept,
    open_lesson,
)
from visualizer.player.player import Iterations, player
from visualizer.ui import frame

PLAYER = "walk"


@st.fragment
def play(lesson: Lesson) -> None:
    """The walk. An edit or an update runs this alone, without the toolbar."""
    with frame.walk_page():
        draw_messages(lesson)
        player(
            lesson.trace,
            key=PLAYER,
            start=lesson.start,
            editable=lesson.editable,
            iterations=Iterations(lesson.history.losses, lesson.history.at, lesson.can_undo),
            kept=kept(lesson),
            on_edit=lesson.edit,
            on_iterate=lesson.iterate,
        )


check_link()
with frame.toolbar():
    lesson = open_lesson(draw_settings())
    draw_numbers(lesson)
    draw_gradient_check(lesson)
    draw_share(lesson, partial(draw_back, lesson))
check_step(lesson)
play(lesson)
