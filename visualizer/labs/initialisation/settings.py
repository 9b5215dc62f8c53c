"""What the settings of the lab come to: nets, the ways that they start, data, and how they are trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.engine.data.examples import Data
from visualizer.engine.experiments.scale_sweep import Start
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.data_settings import ChosenData
from visualizer.labs.kit.training_cost import training_seconds

SEEDS = 8
RULES = ("xavier", "he", "lecun", "orthogonal")
"""The kinds that choose the size of the weights by the layer."""


@dataclass(frozen=True)
class InitialisationSettings:
    """The settings of one view. What a view has no use for is as by default, so that it makes no difference.

    Each start is drawn with `SEEDS` seeds, the first of them `first_seed`.
    """

    chosen: ChosenData
    hidden_layers: int
    units: int
    activation: str
    kind: str
    epochs: int
    learning_rate: float
    first_seed: int
    scale: float = 1.0

    @property
    def data(self) -> Data:
        return self.chosen.data

    @property
    def shape(self) -> Shape:
        hidden = (self.units,) * self.hidden_layers
        return Shape((self.data.inputs, *hidden, self.data.outputs), self.activation)

    @property
    def seeds(self) -> range:
        return range(self.first_seed, self.first_seed + SEEDS)

    @property
    def start(self) -> Start:
        """The chosen one. Zeros are zeros at every scale."""
        return Start(self.kind, 1.0 if self.kind == "zeros" else self.scale)

    @property
    def equal(self) -> Start:
        """All weights equal, of a size with which the sum over a layer's units is neither large nor small."""
        return Start("equal", 1 / self.units)

    def recipe(self, frames: int) -> Recipe:
        """All examples at each step."""
        return Recipe(self.chosen.loss, self.epochs, frames=frames, seed=self.first_seed)

    def cost(self, starts: int, frames: int, looks: float = 0.0) -> Cost:
        """What training nets from so many starts costs; `looks` is what each frame needs besides, in seconds."""
        nets = starts * SEEDS
        seconds = training_seconds(self.shape, nets, self.epochs, len(self.data.train_x), frames=frames)
        sizes = "-".join(str(size) for size in self.shape.sizes)
        what = f"{starts} starts × {SEEDS} seeds of {sizes}, {self.epochs:,} epochs, seeds {_from_to(self.seeds)}"
        return Cost(seconds + frames * looks, what, "fewer epochs, smaller nets or fewer points")


def unlike(starts: Sequence[Start]) -> tuple[Start, ...]:
    """The starts in their order, each once."""
    return tuple(dict.fromkeys(starts))


def _from_to(seeds: range) -> str:
    return f"{seeds[0]} to {seeds[-1]}"
