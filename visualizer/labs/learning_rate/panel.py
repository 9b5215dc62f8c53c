"""The settings beside the figures: those that the view has a use for."""

from __future__ import annotations

from typing import Any

from visualizer.labs.kit.data_settings import ChosenData
from visualizer.labs.learning_rate import table
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.ui.settings import Setting


def draw_settings(view: str, chosen: ChosenData) -> RateSettings:
    """Draw the view's settings; returns what they come to."""
    own: tuple[Setting[Any], ...] = () if view == table.OPTIMISERS else (table.OPTIMISER,)
    if view == table.SCHEDULES:
        own = (table.RATE, *own)
    values = {setting.name: setting.draw() for setting in (*own, table.LOWEST, table.HIGHEST, *table.COMMON)}
    return RateSettings(
        chosen=chosen,
        units=values[table.UNITS.name],
        layers=values[table.LAYERS.name],
        activation=values[table.ACTIVATION.name],
        batch_size=values[table.BATCH.name],
        epochs=values[table.EPOCHS.name],
        seeds=values[table.SEEDS.name],
        first_seed=values[table.SEED.name],
        lowest=values[table.LOWEST.name],
        highest=values[table.HIGHEST.name],
        optimiser=values.get(table.OPTIMISER.name, table.OPTIMISER.default),
        rate=values.get(table.RATE.name, table.RATE.default),
    )
