"""The settings, in popovers of the toolbar. They are drawn in every run: a widget that is not leaves the URL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from visualizer.engine.training.update.losses import LossName
from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.playground import table
from visualizer.labs.playground.own_net import own_parameters
from visualizer.labs.playground.settings import PlaygroundSettings, settings_of
from visualizer.ui.panel import Panel
from visualizer.ui.settings import Setting
from visualizer.ui.views import draw_view

_LOSSES: dict[str, LossName] = {"squared": "squared", "softmax": "softmax"}


@dataclass(frozen=True)
class Panels:
    """What was chosen, and a place beside the settings for words about them."""

    settings: PlaygroundSettings
    beside: DeltaGenerator


def draw_panels() -> Panels:
    """Draw all settings and return what they come to."""
    values: dict[str, Any] = {table.FRAMES.name: draw_view(table.FRAMES)}
    data_panel = Panel("Data", key="play_data_panel")
    with Panel("Net", key="play_net_panel"):
        values |= _draw_net()
    with Panel("Training", key="play_training_panel"):
        beside = st.container(key="beside-play")
        values |= _draw_training()
    with data_panel:
        chosen = draw_data(table.DATA, loss=_LOSSES.get(values[table.LOSS.name]))
    drawn = settings_of(values, chosen, None)
    return Panels(settings_of(values, chosen, own_parameters(drawn)), beside)


def store(settings: PlaygroundSettings) -> None:
    """Put settings into the widgets, before they are drawn."""
    values = settings.values()
    for setting in table.TABLE:
        if setting.name in values:
            setting.put(values[setting.name])


def next_seed(seed: int) -> None:
    """The seed that follows this one, in a callback."""
    table.SEED.put(table.SEED.minimum if seed == table.SEED.maximum else seed + 1)


def _draw_net() -> dict[str, Any]:
    left, right = st.columns(2, gap="medium")
    with left:
        values = _draw([table.LAYERS])
        shown = table.UNITS[: values[table.LAYERS.name]]
        values |= {setting.name: setting.default for setting in table.UNITS} | _draw(shown)
    with right:
        return values | _draw([table.ACTIVATION, table.KIND, table.SCALE, table.SEED])


def _draw_training() -> dict[str, Any]:
    left, right = st.columns(2, gap="medium")
    with left:
        values = _draw([table.OPTIMISER, table.RATE, table.SCHEDULE, table.BATCH, table.EPOCHS])
    with right:
        return values | _draw([table.LOSS, table.L2, table.L1, table.DROPOUT, table.PATIENCE])


def _draw(settings: Iterable[Setting[Any]]) -> dict[str, Any]:
    return {setting.name: setting.draw() for setting in settings}
