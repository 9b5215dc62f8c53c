"""The lesson "Layer calculator" (slides 21, 22, 26, 27): a stack of layers -> its counts -> table, image, answer."""

from functools import partial

import streamlit as st

from visualizer.lessons.counting_desk.desk import close_desk
from visualizer.lessons.counting_desk.settings import ADDRESS, VIEW
from visualizer.lessons.counting_desk.views import draw_contents, draw_words
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.share_panel import draw_share

ADDRESS.check(close_desk)
with frame.toolbar():
    view = draw_view(VIEW)
    panel = st.container()
with wide_page():
    ADDRESS.draw_notice()
    kept = draw_contents(view)
with panel:
    draw_share(ADDRESS, {}, more=partial(draw_words, kept))
