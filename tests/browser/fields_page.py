"""The page of a small app: two settings that are typed, and what they come to."""

from __future__ import annotations

import streamlit as st

from visualizer.site.menus import draw_menus
from visualizer.ui.number_settings import Integer, Number

st.set_page_config(page_title="Fields", layout="wide")
draw_menus(st.Page(__file__, url_path="fields", default=True))
bias = Number("bias", "Bias", "Added.", -100.0, 100.0, 0.1, default=0.75).draw()
seed = Integer("seed", "Seed", "Where it begins.", 0, 9999, default=7).draw()
row = Integer("row", "Row", "Which.", 0, 32, "the strongest", default=0).draw()
st.text(f"bias {bias}, seed {seed}, row {row}")
