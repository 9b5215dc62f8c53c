"""The lesson "Recurrent nets and LSTM" (slide 30): settings -> engine -> player, or one of the other views."""

import streamlit as st

from visualizer.lessons.recurrent.lesson import Lesson
from visualizer.lessons.recurrent.numbers_panel import draw_numbers
from visualizer.lessons.recurrent.session import close_lesson, open_lesson
from visualizer.lessons.recurrent.settings import ADDRESS, SETTINGS, VIEW, WALK
from visualizer.lessons.recurrent.settings_panel import draw_settings
from visualizer.lessons.recurrent.views import draw_other_view, enter_walk
from visualizer.lessons.recurrent.walk import cell_step, opening_step
from visualizer.player.player import player
from visualizer.ui import frame
from visualizer.ui.layout import wide_page
from visualizer.ui.messages import draw_messages, draw_refusal
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import draw_share
from visualizer.ui.views import draw_view

PLAYER = "recurrent_walk"


@st.fragment
def play(lesson: Lesson) -> None:
    """The walk. An edit runs this alone, without the toolbar."""
    with frame.walk_page():
        draw_messages(ADDRESS, None if lesson.looks_into else lesson.refusal, lesson.numbers)
        start = (cell_step if lesson.looks_into else opening_step)(lesson.trace)
        kept = ADDRESS.kept(lesson.numbers.edits)
        player(lesson.trace, key=PLAYER, start=start, editable=lesson.editable, kept=kept, on_edit=lesson.edit)


ADDRESS.check(close_lesson)
enter_walk()
with frame.toolbar():
    view = draw_view(VIEW)
    cell = draw_view(SETTINGS["cell"])
    with Panel("Settings", key="recurrent_settings"):
        settings, beside = draw_settings(cell)
    lesson = open_lesson(settings)
    draw_refusal(lesson.refusal, beside)
    draw_numbers(lesson)
    draw_share(ADDRESS, lesson.numbers.edits, lambda: lesson.trace, own_picture=False)
if view == WALK:
    ADDRESS.check_step(len(lesson.trace))
    play(lesson)
else:
    with wide_page():
        ADDRESS.draw_notice()
        draw_other_view(view, lesson, settings)
