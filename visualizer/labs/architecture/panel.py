"""The settings beside the figures: those that the view has a use for."""

from __future__ import annotations

from visualizer.labs.architecture import table
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.kit.data_settings import ChosenData


def draw_settings(view: str, chosen: ChosenData) -> ArchitectureSettings:
    """Draw the view's settings; returns what they come to."""
    own = {name: setting.draw() for name, setting in table.OWN[view].items()}
    return ArchitectureSettings(
        chosen=chosen,
        activation=table.ACTIVATION.draw(),
        scale=table.SCALE.draw(),
        optimiser=table.OPTIMISER.draw(),
        rate=table.RATE.draw(),
        epochs=table.EPOCHS.draw(),
        first_seed=table.SEED.draw(),
        **own,
    )
