"""The lab "Initialisation" (slide 11): weights to start from -> runs -> figures and an answer."""

import streamlit as st

from visualizer.labs.initialisation.settings import ADDRESS, DATA, VIEW, draw_settings
from visualizer.labs.initialisation.views import experiment_of, question_of
from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.lab import draw_experiment, lab_page
from visualizer.labs.taught import TAUGHT
from visualizer.ui import frame
from visualizer.ui.layout import draw_view
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import TABLE_LOST, draw_share

ADDRESS.check()
with frame.toolbar():
    view = draw_view(VIEW)
    with Panel("Data", key="init_data"):
        chosen = draw_data(DATA)
    draw_share(ADDRESS, {}, lost=TABLE_LOST if chosen.own else ())
with lab_page(question_of(view)) as (side, content):
    with side:
        settings = draw_settings(view, chosen)
        beside = st.container(key="beside-init")
    with content:
        ADDRESS.draw_notice()
        draw_experiment(experiment_of(view), settings, beside, own=chosen.own, taught=TAUGHT[view])
