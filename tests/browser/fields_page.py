"""The page of a small app: two settings that are typed, and what they come to."""

from __future__ import annotations

import streamlit as st

from visualizer.site.menus import draw_menus
from visualizer.ui.settings import Integer, Number

st.set_page_config(page_title="Fields", layout="wide")
draw_menus(st.Page(__file__, url_path="fields", default=True))
bias = Number("bias", "Bias", 0.75, "Added.", -100.0, 100.0, 0.1).draw()
seed = Integer("seed", "Seed", 7, "Where it begins.", 0, 9999).draw()
row = Integer("row", "Row", 0, "Which.", 0, 32, "the strongest").draw()
st.text(f"bias {bias}, seed {seed}, row {row}")
