"""Home: what this is, where to begin, and all pages."""

import streamlit as st

from visualizer.site.home import draw_home
from visualizer.text.plain import shown
from visualizer.ui import frame
from visualizer.ui.layout import wide_page

if unknown := st.session_state.get("unknown_address"):
    frame.say(f"There is no page “{shown(unknown)}”, so this is the first page.", "page")
with wide_page():
    draw_home()
