"""The lesson "A ConvNet and what it has learned" (slides 19, 24, 25): image -> every layer -> one number's walk."""

import streamlit as st

from visualizer import frame
from visualizer.engine.labelled_images import labelled_images
from visualizer.lessons.convnet.input_panel import draw_input, draw_refusal
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.overview_view import place_of
from visualizer.lessons.convnet.session import ADDRESS, close_lesson, data_name, open_lesson
from visualizer.lessons.convnet.table import DATA, VIEW, WALK
from visualizer.lessons.convnet.views import draw_page
from visualizer.lessons.convnet.walk import walk_of
from visualizer.lessons.pages import wide_page
from visualizer.lessons.views import draw_view
from visualizer.player.player import player

PLAYER = "convnet_walk"


@st.fragment
def play(lesson: Lesson) -> None:
    """The walk of the number that is looked at; a rest at a step runs this alone."""
    ADDRESS.draw_notice()
    trace, ref = walk_of(lesson, place_of(lesson))
    step = trace.step_of(ref)
    player(trace, key=PLAYER, start=0 if step is None else step + 1)


ADDRESS.check(close_lesson)
with frame.toolbar():
    view = draw_view(VIEW)
    data = labelled_images(data_name(draw_view(DATA)), "test")
    chosen = draw_input(data)
lesson = open_lesson(data, chosen.input)
if view == WALK:
    play(lesson)
else:
    with wide_page():
        ADDRESS.draw_notice()
        draw_refusal(chosen)
        draw_page(view, lesson, data)
