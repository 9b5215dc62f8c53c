"""The settings of the lab: their names in the URL, limits, labels and help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.labs.kit.choices import OPTIMISER_NAMES
from visualizer.labs.kit.data_settings import data_settings
from visualizer.ui.address import Address
from visualizer.ui.settings import Choice, Integer, Number, Setting

WIDER, DEEPER, FEATURES = "wider", "deeper", "features"

VIEW = Choice(
    "arch_view",
    "View",
    "More units in one hidden layer, more hidden layers of as many parameters, or what single units have learnt.",
    {WIDER: "Wider", DEEPER: "Deeper", FEATURES: "Features"},
    buttons=True,
    default=WIDER,
)
WIDEST = Integer(
    "arch_widest", "Largest width", "Units of the widest net; the others are powers of 2.", 2, 256, default=256
)
RIDGE = Number(
    "arch_ridge",
    "Ridge λ",
    "Of the least-squares read-out: λ / 2 · Σ v² is added to the mean loss. With 0, as many features as training "
    "points fit the noise, too.",
    minimum=0.0,
    maximum=1.0,
    step=1e-3,
    default=1e-6,
)
PARAMETERS = Integer(
    "arch_parameters",
    "Parameters",
    "About so many weights and biases has every net, deep or not.",
    4,
    20_000,
    default=150,
)
DEEPEST = Integer("arch_deepest", "Hidden layers, up to", "From 1 hidden layer to so many.", 2, 6, default=6)
WIDTH = Integer("arch_width", "Units", "The width of the hidden layer.", 1, 256, default=16)
ACTIVATION = Choice(
    "arch_activation",
    "Activation",
    "Of the hidden layers.",
    {name: each.label for name, each in ACTIVATIONS.items()},
    default="tanh",
)
SCALE = Number(
    "arch_scale",
    "Scale of the first layer",
    "Its weights and biases are drawn with a standard deviation of scale / √inputs. They are the random features, and "
    "what learned ones start from. The layers above start as Xavier's, or He's for ReLU.",
    minimum=0.01,
    maximum=100.0,
    step=0.5,
    default=3.0,
)
OPTIMISER = Choice(
    "arch_optimiser",
    "Optimiser",
    "How a gradient becomes a step; everything but the rate is as torch has it by default.",
    OPTIMISER_NAMES,
    default="adam",
)
RATE = Number(
    "arch_rate",
    "Learning rate",
    "At the start; it falls to 0 along a cosine, so that every net comes to rest. The same for all nets.",
    minimum=0.0001,
    maximum=10.0,
    step=0.01,
    default=0.05,
)
EPOCHS = Integer("arch_epochs", "Epochs", "Each is one step with the gradient of all examples.", 5, 5000, default=600)
NETS = Integer(
    "arch_nets", "Nets of each shape", "Each starts from a seed of its own; they show the spread.", 1, 20, default=5
)
DEEP_NETS = Integer(
    "arch_deep_nets",
    "Nets of each depth",
    "Each starts from a seed of its own; they show the spread.",
    1,
    40,
    default=20,
)
SEED = Integer("arch_seed", "First seed", "The same seeds give the same run. Others follow it.", 0, 9999, default=0)
DATA = data_settings(prefix="arch_", default="spirals", noise=0.03, points=600, train_share=0.4)

OWN: Mapping[str, Mapping[str, Setting[Any]]] = {
    WIDER: {"widest": WIDEST, "ridge": RIDGE, "nets": NETS},
    DEEPER: {"parameters": PARAMETERS, "deepest": DEEPEST, "nets": DEEP_NETS},
    FEATURES: {"width": WIDTH, "ridge": RIDGE},
}
"""What only some views have a use for, by what it is called in `ArchitectureSettings`."""
COMMON: tuple[Setting[Any], ...] = (ACTIVATION, SCALE, OPTIMISER, RATE, EPOCHS, SEED)
TABLE: tuple[Setting[Any], ...] = (
    VIEW,
    WIDEST,
    RIDGE,
    PARAMETERS,
    DEEPEST,
    WIDTH,
    NETS,
    DEEP_NETS,
    *COMMON,
    *DATA.table,
)
ADDRESS = Address("architecture", TABLE)
