"""The settings of the lab, and what they come to: nets, data, and how they are trained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.experiments.equal_parameters import equal_widths
from visualizer.engine.experiments.random_features import fit_readout, start_features
from visualizer.engine.measures.evaluation import outputs
from visualizer.engine.training.loop import train
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.run import Progress
from visualizer.engine.training.schedules import Schedule
from visualizer.engine.training.update.losses import LossName, Measure
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.choices import activation_choice, optimiser_choice, seeds_text
from visualizer.labs.kit.cost import Cost, training_seconds
from visualizer.labs.kit.data_settings import ChosenData, data_settings
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.refusal import sentence
from visualizer.ui.settings import Choice

LOSS: LossName = "squared"
"""The loss of all nets, for classes, too: only so an output layer trained to the end is that of least squares."""
FIRST_LAYER = (0,)
_LOOK = 0.03
"""Seconds from report to report, about."""
_SOLVED = 3e-10
"""Seconds of a least-squares output layer per example and square of the width: fitted on one core."""
WIDER, DEEPER, FEATURES = "wider", "deeper", "features"
VIEW = Choice(
    "arch_view",
    "View",
    "More units in one hidden layer, more hidden layers of as many parameters, or what single units have learned.",
    {WIDER: "Wider", DEEPER: "Deeper", FEATURES: "Features"},
    buttons=True,
    default=WIDER,
)
DEEP_NETS = Integer(
    "arch_deep_nets",
    "Nets of each depth",
    "Each starts from a seed of its own; they show the spread.",
    1,
    40,
    default=20,
)


@dataclass(frozen=True, kw_only=True)
class ArchitectureSettings:
    """The settings of one view. What a view has no use for is as by default, so that it makes no difference.

    `first_seed` is that of the first of `nets` nets of each shape.
    """

    chosen: ChosenData
    activation: Annotated[str, activation_choice("arch_")] = "tanh"
    scale: Annotated[
        float,
        Number(
            "arch_scale",
            "Scale of the first layer",
            "Its weights and biases are drawn with a standard deviation of scale / √inputs. They are the random "
            "features, and what learned ones start from. The layers above start as Xavier's, or He's for ReLU.",
            minimum=0.01,
            maximum=100.0,
            step=0.5,
        ),
    ] = 3.0
    optimiser: Annotated[str, optimiser_choice("arch_")] = "adam"
    rate: Annotated[
        float,
        Number(
            "arch_rate",
            "Learning rate",
            "At the start; it falls to 0 along a cosine, so that every net comes to rest. The same for all nets.",
            minimum=0.0001,
            maximum=10.0,
            step=0.01,
        ),
    ] = 0.05
    epochs: Annotated[
        int, Integer("arch_epochs", "Epochs", "Each is one step with the gradient of all examples.", 5, 5000)
    ] = 600
    first_seed: Annotated[
        int, Integer("arch_seed", "First seed", "The same seeds give the same run. Others follow it.", 0, 9999)
    ] = 0
    nets: Annotated[
        int,
        Integer("arch_nets", "Nets of each shape", "Each starts from a seed of its own; they show the spread.", 1, 20),
    ] = 5
    widest: Annotated[
        int, Integer("arch_widest", "Largest width", "Units of the widest net; the others are powers of 2.", 2, 256)
    ] = 256
    ridge: Annotated[
        float,
        Number(
            "arch_ridge",
            "Ridge λ",
            "Of the least-squares output layer: λ / 2 · Σ v² is added to the mean loss. With 0, as many features as "
            "training points fit the noise, too.",
            minimum=0.0,
            maximum=1.0,
            step=1e-3,
        ),
    ] = 1e-6
    parameters: Annotated[
        int,
        Integer(
            "arch_parameters",
            "Parameters",
            "Every net, deep or not, has about this many weights and biases.",
            4,
            20_000,
        ),
    ] = 150
    deepest: Annotated[
        int, Integer("arch_deepest", "Hidden layers, up to", "From 1 hidden layer to this many.", 2, 6)
    ] = 6
    width: Annotated[int, Integer("arch_width", "Units", "The width of the hidden layer.", 1, 256)] = 16

    @property
    def data(self) -> Data:
        return self.chosen.data

    @property
    def classes(self) -> bool:
        """Whether classes are distinguished; else numbers are learned."""
        return bool(self.chosen.classes)

    @property
    def seeds(self) -> range:
        return range(self.first_seed, self.first_seed + self.nets)

    @property
    def widths(self) -> tuple[int, ...]:
        """The powers of 2 below the largest width, and that."""
        return (*(2**power for power in range(9) if 2**power < self.widest), self.widest)

    def shapes(self) -> tuple[Shape, ...]:
        """Nets of every depth that have about as many parameters.

        Raises: ValueError naming the argument, its value and the limit.
        """
        sizes = self.data.inputs, self.data.outputs
        depths = range(1, self.deepest + 1)
        return tuple(self.shape(*equal_widths(*sizes, depth, self.parameters)) for depth in depths)

    def shape(self, *hidden: int) -> Shape:
        return Shape((self.data.inputs, *hidden, self.data.outputs), self.activation)

    def start(self, shape: Shape) -> Tensor:
        """The nets of a shape before training (nets, P)."""
        return start_features(shape, scale=self.scale, seeds=self.seeds)

    def solved(self, shape: Shape) -> Tensor:
        """The same nets with the least-squares output layer (nets, P)."""
        data = self.data
        return fit_readout(self.start(shape), shape, data.train_x, data.train_y, ridge=self.ridge)

    def train(self, shape: Shape, frozen_layers: tuple[int, ...] = ()) -> Iterator[Progress]:
        """Train the nets of a shape, the given layers staying as they start."""
        recipe = Recipe(
            LOSS,
            self.epochs,
            optimiser=self.optimiser,
            schedule=Schedule("cosine"),
            frozen_layers=frozen_layers,
            frames=self._frames(shape),
            record_parameters=False,
            seed=self.first_seed,
        )
        return train(self.start(shape), shape, self.data, recipe, learning_rate=self.rate)

    def test_errors(self, flat: Tensor, shape: Shape) -> Tensor:
        """What each net (nets, P) gets wrong on the test points (nets,), float64: the share of the points, or the mean
        squared error of numbers; infinite for a net that has diverged."""
        data = self.data
        z = outputs(flat.double(), shape, data.test_x).transpose(1, 2)
        if self.classes:
            kind: LossName = "logistic" if data.outputs == 1 else "softmax"
            errors = 1 - Measure(kind, data.test_y).accuracy(z)
        else:
            errors = 2 * Measure(LOSS, data.test_y).loss(z)
        return errors.where(z.isfinite().all(dim=(1, 2)), torch.inf)

    def train_losses(self, flat: Tensor, shape: Shape) -> Tensor:
        """The squared error of each net (nets, P) on the training points (nets,), float64."""
        z = outputs(flat.double(), shape, self.data.train_x).transpose(1, 2)
        return Measure(LOSS, self.data.train_y).loss(z)

    def seconds(self, shape: Shape) -> float:
        """What it takes to train the nets of a shape once."""
        return training_seconds(shape, self.nets, self.epochs, self._examples, frames=self._frames(shape))

    def solved_seconds(self, shape: Shape) -> float:
        """What the least-squares output layers of a shape take."""
        units = shape.sizes[-2]
        return _SOLVED * self.nets * (self._examples + units) * units**2

    def cost(self, seconds: float, what: str) -> Cost:
        """The cost of a run that takes so long; `what` says which nets are trained."""
        seeds = seeds_text(self.first_seed, self.nets)
        return Cost(seconds, f"{what}, {self.epochs:,} epochs, {seeds}", "fewer epochs, nets or units, or less data")

    @property
    def _examples(self) -> int:
        return len(self.data.train_x)

    def _frames(self, shape: Shape) -> int:
        """As many reports as come in time."""
        seconds = training_seconds(shape, self.nets, self.epochs, self._examples, frames=2)
        return max(2, min(self.epochs + 1, int(seconds / _LOOK)))


DATA = data_settings(prefix="arch_", default="spirals", noise=0.03, points=600, train_share=0.4)
SETTINGS = Declared(ArchitectureSettings)
ADDRESS = Address("architecture", (VIEW, *SETTINGS, DEEP_NETS, *DATA.table))


def draw_settings(view: str, chosen: ChosenData) -> ArchitectureSettings:
    """Draw the settings that the view has a use for; returns what they come to."""
    if view == WIDER:
        values = SETTINGS.draw("widest", "ridge", "nets")
    elif view == DEEPER:
        values = SETTINGS.draw("parameters", "deepest") | {"nets": DEEP_NETS.draw()}
    else:
        values = SETTINGS.draw("width", "ridge") | {"nets": 1}
    values |= SETTINGS.draw("activation", "scale", "optimiser", "rate", "epochs", "first_seed")
    return ArchitectureSettings(chosen=chosen, **values)


def refusal_of(settings: ArchitectureSettings) -> str:
    """Why these settings make no run; empty where they do."""
    try:
        settings.shapes()
    except ValueError as error:
        return sentence(str(error))
    return ""
