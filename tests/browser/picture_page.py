"""The page of the small app: an image, a crop of it, and both in words."""

from __future__ import annotations

import streamlit as st

from visualizer.inputs.images.crop import crop_box
from visualizer.inputs.images.panel import draw_picture_input

st.set_page_config(page_title="Images", layout="wide")
with st.container(key="page"):
    picture = draw_picture_input("picture")
    crop = crop_box(picture, key="crop_box")
    st.text(f"{picture.name}: {picture.width} × {picture.height}")
    st.text(f"crop {crop.numbers}")
    st.text(f"red {[round(float(level), 2) for level in crop.of(picture)[0, 0]]}")
