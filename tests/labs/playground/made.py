"""Settings small enough to be run in a test, and recordings made by hand."""

from __future__ import annotations

import torch

from visualizer.engine.training.run import TrainingRun
from visualizer.labs.kit.data_settings import ChosenData, DataChoice, drawn_data
from visualizer.labs.playground.experiment import Recording, run
from visualizer.labs.playground.settings import PlaygroundSettings, settings_of


def data_of(name: str = "circles") -> ChosenData:
    return drawn_data(DataChoice(name, 0.05, 40, 0.5, 0))


def settings(name: str = "circles", **changes: object) -> PlaygroundSettings:
    """The defaults of the page, on little data; changes are by names in the URL without "play_"."""
    return settings_of({f"play_{key}": value for key, value in changes.items()}, data_of(name))


def recorded(wanted: PlaygroundSettings) -> Recording:
    """The whole run."""
    *_, last = run(wanted)
    assert last.result is not None
    return last.result


def recording_of(train: list[float], test: list[float], parameters: torch.Tensor) -> Recording:
    """A run whose losses are these at epochs 0, 1, 2, …, with the same parameters (P,) all the time."""
    frames = len(train)
    nothing = torch.full((frames, 1), torch.nan, dtype=torch.float64)
    losses = [torch.tensor(each, dtype=torch.float64)[:, None] for each in (train, test)]
    never = torch.tensor([-1])
    return Recording(
        TrainingRun(
            epochs=torch.arange(frames),
            parameters=parameters.expand(frames, 1, -1),
            train_loss=losses[0],
            test_loss=losses[1],
            train_accuracy=nothing,
            test_accuracy=nothing,
            gradient_norms=nothing[..., None],
            learning_rates=nothing,
            diverged=never,
            cause=[""],
            stopped=never,
        )
    )
