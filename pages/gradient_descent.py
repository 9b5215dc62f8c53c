"""The lab "Gradient descent" (slide 13): a loss and a step -> a run -> what the theory promised of it."""

import streamlit as st

from visualizer.labs.gradient_descent.settings import ADDRESS, VIEW, draw_settings
from visualizer.labs.gradient_descent.views import experiment
from visualizer.labs.kit.lab import draw_experiment, lab_page
from visualizer.labs.taught import DESCENT
from visualizer.ui import frame
from visualizer.ui.layout import draw_view
from visualizer.ui.share_panel import draw_share

QUESTION = "In how many steps does gradient descent find a point with ‖∇L‖² ≤ ε?"

ADDRESS.check()
with frame.toolbar():
    view = draw_view(VIEW)
    draw_share(ADDRESS, {})
with lab_page(QUESTION) as (side, content):
    with side:
        settings = draw_settings(view)
        beside = st.container(key="beside-descent")
    with content:
        ADDRESS.draw_notice()
        draw_experiment(experiment(view), settings, beside, taught=DESCENT)
