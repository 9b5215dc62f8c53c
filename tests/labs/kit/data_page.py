"""The page of a small app: the data panel of a lab, and what it comes to in words."""

from __future__ import annotations

import streamlit as st

from visualizer.inputs.tables.labels import LabelledTable
from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.data_settings import data_settings


def refuse(table: LabelledTable) -> str:
    """This page shows at most two inputs."""
    return f"At most 2 inputs are shown here; the table has {len(table.inputs)}." if len(table.inputs) > 2 else ""


only = st.query_params.get("only")
names = {"numbers": ("sine", "ripple"), "classes": ("circles", "spirals", "digits")}
settings = data_settings(names[only], default=names[only][0], prefix="small_") if only else data_settings()
st.session_state["chosen"] = draw_data(settings, loss="logistic", refuse=refuse if only else None)
