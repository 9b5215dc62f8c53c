"""The settings of the lab: their names in the URL, limits, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.labs.kit.choices import INITIALISATION_NAMES
from visualizer.labs.kit.data_settings import data_settings
from visualizer.ui.address import Address
from visualizer.ui.settings import Choice, Integer, Number, Setting

SENSITIVITY, LAYERS, SYMMETRY = "sensitivity", "layers", "symmetry"
VIEW = Choice(
    "init_view",
    "View",
    "The loss over the scale of the first weights, what passes through the layers, or how units come to differ.",
    {SENSITIVITY: "Sensitivity", LAYERS: "Signals through the layers", SYMMETRY: "Symmetry"},
    buttons=True,
    default=SENSITIVITY,
)
KIND = Choice(
    "init_kind",
    "Weights to start from",
    "Normal: with the scale as standard deviation, biases too. Uniform: from −scale to scale, biases too. All equal: "
    "every number is the scale. Xavier, He, LeCun and orthogonal choose their size by the layer; the scale multiplies "
    "it, and biases are 0.",
    INITIALISATION_NAMES,
    default="normal",
)
SCALE = Number(
    "init_scale", "Scale", "What the weights are multiplied by.", minimum=0.001, maximum=100.0, step=0.1, default=1.0
)
HIDDEN = Integer("init_layers", "Hidden layers", "The depth of the net.", 1, 6, default=3)
UNITS = Integer("init_units", "Units per hidden layer", "The width of the net.", 2, 64, default=16)
ACTIVATION = Choice(
    "init_activation",
    "Activation",
    "Of the hidden layers.",
    {name: each.label for name, each in ACTIVATIONS.items()},
    default="tanh",
)
EPOCHS = Integer("init_epochs", "Epochs", "Each is one step with the gradient of all examples.", 10, 2000, default=200)
RATE = Number(
    "init_rate", "Learning rate", "Of plain gradient descent.", minimum=0.0001, maximum=100.0, step=0.1, default=0.5
)
SEED = Integer(
    "init_seed", "First seed", "Of 8 nets from each start. The same seeds give the same run.", 0, 9999, default=0
)
DATA = data_settings()

COMMON: tuple[Setting[Any], ...] = (HIDDEN, UNITS, ACTIVATION, EPOCHS, RATE, SEED)
TABLE: tuple[Setting[Any], ...] = (VIEW, KIND, SCALE, *COMMON, *DATA.table)
ADDRESS = Address("initialisation", TABLE)
