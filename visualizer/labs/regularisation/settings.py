"""What the settings of the lab come to: nets, points, and how they are trained."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.data.train_validation_test import Parts, three_parts
from visualizer.engine.measures.fit_metrics import Fits, measure_fits
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.run import TrainingRun
from visualizer.engine.training.schedules import Schedule
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.data_settings import ChosenData
from visualizer.labs.kit.training_cost import training_seconds

FRAMES = 20
BINS = 61
_PATIENCE = 10
"""Early stopping waits for the epochs divided by this."""


@dataclass(frozen=True)
class RegSettings:
    """The settings of one view. What a view has no use for is as by default, so that it makes no difference.

    `first_seed` is that of the first of the repeats.
    """

    chosen: ChosenData
    units: int
    layers: int
    activation: str
    rate: float
    epochs: int
    repeats: int
    first_seed: int
    powers: int = 0
    kind: str = ""
    strength: float = 0.0

    @property
    def data(self) -> Data:
        return self.chosen.data

    @property
    def trained(self) -> int:
        """How many points are trained on; at most, where that varies."""
        return min(len(self.data.train_x), self.points - 2)

    @property
    def points(self) -> int:
        return len(self.data.train_x) + len(self.data.test_x)

    @property
    def shape(self) -> Shape:
        hidden = (self.units,) * self.layers
        return Shape((self.data.inputs, *hidden, self.data.outputs), self.activation)

    @property
    def patience(self) -> int:
        """The epochs that early stopping waits for a lower validation loss."""
        return max(1, self.epochs // _PATIENCE)

    def parts(self, repeat: int, trained: int | None = None) -> Parts:
        """The points of a repeat; those not trained on are the same for all numbers of `trained`."""
        return three_parts(self.data, trained or self.trained, self.first_seed + repeat, most=self.trained)

    def start(self, repeat: int, nets: int) -> Tensor:
        """The same net for all strengths (nets, P)."""
        return start_networks(self.shape, "xavier", seeds=[self.first_seed + repeat]).repeat(nets, 1)

    def recipe(self, repeat: int, *, early: bool = False) -> Recipe:
        return Recipe(
            self.chosen.loss,
            self.epochs,
            optimiser="adam",
            schedule=Schedule("cosine"),
            patience=self.patience if early else None,
            frames=FRAMES,
            record_parameters=False,
            seed=self.first_seed + repeat,
        )

    def measure(self, run: TrainingRun, parts: Parts, limit: float = 1.0) -> Fits:
        """What the nets of a run came to, the bins of their weights reaching from −limit to limit."""
        return measure_fits(run, self.shape, parts, self.chosen.loss, limit=limit, bins=BINS)

    def seconds(self, nets: int, trained: int) -> float:
        """What one repeat of so many nets costs, on so many points to train on."""
        return training_seconds(self.shape, nets, self.epochs, trained, frames=FRAMES)

    def cost(self, seconds: float, nets: int) -> Cost:
        """The cost of all repeats, if one takes so long and trains so many nets."""
        sizes = "-".join(str(size) for size in self.shape.sizes)
        first, last = self.first_seed, self.first_seed + self.repeats - 1
        seeds = f"seed {first}" if self.repeats == 1 else f"seeds {first} to {last}"
        what = f"{nets * self.repeats} nets {sizes}, {self.epochs:,} epochs, {seeds}"
        return Cost(self.repeats * seconds, what, "fewer epochs or repeats, smaller nets or fewer points")


def mean_over_repeats(values: Tensor) -> Tensor:
    """The mean (…) of what all repeats (repeats, …) came to; NaN where one diverged."""
    return values.double().mean(dim=0)


def strengths_by_decades(first: int, last: int, each: int) -> Tensor:
    """Strengths from 10^first to 10^last, `each` of them to a factor of 10."""
    return 10.0 ** torch.linspace(first, last, (last - first) * each + 1, dtype=torch.float64)
