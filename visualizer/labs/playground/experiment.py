"""The run of the lab, as the frame of all labs wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from torch import Tensor

from visualizer.engine.training.first_updates import first_updates
from visualizer.engine.training.loop import train
from visualizer.engine.training.run import TrainingRun
from visualizer.labs.kit.cost import Cost
from visualizer.labs.playground.settings import UPDATES, PlaygroundSettings
from visualizer.ui.run import Progress


@dataclass(frozen=True, eq=False)
class Recording:
    """A run so far. Of updates, `seen` (frames, batch) says which examples each was made with."""

    run: TrainingRun
    seen: Tensor | None = None


def run(settings: PlaygroundSettings) -> Iterator[Progress[Recording]]:
    """Train the net, and report at every frame."""
    start, shape, data, recipe = settings.start(), settings.shape, settings.data, settings.recipe()
    if settings.by_update:
        found = first_updates(start, shape, data, recipe, updates=UPDATES, **settings.strengths)
        yield Progress(1.0, "", Recording(found.run, found.examples))
        return
    for progress in train(start, shape, data, recipe, **settings.strengths):
        epochs = f"Epoch {progress.epoch:,} of {progress.epochs:,}"
        yield Progress(progress.epoch / progress.epochs, epochs, Recording(progress.run))


def cost(settings: PlaygroundSettings) -> Cost:
    return settings.cost()
