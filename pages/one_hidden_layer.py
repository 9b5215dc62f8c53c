"""The lesson "One hidden layer" (slides 5 to 8): settings -> engine -> player."""

from functools import partial

import streamlit as st

from visualizer.bridges.walk_to_playground import draw_back
from visualizer.lessons.one_hidden_layer import (
    NetLesson,
    draw_gradient_check,
    draw_messages,
    draw_numbers,
    draw_settings,
    draw_share,
)
from visualizer.player.player import Iterations
from visualizer.ui import frame

PLAYER = "walk"


@st.fragment
def play(lesson: NetLesson) -> None:
    """The walk. An edit or an update runs this alone, without the toolbar."""
    with frame.walk_page():
        draw_messages(lesson)
        lesson.play(PLAYER, Iterations(lesson.history.losses, lesson.history.at, lesson.can_undo))


NetLesson.check_link()
with frame.toolbar():
    lesson = NetLesson.open(draw_settings(), None)
    draw_numbers(lesson)
    draw_gradient_check(lesson)
    draw_share(lesson, partial(draw_back, lesson))
lesson.check_step()
play(lesson)
