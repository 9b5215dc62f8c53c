"""The lesson "Find images like this one" (slides 28 and 29): gallery and query -> features -> rankings, map."""

import streamlit as st

from visualizer.inputs.images.panel import draw_picture
from visualizer.lessons.retrieval.gallery.uploads import read_waiting
from visualizer.lessons.retrieval.settings import ADDRESS, VIEW
from visualizer.lessons.retrieval.settings_panel import draw_settings
from visualizer.lessons.retrieval.views import QUESTIONS, draw_contents
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.share_panel import draw_share

ADDRESS.check()
with frame.toolbar():
    view = draw_view(VIEW)
    chosen = draw_picture(side=32)
    draw_share(ADDRESS, {}, own_picture=chosen.own)
with wide_page():
    st.subheader(QUESTIONS[view], anchor=False)
    side, content = st.columns([5, 16], gap="medium")
    with content:
        ADDRESS.draw_notice()
        more = read_waiting()  # before the settings, which say how many there are
    with side, st.container(key="lab-settings"):
        settings = draw_settings(view)
    with content:
        draw_contents(settings, chosen)
if more:
    st.rerun()
