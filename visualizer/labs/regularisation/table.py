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
    "Every kind at every strength, dropout beside L2, or more and more data.",
    {STRENGTH: "Strength", ALIKE: "Dropout ≈ L2", AMOUNT: "How much data?"},
    buttons=True,
    default=STRENGTH,
)
UNITS = Integer("reg_units", "Units per hidden layer", "The width of the net.", 1, 128, default=64)
LAYERS = Integer("reg_layers", "Hidden layers", "The depth of the net.", 1, 4, default=1)
ACTIVATION = Choice(
    "reg_activation",
    "Activation",
    "Of the hidden layers.",
    {name: each.label for name, each in ACTIVATIONS.items()},
    default="tanh",
)
RATE = Number(
    "reg_rate",
    "Learning rate",
    "Of Adam, over all training points at once; it falls to 0 along a cosine, so that every net comes to rest.",
    minimum=1e-5,
    maximum=1.0,
    step=0.01,
    default=0.05,
)
EPOCHS = Integer("reg_epochs", "Epochs", "How often every training point is seen.", 10, 5000, default=400)
REPEATS = Integer(
    "reg_repeats",
    "Repeats",
    "Everything is done so often, each time with other points to train on and another net at the start; the bands in "
    "the figures reach from the lowest to the highest.",
    1,
    20,
    default=5,
)
SEED = Integer(
    "reg_seed", "First seed", "The same seed gives the same run; each repeat has the next.", 0, 9999, default=0
)
POWERS = Integer(
    "reg_powers", "Powers of the inputs", "What the linear regression gets: x, x², x³ of each input.", 1, 6, default=3
)
KIND = Choice(
    "reg_kind",
    "Regularisation",
    "What the second net is trained with.",
    {L2: "L2", L1: "L1", DROPOUT: "dropout"},
    buttons=True,
    default=L2,
)
_STRENGTHS: dict[str, Number] = {
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
DATA = replace(
    data_settings(prefix="reg_", default="circles", noise=0.2, points=1000),
    train_share=Slider(
        "reg_train_share",
        "Share for training",
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
        "Share for training, at most",
        "The largest training set. Of the other points, half are the test, the same for all sizes.",
        minimum=0.1,
        maximum=0.9,
        step=0.05,
        default=0.5,
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
