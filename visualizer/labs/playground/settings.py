"""The settings of the lab, and what they come to: a net, its data, and how it is trained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.schedules import Schedule
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.choices import (
    ALL_AT_ONCE,
    INITIALISATION_NAMES,
    OPTIMISER_NAMES,
    activation_choice,
    batch_setting,
    optimiser_choice,
    sizes_text,
)
from visualizer.labs.kit.cost import Cost, training_seconds
from visualizer.labs.kit.data_settings import ChosenData, data_settings
from visualizer.text.numbers import rate_text
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice

EPOCHS_EACH, UPDATES_EACH, EXAMPLES_EACH = "epochs", "updates", "examples"
USUAL = "usual"
CONSTANT, STEP, COSINE, PLATEAU = "constant", "step", "cosine", "plateau"
MAX_LAYERS, MAX_UNITS = 6, 8

LAYERS = Integer("play_layers", "Hidden layers", "The depth of the net.", 1, MAX_LAYERS, default=1)
UNITS = tuple(
    Integer(f"play_units{i + 1}", f"Units in layer {i + 1}", "The width of the layer.", 1, MAX_UNITS, default=4)
    for i in range(MAX_LAYERS)
)
DATA = data_settings(prefix="play_", noise=0.05)

UPDATES = 100
"""How many of the first updates there are to look at."""
_THIRDS = 3


class Strengths(TypedDict):
    """The learning rate, and how strong each regularisation is."""

    learning_rate: float
    l2: float
    l1: float
    dropout: float


@dataclass(frozen=True, kw_only=True)
class PlaygroundSettings:
    """One choice of everything that the lab lets one choose.

    `own` are the parameters to start from where they are not drawn: set by hand, or brought from a lesson.
    """

    chosen: ChosenData
    frames: Annotated[
        str,
        Choice(
            "play_frames",
            "A frame of the film",
            "The whole training; or its first 100 updates one by one; or what each of 100 examples does to the net, "
            "one after the other, whatever the batch size.",
            {EPOCHS_EACH: "By epoch", UPDATES_EACH: "By update", EXAMPLES_EACH: "By example"},
            buttons=True,
        ),
    ] = EPOCHS_EACH
    hidden: tuple[int, ...]
    activation: Annotated[str, activation_choice("play_")] = "tanh"
    init: Annotated[
        str,
        Choice(
            "play_init",
            "Initialisation",
            "Xavier, He, LeCun and orthogonal choose their size by the layer; biases are 0. Normal and uniform draw "
            "biases, too. All equal: every number is the scale.",
            INITIALISATION_NAMES,
        ),
    ] = "xavier"
    scale: Annotated[
        float,
        Number("play_scale", "Scale", "What the weights are multiplied by.", minimum=0.001, maximum=100.0, step=0.1),
    ] = 1.0
    seed: Annotated[
        int, Integer("play_seed", "Seed", "Of the first weights and of the order of the examples.", 0, 9999)
    ] = 0
    optimiser: Annotated[str, optimiser_choice("play_")] = "adam"
    rate: Annotated[
        float,
        Number("play_rate", "Learning rate", "How large the steps are.", minimum=0.0001, maximum=1000.0, step=0.01),
    ] = 0.03
    schedule: Annotated[
        str,
        Choice(
            "play_schedule",
            "Schedule",
            "Step: a tenth after each third of the epochs. Cosine: down to 0. When learning slows: a tenth after 10 "
            "epochs without a lower loss.",
            {CONSTANT: "constant", STEP: "step", COSINE: "cosine", PLATEAU: "when learning slows"},
        ),
    ] = CONSTANT
    batch: Annotated[int, batch_setting("play_")] = 10
    epochs: Annotated[int, Integer("play_epochs", "Epochs", "How often every example is seen.", 5, 2000)] = 100
    loss: Annotated[
        str,
        Choice(
            "play_loss",
            "Loss",
            "Usual: logistic for two classes, softmax for more, squared error for numbers.",
            {USUAL: "usual", "squared": "squared error", "softmax": "softmax"},
        ),
    ] = USUAL
    l2: Annotated[
        float, Number("play_l2", "L2", "Adds ½ L2 · Σ w² to the loss.", minimum=0.0, maximum=10.0, step=0.001)
    ] = 0.0
    l1: Annotated[
        float, Number("play_l1", "L1", "Adds L1 · Σ |w| to the loss.", minimum=0.0, maximum=10.0, step=0.001)
    ] = 0.0
    dropout: Annotated[
        float,
        Number(
            "play_dropout",
            "Dropout",
            "The share of hidden units that each update leaves out.",
            minimum=0.0,
            maximum=0.9,
            step=0.1,
        ),
    ] = 0.0
    patience: Annotated[
        int,
        Integer(
            "play_patience",
            "Stop early after",
            "Epochs without a lower test loss; the best weights are kept.",
            0,
            1000,
            automatic="never",
        ),
    ] = 0
    own: tuple[float, ...] | None = None

    @property
    def data(self) -> Data:
        return self.chosen.data

    @property
    def by_update(self) -> bool:
        """Whether the frames are the first updates, with a batch each or an example each."""
        return self.frames != EPOCHS_EACH

    @property
    def counted(self) -> str:
        """What is counted from frame to frame: epoch, update or example."""
        return self.frames.removesuffix("s")

    @property
    def batch_size(self) -> int | None:
        """Examples per update; None for all of them."""
        if self.frames == EXAMPLES_EACH:
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
        return " of one example each" if self.frames == EXAMPLES_EACH else ""

    def start(self) -> Tensor:
        """The net before training (1, P)."""
        if self.own is not None:
            return torch.tensor([self.own], dtype=torch.float64)
        return start_networks(self.shape, self.init, scale=self.scale, seeds=[self.seed])

    def recipe(self) -> Recipe:
        schedules = {
            STEP: Schedule("step", every=math.ceil(self.epochs / _THIRDS)),
            COSINE: Schedule("cosine"),
            PLATEAU: Schedule("plateau"),
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
        sizes = sizes_text(self.shape.sizes)
        net = f"{sizes} {ACTIVATIONS[self.activation].label}, {OPTIMISER_NAMES[self.optimiser]} {rate_text(self.rate)}"
        long = f"the first {UPDATES} updates{self._batches}" if self.by_update else f"{self.epochs:,} epochs"
        return Cost(
            training_seconds(self.shape, 1, UPDATES, examples) if self.by_update else seconds,
            f"{net}, {long}, {examples:,} examples, seed {self.seed}",
            "fewer epochs or points, or larger batches",
        )


SETTINGS = Declared(PlaygroundSettings)
ADDRESS = Address("playground", (*SETTINGS, LAYERS, *UNITS, *DATA.table))


def settings_of(values: Mapping[str, Any], chosen: ChosenData) -> PlaygroundSettings:
    """What values by the settings' names come to; what is missing is as by default."""
    layers = LAYERS.coerce(values.get(LAYERS.name, LAYERS.default))
    hidden = tuple(each.coerce(values.get(each.name, each.default)) for each in UNITS[:layers])
    return SETTINGS.of(values, chosen=chosen, hidden=hidden)
