"""The settings of the lab, and what they come to: nets, data, and how they are trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.schedules import CONSTANT, Schedule
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.choices import (
    ALL_AT_ONCE,
    activation_choice,
    batch_setting,
    optimiser_choice,
    seeds_text,
    sizes_text,
)
from visualizer.labs.kit.cost import Cost, training_seconds
from visualizer.labs.kit.data_settings import ChosenData, data_settings
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice

RATES = 24
_FRAMES = 100
SWEEP, SCHEDULES, RANGE_TEST, OPTIMISERS = "sweep", "schedules", "range_test", "optimisers"
VIEW = Choice(
    "rate_view",
    "View",
    "Every rate, a rate that changes while training, a quick test, or other ways to take a step.",
    {SWEEP: "Rates", SCHEDULES: "Schedules", RANGE_TEST: "Range test", OPTIMISERS: "Optimisers"},
    buttons=True,
    default=SWEEP,
)


@dataclass(frozen=True, kw_only=True)
class RateSettings:
    """The settings of one view. What a view has no use for is as by default, so that it makes no difference.

    `rate` is the one that schedules start from; `first_seed` is that of the first of `seeds` nets.
    """

    chosen: ChosenData
    units: Annotated[int, Integer("rate_units", "Units per hidden layer", "The width of the net.", 1, 64)] = 8
    layers: Annotated[int, Integer("rate_layers", "Hidden layers", "The depth of the net.", 1, 4)] = 1
    activation: Annotated[str, activation_choice("rate_")] = "tanh"
    batch_size: Annotated[int, batch_setting("rate_")] = 10
    epochs: Annotated[int, Integer("rate_epochs", "Epochs", "How often every example is seen.", 5, 2000)] = 100
    seeds: Annotated[
        int, Integer("rate_seeds", "Nets per rate", "Each starts from a seed of its own; they show the spread.", 1, 20)
    ] = 10
    first_seed: Annotated[
        int, Integer("rate_seed", "First seed", "The same seeds give the same run. Others follow it.", 0, 9999)
    ] = 0
    lowest: Annotated[
        float,
        Number("rate_from", "Lowest rate", "The smallest of the 24 rates.", minimum=1e-6, maximum=100.0, step=0.001),
    ] = 0.001
    highest: Annotated[
        float,
        Number("rate_to", "Highest rate", "The largest of the 24 rates.", minimum=1e-5, maximum=1000.0, step=10.0),
    ] = 100.0
    optimiser: Annotated[str, optimiser_choice("rate_")] = "sgd"
    rate: Annotated[
        float,
        Number(
            "rate_at",
            "Rate to start from",
            "The rate whose schedules are compared.",
            minimum=1e-6,
            maximum=1000.0,
            step=0.5,
        ),
    ] = 5.0

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
        sizes = sizes_text(self.shape.sizes)
        seeds = seeds_text(self.first_seed, self.seeds)
        what = f"{times}{nets} nets {sizes}, {self.epochs:,} epochs, {seeds}"
        return Cost(runs * seconds, what, "fewer epochs or nets, smaller nets or larger batches")


DATA = data_settings(prefix="rate_", noise=0.15)
SETTINGS = Declared(RateSettings)
ADDRESS = Address("learning_rate", (VIEW, *SETTINGS, *DATA.table))


def draw_settings(view: str, chosen: ChosenData) -> RateSettings:
    """Draw the settings that the view has a use for; returns what they come to."""
    own = {SCHEDULES: ("rate", "optimiser"), OPTIMISERS: ()}.get(view, ("optimiser",))
    common = ("units", "layers", "activation", "batch_size", "epochs", "seeds", "first_seed")
    return RateSettings(chosen=chosen, **SETTINGS.draw(*own, "lowest", "highest", *common))


def refusal_of(settings: RateSettings) -> str:
    """Why these settings make no run; empty where they do."""
    if settings.lowest < settings.highest:
        return ""
    return f"The lowest rate, {settings.lowest:g}, must be below the highest, {settings.highest:g}."
