"""The lab "Learning rate" (slide 11): settings -> runs -> figures and an answer."""

import streamlit as st

from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.lab import draw_experiment, lab_page
from visualizer.labs.learning_rate.settings import ADDRESS, DATA, VIEW, draw_settings, refusal_of
from visualizer.labs.learning_rate.views import experiment_of, question_of
from visualizer.labs.taught import TAUGHT
from visualizer.ui import frame
from visualizer.ui.layout import draw_view
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import TABLE_LOST, draw_share

ADDRESS.check()
with frame.toolbar():
    view = draw_view(VIEW)
    with Panel("Data", key="rate_data_panel"):
        chosen = draw_data(DATA)
    draw_share(ADDRESS, {}, lost=TABLE_LOST if chosen.own else ())
with lab_page(question_of(view)) as (side, content):
    with side:
        settings = draw_settings(view, chosen)
        beside = st.container(key="beside-rate")
    with content:
        ADDRESS.draw_notice()
        draw_experiment(
            experiment_of(view), settings, beside, refusal=refusal_of(settings), own=chosen.own, taught=TAUGHT[view]
        )
