"""The settings, in popovers of the toolbar. They are drawn in every run: a widget that is not leaves the URL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.training.update.losses import LossName
from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.playground.own_net import own_parameters
from visualizer.labs.playground.settings import DATA, LAYERS, SETTINGS, UNITS, PlaygroundSettings
from visualizer.ui.layout import draw_view
from visualizer.ui.panel import Panel

_LOSSES: dict[str, LossName] = {"squared": "squared", "softmax": "softmax"}


@dataclass(frozen=True)
class Panels:
    """What was chosen, and a place beside the settings for words about them."""

    settings: PlaygroundSettings
    beside: DeltaGenerator


def draw_panels() -> Panels:
    """Draw all settings and return what they come to."""
    frames = draw_view(SETTINGS["frames"])
    data_panel = Panel("Data", key="play_data_panel")
    with Panel("Net", key="play_net_panel"):
        values = _draw_net()
    with Panel("Training", key="play_training_panel"):
        beside = st.container(key="beside-play")
        values |= _draw_training()
    with data_panel:
        chosen = draw_data(DATA, loss=_LOSSES.get(values["loss"]))
    drawn = PlaygroundSettings(chosen=chosen, frames=frames, **values)
    return Panels(replace(drawn, own=own_parameters(drawn)), beside)


def store(settings: PlaygroundSettings) -> None:
    """Put settings into the widgets, before they are drawn."""
    SETTINGS.put(settings)
    LAYERS.put(len(settings.hidden))
    for units, size in zip(UNITS, settings.hidden, strict=False):
        units.put(size)
    choice = settings.chosen.choice
    data = (choice.data, choice.noise, choice.points, choice.train_share, choice.seed)
    for setting, value in zip(DATA.table, data, strict=True):
        setting.put(value)


def next_seed(seed: int) -> None:
    """The seed that follows this one, in a callback."""
    setting = SETTINGS["seed"]
    setting.put(setting.minimum if seed == setting.maximum else seed + 1)


def _draw_net() -> dict[str, Any]:
    left, right = st.columns(2, gap="medium")
    with left:
        hidden = tuple(units.draw() for units in UNITS[: LAYERS.draw()])
    with right:
        return {"hidden": hidden} | SETTINGS.draw("activation", "init", "scale", "seed")


def _draw_training() -> dict[str, Any]:
    left, right = st.columns(2, gap="medium")
    with left:
        values = SETTINGS.draw("optimiser", "rate", "schedule", "batch", "epochs")
    with right:
        return values | SETTINGS.draw("loss", "l2", "l1", "dropout", "patience")
