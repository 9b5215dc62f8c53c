"""The settings: beside the pictures, or in a popover of the toolbar. Drawn in every run: what is not leaves the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.convnet.weights import SHAPES
from visualizer.lessons.detector import table
from visualizer.lessons.detector.choice import ScanChoice, choice_of
from visualizer.lessons.detector.scene_setting import SCENE_SEED
from visualizer.ui.messages import Beside
from visualizer.ui.settings import Setting

Values = dict[str, Any]


def draw_settings() -> tuple[ScanChoice, Beside]:
    """Draw the settings that this detector has; returns what they come to, and where a refusal is to be written."""
    values: Values = {}
    beside: dict[str, DeltaGenerator] = {}
    _draw(values, table.KIND)
    kind = values[table.KIND.name]
    if kind in (table.FACES, table.NET):
        _draw(values, table.SCENE)
        if values[table.SCENE.name] == table.MADE:
            _draw(values, SCENE_SEED)
    _draw_kind(values, kind)
    beside["detector"] = st.container(key="beside-detector")
    _draw(values, table.THRESHOLDS[kind], table.OVERLAP)
    beside["threshold"] = st.container(key="beside-threshold")
    with st.expander("Scales"):
        _draw(values, table.COUNT, table.RATIO, table.FIRST)
    beside["scales"] = st.container(key="beside-scales")
    return choice_of(values), beside


def _draw_kind(values: Values, kind: str) -> None:
    if kind == table.TEMPLATE:
        _draw(values, table.RESOLUTION)
        return
    if kind == table.NET:
        _draw(values, table.TRAINED_ON, table.NOTHING)
        if values[table.SCENE.name] == table.PICTURE and SHAPES[values[table.TRAINED_ON.name]].channels == 1:
            _draw(values, table.INK)
        return
    _draw(values, table.FEATURE)
    if kind == table.MARKS:
        _draw(values, table.SIDE)
    else:
        _draw(values, table.ROUNDS)
    _draw(values, table.SEED)


def _draw(values: Values, *settings: Setting[Any]) -> None:
    for setting in settings:
        values[setting.name] = setting.draw()
