"""What the settings of the lab come to: a net, its data, and how it is trained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypedDict

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.schedules import Schedule
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.choices import ALL_AT_ONCE, OPTIMISER_NAMES
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.data_settings import ChosenData
from visualizer.labs.kit.training_cost import training_seconds
from visualizer.labs.playground import table
from visualizer.text.numbers import rate_text

UPDATES = 100
"""How many of the first updates there are to look at."""
_THIRDS = 3


class Strengths(TypedDict):
    """The learning rate, and how strong each regularisation is."""

    learning_rate: float
    l2: float
    l1: float
    dropout: float


@dataclass(frozen=True)
class PlaygroundSettings:
    """One choice of everything that the lab lets one choose.

    `own` are the parameters to start from where they are not drawn: set by hand, or brought from a lesson.
    """

    chosen: ChosenData
    frames: str
    hidden: tuple[int, ...]
    activation: str
    init: str
    scale: float
    seed: int
    optimiser: str
    rate: float
    schedule: str
    batch: int
    epochs: int
    loss: str
    l2: float
    l1: float
    dropout: float
    patience: int
    own: tuple[float, ...] | None = None

    @property
    def data(self) -> Data:
        return self.chosen.data

    @property
    def by_update(self) -> bool:
        """Whether the frames are the first updates, with a batch each or an example each."""
        return self.frames != table.EPOCHS_EACH

    @property
    def counted(self) -> str:
        """What is counted from frame to frame: epoch, update or example."""
        return self.frames.removesuffix("s")

    @property
    def batch_size(self) -> int | None:
        """Examples per update; None for all of them."""
        if self.frames == table.EXAMPLES_EACH:
            return 1
        return None if self.batch == ALL_AT_ONCE else self.batch

    @property
    def shape(self) -> Shape:
        return Shape((self.data.inputs, *self.hidden, self.data.outputs), self.activation)

    @property
    def strengths(self) -> Strengths:
        """What `train` wants to know of the net besides the recipe."""
        return {"learning_rate": self.rate, "l2": self.l2, "l1": self.l1, "dropout": self.dropout}

    @property
    def _batches(self) -> str:
        return " of one example each" if self.frames == table.EXAMPLES_EACH else ""

    def start(self) -> Tensor:
        """The net before training (1, P)."""
        if self.own is not None:
            return torch.tensor([self.own], dtype=torch.float64)
        return start_networks(self.shape, self.init, scale=self.scale, seeds=[self.seed])

    def recipe(self) -> Recipe:
        schedules = {
            table.STEP: Schedule("step", every=math.ceil(self.epochs / _THIRDS)),
            table.COSINE: Schedule("cosine"),
            table.PLATEAU: Schedule("plateau"),
        }
        return Recipe(
            self.chosen.loss,
            self.epochs,
            self.batch_size,
            self.optimiser,
            schedules.get(self.schedule, Schedule()),
            patience=self.patience or None,
            seed=self.seed,
        )

    def cost(self) -> Cost:
        """What the run costs, and what it is, in words."""
        examples = len(self.data.train_x)
        seconds = training_seconds(self.shape, 1, self.epochs, examples, self.batch_size)
        sizes = "-".join(str(size) for size in self.shape.sizes)
        net = f"{sizes} {ACTIVATIONS[self.activation].label}, {OPTIMISER_NAMES[self.optimiser]} {rate_text(self.rate)}"
        long = f"the first {UPDATES} updates{self._batches}" if self.by_update else f"{self.epochs:,} epochs"
        return Cost(
            training_seconds(self.shape, 1, UPDATES, examples) if self.by_update else seconds,
            f"{net}, {long}, {examples:,} examples, seed {self.seed}",
            "fewer epochs or points, or larger batches",
        )

    def values(self) -> dict[str, Any]:
        """The values of all settings by their names in the URL."""
        names = {setting.name for setting in table.TABLE}
        own = {f"play_{field.name}": getattr(self, field.name) for field in fields(self)}
        units = {setting.name: size for setting, size in zip(table.UNITS, self.hidden, strict=False)}
        choice = self.chosen.choice
        data = zip(
            table.DATA.table, (choice.data, choice.noise, choice.points, choice.train_share, choice.seed), strict=True
        )
        found = own | units | {table.LAYERS.name: len(self.hidden)} | {setting.name: value for setting, value in data}
        return {name: value for name, value in found.items() if name in names}


def settings_of(values: Mapping[str, Any], chosen: ChosenData, own: tuple[float, ...] | None) -> PlaygroundSettings:
    """The settings that the widgets' checked values stand for."""
    hidden = tuple(values[setting.name] for setting in table.UNITS[: values[table.LAYERS.name]])
    names = {field.name for field in fields(PlaygroundSettings)} - {"chosen", "hidden", "own"}
    return PlaygroundSettings(chosen=chosen, hidden=hidden, own=own, **{name: values[f"play_{name}"] for name in names})
