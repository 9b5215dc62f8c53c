"""The settings beside the figures: those that the view has a use for."""

from __future__ import annotations

from typing import Any

from visualizer.labs.initialisation import table
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.kit.data_settings import ChosenData
from visualizer.ui.settings import Setting


def draw_settings(view: str, chosen: ChosenData) -> InitialisationSettings:
    """Draw the view's settings; returns what they come to."""
    kind = table.KIND.draw()
    own: tuple[Setting[Any], ...] = () if view == table.SENSITIVITY or kind == "zeros" else (table.SCALE,)
    values = {setting.name: setting.draw() for setting in (*own, *table.COMMON)}
    return InitialisationSettings(
        chosen=chosen,
        hidden_layers=values[table.HIDDEN.name],
        units=values[table.UNITS.name],
        activation=values[table.ACTIVATION.name],
        kind=kind,
        epochs=values[table.EPOCHS.name],
        learning_rate=values[table.RATE.name],
        first_seed=values[table.SEED.name],
        scale=values.get(table.SCALE.name, table.SCALE.default),
    )
