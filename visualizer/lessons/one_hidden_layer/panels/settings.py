"""The settings, in a popover of the toolbar. It is drawn in every run: a widget that is not leaves the URL."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.settings import (
    MAX_EXAMPLES,
    ONE,
    SETTINGS,
    NetSettings,
    settings_for,
    settings_of,
)
from visualizer.ui.panel import Panel


def draw_settings() -> NetSettings:
    """Draw every setting and return what they come to."""
    with Panel("Settings", key="settings"):
        preset = SETTINGS["preset"].draw(on_change=_take_preset)
        st.caption(PRESETS[preset].about)
        values: dict[str, Any] = {"preset": preset}
        draw = partial(_draw, values)
        left, right = st.columns(2, gap="medium")
        with left:
            draw("inputs", "hidden", "outputs", "bias", "hold_biases", "activation", "output_activation", "loss")
        with right:
            draw("examples", "batch", "example", "learning_rate", "initialisation", "scale", "seed")
    return settings_of(values)


def store(settings: NetSettings) -> None:
    """Put settings into the widgets; in a callback only, before they are drawn."""
    SETTINGS.put(settings)


def _draw(values: dict[str, Any], *names: str) -> None:
    for name in names:
        settings = settings_for(values["preset"], values.get("examples", MAX_EXAMPLES))
        values[name] = settings[name].draw(disabled=_idle(name, values))
        if message := _beside(name, values):
            st.caption(message)


def _idle(name: str, values: dict[str, Any]) -> bool:
    """Whether a setting has no effect with the others as they are."""
    if name == "hold_biases":
        return not values["bias"]
    return name == "example" and (values["examples"] == 1 or values["batch"] != ONE)


def _beside(name: str, values: dict[str, Any]) -> str:
    """What is to be said right below a setting."""
    if name != "loss":
        return ""
    settings = settings_of(values)
    if settings.impossible:
        return f"{settings.impossible} Until then the walk stays as it was."
    return "Softmax is the output activation now: cross-entropy needs shares of 1." if settings.softmax else ""


def _take_preset() -> None:
    store(settings_of({"preset": SETTINGS["preset"].asked()}))
