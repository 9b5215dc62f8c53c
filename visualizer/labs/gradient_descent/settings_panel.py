"""The settings, beside the figures: those that the chosen loss has. What is not drawn leaves the URL."""

from __future__ import annotations

from typing import Any

import streamlit as st

from visualizer.labs.gradient_descent import table
from visualizer.labs.gradient_descent.table import BOWL, NET, PATH, WEIGHTS, DescentSettings, settings_of
from visualizer.ui.settings import Setting


def draw_settings(view: str) -> DescentSettings:
    """Draw every setting that this view has a use for; returns what they come to."""
    values: dict[str, Any] = {}
    _draw(values, table.PROBLEM)
    problem = values[table.PROBLEM.name]
    if problem == BOWL:
        _draw(values, table.CONDITION)
        _draw_beside(values, table.DIMENSIONS, table.SEED)
    else:
        _draw_beside(values, table.DATA, table.NOISE)
        _draw_beside(values, *((table.UNITS,) if problem == NET else ()), table.SEED)
    _draw(values, table.FACTOR, table.EPSILON, table.STEPS)
    if view == PATH:
        _draw(values, table.PLANE)
        if values[table.PLANE.name] == WEIGHTS:
            _draw_beside(values, table.FIRST, table.SECOND)
    return settings_of(values)


def _draw(values: dict[str, Any], *settings: Setting[Any]) -> None:
    for setting in settings:
        values[setting.name] = setting.draw()


def _draw_beside(values: dict[str, Any], *settings: Setting[Any]) -> None:
    for column, setting in zip(st.columns(len(settings)), settings, strict=True):
        with column:
            _draw(values, setting)
