"""Home: what this is, where to begin, and all pages."""

import streamlit as st

from visualizer import frame
from visualizer.inputs.text import shown
from visualizer.lessons.pages import wide_page
from visualizer.ways.home import draw_home

if unknown := st.session_state.get("unknown_address"):
    frame.say(f"There is no page “{shown(unknown)}”, so this is the first page.", "page")
with wide_page():
    draw_home()
