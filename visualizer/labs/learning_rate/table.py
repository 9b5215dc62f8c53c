"""The settings of the lab: their names in the URL, limits, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.labs.kit.choices import ALL_AT_ONCE, OPTIMISER_NAMES
from visualizer.labs.kit.data_settings import data_settings
from visualizer.ui.address import Address
from visualizer.ui.settings import Choice, Integer, Number, Setting

SWEEP, SCHEDULES, RANGE_TEST, OPTIMISERS = "sweep", "schedules", "range_test", "optimisers"
VIEW = Choice(
    "rate_view",
    "View",
    "Every rate, a rate that changes while training, a quick test, or other ways to take a step.",
    {SWEEP: "Rates", SCHEDULES: "Schedules", RANGE_TEST: "Range test", OPTIMISERS: "Optimisers"},
    buttons=True,
    default=SWEEP,
)
OPTIMISER = Choice(
    "rate_optimiser",
    "Optimiser",
    "How a gradient becomes a step; everything but the rate is as torch has it by default.",
    OPTIMISER_NAMES,
    default="sgd",
)
LOWEST = Number(
    "rate_from", "Lowest rate", "The smallest of the 24 rates.", minimum=1e-6, maximum=100.0, step=0.001, default=0.001
)
HIGHEST = Number(
    "rate_to", "Highest rate", "The largest of the 24 rates.", minimum=1e-5, maximum=1000.0, step=10.0, default=100.0
)
RATE = Number(
    "rate_at",
    "Rate to start from",
    "The rate whose schedules are compared.",
    minimum=1e-6,
    maximum=1000.0,
    step=0.5,
    default=5.0,
)
UNITS = Integer("rate_units", "Units per hidden layer", "The width of the net.", 1, 64, default=8)
LAYERS = Integer("rate_layers", "Hidden layers", "The depth of the net.", 1, 4, default=1)
ACTIVATION = Choice(
    "rate_activation",
    "Activation",
    "Of the hidden layers.",
    {name: each.label for name, each in ACTIVATIONS.items()},
    default="tanh",
)
BATCH = Integer(
    "rate_batch",
    "Batch size (0: all)",
    "Examples per update; with 0, all of them at once.",
    ALL_AT_ONCE,
    10_000,
    default=10,
)
EPOCHS = Integer("rate_epochs", "Epochs", "How often every example is seen.", 5, 2000, default=100)
SEEDS = Integer(
    "rate_seeds", "Nets per rate", "Each starts from a seed of its own; they show the spread.", 1, 20, default=10
)
SEED = Integer("rate_seed", "First seed", "The same seeds give the same run. Others follow it.", 0, 9999, default=0)
DATA = data_settings(prefix="rate_", noise=0.15)

COMMON: tuple[Setting[Any], ...] = (UNITS, LAYERS, ACTIVATION, BATCH, EPOCHS, SEEDS, SEED)
TABLE: tuple[Setting[Any], ...] = (VIEW, RATE, OPTIMISER, LOWEST, HIGHEST, *COMMON, *DATA.table)
ADDRESS = Address("learning_rate", TABLE)
