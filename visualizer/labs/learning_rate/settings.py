"""What the settings of the lab come to: nets, data, and how they are trained."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.schedules import CONSTANT, Schedule
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.choices import ALL_AT_ONCE
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.data_settings import ChosenData
from visualizer.labs.kit.training_cost import training_seconds

RATES = 24
_FRAMES = 100


@dataclass(frozen=True)
class RateSettings:
    """The settings of one view. What a view has no use for is as by default, so that it makes no difference.

    `rate` is the one that schedules start from; `first_seed` is that of the first of `seeds` nets.
    """

    chosen: ChosenData
    units: int
    layers: int
    activation: str
    batch_size: int
    epochs: int
    seeds: int
    first_seed: int
    lowest: float
    highest: float
    optimiser: str = "sgd"
    rate: float = 1.0

    @property
    def data(self) -> Data:
        return self.chosen.data

    @property
    def shape(self) -> Shape:
        hidden = (self.units,) * self.layers
        return Shape((self.data.inputs, *hidden, self.data.outputs), self.activation)

    @property
    def rates(self) -> Tensor:
        """The 24 rates (24,), each the same factor above the one before."""
        limits = torch.tensor([self.lowest, self.highest], dtype=torch.float64).log10()
        return torch.logspace(float(limits[0]), float(limits[1]), RATES, dtype=torch.float64)

    def start(self) -> Tensor:
        """The nets before training (seeds, P)."""
        return start_networks(self.shape, "xavier", seeds=range(self.first_seed, self.first_seed + self.seeds))

    def recipe(self, optimiser: str, schedule: Schedule = CONSTANT) -> Recipe:
        return Recipe(
            self.chosen.loss,
            self.epochs,
            None if self.batch_size == ALL_AT_ONCE else self.batch_size,
            optimiser,
            schedule,
            frames=_FRAMES,
            record_parameters=False,
            seed=self.first_seed,
        )

    def cost(self, rates: int, runs: int = 1) -> Cost:
        """What so many runs, each of so many rates, cost."""
        batch = None if self.batch_size == ALL_AT_ONCE else self.batch_size
        nets = rates * self.seeds
        seconds = training_seconds(self.shape, nets, self.epochs, len(self.data.train_x), batch, frames=_FRAMES)
        times = f"{runs} × " if runs > 1 else ""
        sizes = "-".join(str(size) for size in self.shape.sizes)
        first, last = self.first_seed, self.first_seed + self.seeds - 1
        seeds = f"seed {first}" if self.seeds == 1 else f"seeds {first} to {last}"
        what = f"{times}{nets} nets {sizes}, {self.epochs:,} epochs, {seeds}"
        return Cost(runs * seconds, what, "fewer epochs or nets, smaller nets or larger batches")


def refusal_of(settings: RateSettings) -> str:
    """Why these settings make no run; empty where they do."""
    if settings.lowest < settings.highest:
        return ""
    return f"The lowest rate, {settings.lowest:g}, must be below the highest, {settings.highest:g}."
