"""The settings beside the figures: those that the view has a use for."""

from __future__ import annotations

from visualizer.labs.kit.data_settings import ChosenData, DataSettings
from visualizer.labs.regularisation import table
from visualizer.labs.regularisation.settings import RegSettings


def data_of(view: str) -> DataSettings:
    """The settings of the view's data: the share for training is the largest one where that varies."""
    return table.MORE_DATA if view == table.AMOUNT else table.DATA


def draw_settings(view: str, chosen: ChosenData) -> RegSettings:
    """Draw the view's settings; returns what they come to."""
    powers = table.POWERS.draw() if view == table.ALIKE else 0
    kind = table.KIND.draw() if view == table.AMOUNT else ""
    strength = table.strength_setting(kind).draw() if kind else 0.0
    values = {setting.name: setting.draw() for setting in table.COMMON}
    return RegSettings(
        chosen=chosen,
        units=values[table.UNITS.name],
        layers=values[table.LAYERS.name],
        activation=values[table.ACTIVATION.name],
        rate=values[table.RATE.name],
        epochs=values[table.EPOCHS.name],
        repeats=values[table.REPEATS.name],
        first_seed=values[table.SEED.name],
        powers=powers,
        kind=kind,
        strength=strength,
    )
