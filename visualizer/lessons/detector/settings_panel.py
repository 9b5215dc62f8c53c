"""The settings: beside the images, or in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.convnet.weights import SHAPES
from visualizer.lessons.detector.settings import (
    FACES,
    MADE,
    MARKS,
    NET,
    PICTURE,
    SETTINGS,
    TEMPLATE,
    THRESHOLDS,
    ScanChoice,
)
from visualizer.ui.messages import Beside


def draw_settings() -> tuple[ScanChoice, Beside]:
    """Draw the settings that this detector has; returns what they come to, and where a refusal is to be written."""
    beside: dict[str, DeltaGenerator] = {}
    values = SETTINGS.draw("kind")
    kind = values["kind"]
    if kind in (FACES, NET):
        values |= SETTINGS.draw("scene")
        if values["scene"] == MADE:
            values |= SETTINGS.draw("scene_seed")
    values |= _draw_kind(kind, values)
    beside["detector"] = st.container(key="beside-detector")
    values |= {"threshold": THRESHOLDS[kind].draw()} | SETTINGS.draw("overlap")
    beside["threshold"] = st.container(key="beside-threshold")
    with st.expander("Scales"):
        values |= SETTINGS.draw("count", "ratio", "first")
    beside["scales"] = st.container(key="beside-scales")
    return SETTINGS.of(**values), beside


def _draw_kind(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    if kind == TEMPLATE:
        return SETTINGS.draw("resolution")
    if kind == NET:
        drawn = SETTINGS.draw("net", "nothing")
        if values["scene"] == PICTURE and SHAPES[drawn["net"]].channels == 1:
            drawn |= SETTINGS.draw("ink")
        return drawn
    return SETTINGS.draw("feature", "patch_side" if kind == MARKS else "rounds", "seed")
