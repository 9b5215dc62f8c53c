"""The view "Features": one net, its hidden layer learned or left random, and what its units are good for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from torch import Tensor

from visualizer.engine.experiments.random_features import hidden_features
from visualizer.engine.measures.feature_use import Selection, select_forward, turned
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.architecture.settings import FIRST_LAYER, ArchitectureSettings
from visualizer.labs.architecture.wider.run import LEARNED, TRAINED, WAYS
from visualizer.labs.kit.cost import Cost
from visualizer.text.words import counted
from visualizer.ui.run import Progress

LEARNED_UNITS, RANDOM_UNITS = "learned", "random"


@dataclass(frozen=True, eq=False)
class FeatureRun:
    """The net before training (1, P), and as it is so far in each of the ways of `WAYS`: (1, P), None where there is
    none yet. While it trains, `learned` is on its way. In the end, `selections` has the learned and the random units in
    the order of their use on the training points."""

    shape: Shape
    start: Tensor
    learned: Tensor
    trained: Tensor | None
    solved: Tensor
    selections: Mapping[str, Selection] = field(default_factory=dict)

    @property
    def ways(self) -> tuple[Tensor | None, ...]:
        """In the order of `WAYS`."""
        return self.learned, self.trained, self.solved

    @property
    def layers(self) -> dict[str, Tensor]:
        """The net with learned units and the one with random units, of which only the output layers differ."""
        return {LEARNED_UNITS: self.learned, RANDOM_UNITS: self.start}


def run(settings: ArchitectureSettings) -> Iterator[Progress[FeatureRun]]:
    """Train the whole net, then the output layer alone; least squares is there at once."""
    shape = settings.shape(settings.width)
    start, solved = settings.start(shape), settings.solved(shape)
    learned, trained = start, None
    for way, frozen_layers in ((LEARNED, ()), (TRAINED, FIRST_LAYER)):
        for progress in settings.train(shape, frozen_layers):
            now = progress.run.parameters[-1]
            learned, trained = (now, None) if way == LEARNED else (learned, now)
            share = (way + progress.epoch / progress.epochs) / 2
            found = FeatureRun(shape, start, learned, trained, solved)
            yield Progress(share, f"{WAYS[way]}, epoch {progress.epoch:,}", found)
    yield Progress(1.0, "in the order of their use", replace(found, selections=select(settings, found)))


def cost(settings: ArchitectureSettings) -> Cost:
    shape = settings.shape(settings.width)
    seconds = 2 * settings.seconds(shape) + settings.solved_seconds(shape)
    return settings.cost(seconds, f"A net with {counted(settings.width, 'unit')}, {len(WAYS)} ways")


def select(settings: ArchitectureSettings, found: FeatureRun) -> dict[str, Selection]:
    """The learned and the random units in the order of their use, on the training points."""
    data = settings.data
    return {
        name: select_forward(hidden_features(flat.double(), found.shape, data.train_x)[0], data.train_y)
        for name, flat in found.layers.items()
    }


def turned_by(found: FeatureRun) -> Tensor:
    """By how many degrees training has turned the weights into each unit (units,)."""
    return turned(found.start, found.learned, found.shape)[0]
