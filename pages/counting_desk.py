"""The lesson "Layer calculator" (slides 21, 22, 26, 27): a stack of layers -> its counts -> table, image, answer."""

from functools import partial

import streamlit as st

from visualizer.lessons.counting_desk.desk import close_desk
from visualizer.lessons.counting_desk.settings import ADDRESS, VIEW, WALK
from visualizer.lessons.counting_desk.views import draw_contents, draw_words
from visualizer.lessons.counting_desk.walk.lesson import DeskLesson
from visualizer.lessons.counting_desk.walk.view import draw_tools, play
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.share_panel import draw_share


def close() -> None:
    """Forget what this session has: a link brings its own."""
    close_desk()
    DeskLesson.close()


ADDRESS.check(close)
with frame.toolbar():
    view = draw_view(VIEW)
    lesson = draw_tools() if view == WALK else None
    panel = st.container()
if lesson:
    lesson.check_step()
    play(lesson)
else:
    with wide_page():
        ADDRESS.draw_notice()
        kept = draw_contents(view)
    with panel:
        draw_share(ADDRESS, {}, more=partial(draw_words, kept))
