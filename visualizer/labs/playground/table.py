"""The settings of the lab: their names in the URL, limits, labels and help."""

from __future__ import annotations

from typing import Any

from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.labs.kit.choices import ALL_AT_ONCE, INITIALISATION_NAMES, OPTIMISER_NAMES
from visualizer.labs.kit.data_settings import data_settings
from visualizer.ui.address import Address
from visualizer.ui.settings import Choice, Integer, Number, Setting

EPOCHS_EACH, UPDATES_EACH, EXAMPLES_EACH = "epochs", "updates", "examples"
USUAL = "usual"
CONSTANT, STEP, COSINE, PLATEAU = "constant", "step", "cosine", "plateau"
MOST_LAYERS, MOST_UNITS = 6, 8

FRAMES = Choice(
    "play_frames",
    "A frame of the film",
    EPOCHS_EACH,
    "The whole training; or its first 100 updates one by one; or what each of 100 examples does to the net, one after "
    "the other, whatever the batch size.",
    {EPOCHS_EACH: "By epoch", UPDATES_EACH: "By update", EXAMPLES_EACH: "By example"},
    buttons=True,
)
LAYERS = Integer("play_layers", "Hidden layers", 1, "The depth of the net.", 1, MOST_LAYERS)
UNITS = tuple(
    Integer(f"play_units{i + 1}", f"Units in layer {i + 1}", 4, "The width of the layer.", 1, MOST_UNITS)
    for i in range(MOST_LAYERS)
)
ACTIVATION = Choice(
    "play_activation",
    "Activation",
    "tanh",
    "Of the hidden layers.",
    {name: each.label for name, each in ACTIVATIONS.items()},
)
KIND = Choice(
    "play_init",
    "Weights to start from",
    "xavier",
    "Xavier, He, LeCun and orthogonal choose their size by the layer; biases are 0. Normal and uniform draw biases, "
    "too. All equal: every number is the scale.",
    INITIALISATION_NAMES,
)
SCALE = Number(
    "play_scale", "Scale", 1.0, "What the weights are multiplied by.", minimum=0.001, maximum=100.0, step=0.1
)
SEED = Integer("play_seed", "Seed", 0, "Of the first weights and of the order of the examples.", 0, 9999)
OPTIMISER = Choice(
    "play_optimiser",
    "Optimiser",
    "adam",
    "How a gradient becomes a step; everything but the rate is as torch has it by default.",
    OPTIMISER_NAMES,
)
RATE = Number("play_rate", "Learning rate", 0.03, "How large the steps are.", minimum=0.0001, maximum=1000.0, step=0.01)
SCHEDULE = Choice(
    "play_schedule",
    "Schedule",
    CONSTANT,
    "Step: a tenth after each third of the epochs. Cosine: down to 0. When learning slows: a tenth after 10 epochs "
    "without a lower loss.",
    {CONSTANT: "constant", STEP: "step", COSINE: "cosine", PLATEAU: "when learning slows"},
)
BATCH = Integer(
    "play_batch", "Batch size (0: all)", 10, "Examples per update; with 0, all of them at once.", ALL_AT_ONCE, 10_000
)
EPOCHS = Integer("play_epochs", "Epochs", 100, "How often every example is seen.", 5, 2000)
LOSS = Choice(
    "play_loss",
    "Loss",
    USUAL,
    "Usual: logistic for two classes, softmax for more, squared error for numbers.",
    {USUAL: "usual", "squared": "squared error", "softmax": "softmax"},
)
L2 = Number("play_l2", "L2", 0.0, "Adds ½ L2 · Σ w² to the loss.", minimum=0.0, maximum=10.0, step=0.001)
L1 = Number("play_l1", "L1", 0.0, "Adds L1 · Σ |w| to the loss.", minimum=0.0, maximum=10.0, step=0.001)
DROPOUT = Number(
    "play_dropout",
    "Dropout",
    0.0,
    "The share of hidden units that each update leaves out.",
    minimum=0.0,
    maximum=0.9,
    step=0.1,
)
PATIENCE = Integer(
    "play_patience",
    "Stop early after",
    0,
    "Epochs without a lower test loss; the best weights are kept.",
    0,
    1000,
    automatic="never",
)
DATA = data_settings(prefix="play_", noise=0.05)

NET: tuple[Setting[Any], ...] = (LAYERS, *UNITS, ACTIVATION, KIND, SCALE, SEED)
TRAINING: tuple[Setting[Any], ...] = (
    *(OPTIMISER, RATE, SCHEDULE, BATCH, EPOCHS, LOSS),
    *(L2, L1, DROPOUT, PATIENCE),
)
TABLE: tuple[Setting[Any], ...] = (FRAMES, *NET, *TRAINING, *DATA.table)
ADDRESS = Address("playground", TABLE)
