"""The settings of the lab, and what they come to: nets, points, and how they are trained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

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
from visualizer.labs.kit.choices import activation_choice, seeds_text, sizes_text
from visualizer.labs.kit.cost import Cost, training_seconds
from visualizer.labs.kit.data_settings import ChosenData, DataSettings, data_settings
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number, Slider
from visualizer.ui.settings import Choice

FRAMES = 20
BINS = 61
_PATIENCE = 10
"""Early stopping waits for the epochs divided by this."""
STRENGTH, ALIKE, AMOUNT = "strength", "alike", "amount"
L2, L1, DROPOUT = "l2", "l1", "dropout"
VIEW = Choice(
    "reg_view",
    "View",
    "Every kind at every strength, dropout beside L2, or more and more data.",
    {STRENGTH: "Strength", ALIKE: "Dropout ≈ L2", AMOUNT: "How much data?"},
    buttons=True,
    default=STRENGTH,
)
STRENGTHS: dict[str, Number] = {
    L2: Number(
        "reg_l2",
        "L2 strength λ",
        "λ / 2 · Σ w² is added to the mean loss.",
        minimum=0.0,
        maximum=1.0,
        step=0.001,
        default=0.003,
    ),
    L1: Number(
        "reg_l1",
        "L1 strength λ",
        "λ · Σ |w| is added to the mean loss.",
        minimum=0.0,
        maximum=1.0,
        step=0.001,
        default=0.001,
    ),
    DROPOUT: Slider(
        "reg_dropout",
        "Dropout: share off",
        "The share of hidden units that are off in each step of the training.",
        minimum=0.0,
        maximum=0.95,
        step=0.05,
        default=0.25,
    ),
}


@dataclass(frozen=True, kw_only=True)
class RegSettings:
    """The settings of one view. What a view has no use for is as by default, so that it makes no difference.

    `first_seed` is that of the first of the repeats.
    """

    chosen: ChosenData
    strength: float = 0.0
    units: Annotated[int, Integer("reg_units", "Units per hidden layer", "The width of the net.", 1, 128)] = 64
    layers: Annotated[int, Integer("reg_layers", "Hidden layers", "The depth of the net.", 1, 4)] = 1
    activation: Annotated[str, activation_choice("reg_")] = "tanh"
    rate: Annotated[
        float,
        Number(
            "reg_rate",
            "Learning rate",
            "Of Adam, over all training points at once; it falls to 0 along a cosine, so that every net comes to rest.",
            minimum=1e-5,
            maximum=1.0,
            step=0.01,
        ),
    ] = 0.05
    epochs: Annotated[int, Integer("reg_epochs", "Epochs", "How often every training point is seen.", 10, 5000)] = 400
    repeats: Annotated[
        int,
        Integer(
            "reg_repeats",
            "Repeats",
            "Everything is done so often, each time with other points to train on and another net at the start; the "
            "bands in the figures reach from the lowest to the highest.",
            1,
            20,
        ),
    ] = 5
    first_seed: Annotated[
        int, Integer("reg_seed", "First seed", "The same seed gives the same run; each repeat has the next.", 0, 9999)
    ] = 0
    powers: Annotated[
        int,
        Integer(
            "reg_powers", "Powers of the inputs", "What the linear regression gets: x, x², x³ of each input.", 1, 6
        ),
    ] = 3
    kind: Annotated[
        str,
        Choice(
            "reg_kind",
            "Regularisation",
            "What the second net is trained with.",
            {L2: "L2", L1: "L1", DROPOUT: "dropout"},
            buttons=True,
        ),
    ] = L2

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
        sizes = sizes_text(self.shape.sizes)
        seeds = seeds_text(self.first_seed, self.repeats)
        what = f"{nets * self.repeats} nets {sizes}, {self.epochs:,} epochs, {seeds}"
        return Cost(self.repeats * seconds, what, "fewer epochs or repeats, smaller nets or fewer points")


DATA = replace(
    data_settings(prefix="reg_", default="circles", noise=0.2, points=1000),
    train_share=Slider(
        "reg_train_share",
        "Training fraction",
        "How much of the points is trained on. Of the others, one half chooses strengths and when to stop, the other "
        "half is the test.",
        minimum=0.01,
        maximum=0.9,
        step=0.01,
        default=0.05,
    ),
)
MORE_DATA = replace(
    DATA,
    train_share=Slider(
        "reg_largest_share",
        "Training fraction, at most",
        "The largest training set. Of the other points, half are the test, the same for all sizes.",
        minimum=0.1,
        maximum=0.9,
        step=0.05,
        default=0.5,
    ),
)
SETTINGS = Declared(RegSettings)
ADDRESS = Address("regularisation", (VIEW, *SETTINGS, *STRENGTHS.values(), *DATA.table, MORE_DATA.train_share))


def data_of(view: str) -> DataSettings:
    """The settings of the view's data: the share for training is the largest one where that varies."""
    return MORE_DATA if view == AMOUNT else DATA


def draw_settings(view: str, chosen: ChosenData) -> RegSettings:
    """Draw the settings that the view has a use for; returns what they come to."""
    values: dict[str, Any] = {}
    if view == ALIKE:
        values = SETTINGS.draw("powers")
    elif view == AMOUNT:
        values = SETTINGS.draw("kind")
        values["strength"] = STRENGTHS[values["kind"]].draw()
    values |= SETTINGS.draw("units", "layers", "activation", "rate", "epochs", "repeats", "first_seed")
    return RegSettings(chosen=chosen, **values)


def mean_over_repeats(values: Tensor) -> Tensor:
    """The mean (…) of what all repeats (repeats, …) came to; NaN where one diverged."""
    return values.double().mean(dim=0)


def strengths_by_decades(first: int, last: int, each: int) -> Tensor:
    """Strengths from 10^first to 10^last, `each` of them to a factor of 10."""
    return 10.0 ** torch.linspace(first, last, (last - first) * each + 1, dtype=torch.float64)
