"""The settings of the lab: their names in the URL, limits, labels and help."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.labs.kit.data_settings import data_settings
from visualizer.ui.address import Address
from visualizer.ui.settings import Choice, Integer, Number, Setting
from visualizer.ui.slider import Slider

STRENGTH, ALIKE, AMOUNT = "strength", "alike", "amount"
L2, L1, DROPOUT = "l2", "l1", "dropout"

VIEW = Choice(
    "reg_view",
    "View",
    STRENGTH,
    "Every kind at every strength, dropout beside L2, or more and more data.",
    {STRENGTH: "Strength", ALIKE: "Dropout ≈ L2", AMOUNT: "How much data?"},
    buttons=True,
)
UNITS = Integer("reg_units", "Units per hidden layer", 64, "The width of the net.", 1, 128)
LAYERS = Integer("reg_layers", "Hidden layers", 1, "The depth of the net.", 1, 4)
ACTIVATION = Choice(
    "reg_activation",
    "Activation",
    "tanh",
    "Of the hidden layers.",
    {name: each.label for name, each in ACTIVATIONS.items()},
)
RATE = Number(
    "reg_rate",
    "Learning rate",
    0.05,
    "Of Adam, over all training points at once; it falls to 0 along a cosine, so that every net comes to rest.",
    minimum=1e-5,
    maximum=1.0,
    step=0.01,
)
EPOCHS = Integer("reg_epochs", "Epochs", 400, "How often every training point is seen.", 10, 5000)
REPEATS = Integer(
    "reg_repeats",
    "Repeats",
    5,
    "Everything is done so often, each time with other points to train on and another net at the start; the bands in "
    "the figures reach from the lowest to the highest.",
    1,
    20,
)
SEED = Integer("reg_seed", "First seed", 0, "The same seed gives the same run; each repeat has the next.", 0, 9999)
POWERS = Integer(
    "reg_powers", "Powers of the inputs", 3, "What the linear regression gets: x, x², x³ of each input.", 1, 6
)
KIND = Choice(
    "reg_kind",
    "Regularisation",
    L2,
    "What the second net is trained with.",
    {L2: "L2", L1: "L1", DROPOUT: "dropout"},
    buttons=True,
)
_STRENGTHS: dict[str, Number] = {
    L2: Number(
        "reg_l2",
        "L2 strength λ",
        0.003,
        "λ / 2 · Σ w² is added to the mean loss.",
        minimum=0.0,
        maximum=1.0,
        step=0.001,
    ),
    L1: Number(
        "reg_l1",
        "L1 strength λ",
        0.001,
        "λ · Σ |w| is added to the mean loss.",
        minimum=0.0,
        maximum=1.0,
        step=0.001,
    ),
    DROPOUT: Slider(
        "reg_dropout",
        "Dropout: share off",
        0.25,
        "The share of hidden units that are off in each step of the training.",
        minimum=0.0,
        maximum=0.95,
        step=0.05,
    ),
}
DATA = replace(
    data_settings(prefix="reg_", default="circles", noise=0.2, points=1000),
    train_share=Slider(
        "reg_train_share",
        "Share for training",
        0.05,
        "How much of the points is trained on. Of the others, one half chooses strengths and when to stop, the other "
        "half is the test.",
        minimum=0.01,
        maximum=0.9,
        step=0.01,
    ),
)
MORE_DATA = replace(
    DATA,
    train_share=Slider(
        "reg_largest_share",
        "Share for training, at most",
        0.5,
        "The largest training set. Of the other points, half are the test, the same for all sizes.",
        minimum=0.1,
        maximum=0.9,
        step=0.05,
    ),
)


def strength_setting(kind: str) -> Number:
    """The setting of a kind's strength."""
    return _STRENGTHS[kind]


COMMON: tuple[Setting[Any], ...] = (UNITS, LAYERS, ACTIVATION, RATE, EPOCHS, REPEATS, SEED)
TABLE: tuple[Setting[Any], ...] = (
    VIEW,
    POWERS,
    KIND,
    *_STRENGTHS.values(),
    *COMMON,
    *DATA.table,
    MORE_DATA.train_share,
)
ADDRESS = Address("regularisation", TABLE)
