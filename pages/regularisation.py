"""The lab "Regularisation" (slide 12): settings -> runs -> figures and an answer."""

import streamlit as st

from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.lab import draw_experiment, lab_page
from visualizer.labs.regularisation.settings import ADDRESS, VIEW, data_of, draw_settings
from visualizer.labs.regularisation.views import experiment_of, question_of, refusal_of
from visualizer.labs.taught import TAUGHT
from visualizer.ui import frame
from visualizer.ui.layout import draw_view
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import TABLE_LOST, draw_share

ADDRESS.check()
with frame.toolbar():
    view = draw_view(VIEW)
    with Panel("Data", key="reg_data_panel"):
        chosen = draw_data(data_of(view))
    draw_share(ADDRESS, {}, lost=TABLE_LOST if chosen.own else ())
with lab_page(question_of(view)) as (side, content):
    with side:
        settings = draw_settings(view, chosen)
        beside = st.container(key="beside-reg")
    with content:
        ADDRESS.draw_notice()
        draw_experiment(
            experiment_of(view),
            settings,
            beside,
            refusal=refusal_of(view, settings),
            own=chosen.own,
            taught=TAUGHT[view],
        )
