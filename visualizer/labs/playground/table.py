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
    "The whole training; or its first 100 updates one by one; or what each of 100 examples does to the net, one after "
    "the other, whatever the batch size.",
    {EPOCHS_EACH: "By epoch", UPDATES_EACH: "By update", EXAMPLES_EACH: "By example"},
    buttons=True,
    default=EPOCHS_EACH,
)
LAYERS = Integer("play_layers", "Hidden layers", "The depth of the net.", 1, MOST_LAYERS, default=1)
UNITS = tuple(
    Integer(f"play_units{i + 1}", f"Units in layer {i + 1}", "The width of the layer.", 1, MOST_UNITS, default=4)
    for i in range(MOST_LAYERS)
)
ACTIVATION = Choice(
    "play_activation",
    "Activation",
    "Of the hidden layers.",
    {name: each.label for name, each in ACTIVATIONS.items()},
    default="tanh",
)
KIND = Choice(
    "play_init",
    "Weights to start from",
    "Xavier, He, LeCun and orthogonal choose their size by the layer; biases are 0. Normal and uniform draw biases, "
    "too. All equal: every number is the scale.",
    INITIALISATION_NAMES,
    default="xavier",
)
SCALE = Number(
    "play_scale", "Scale", "What the weights are multiplied by.", minimum=0.001, maximum=100.0, step=0.1, default=1.0
)
SEED = Integer("play_seed", "Seed", "Of the first weights and of the order of the examples.", 0, 9999, default=0)
OPTIMISER = Choice(
    "play_optimiser",
    "Optimiser",
    "How a gradient becomes a step; everything but the rate is as torch has it by default.",
    OPTIMISER_NAMES,
    default="adam",
)
RATE = Number(
    "play_rate", "Learning rate", "How large the steps are.", minimum=0.0001, maximum=1000.0, step=0.01, default=0.03
)
SCHEDULE = Choice(
    "play_schedule",
    "Schedule",
    "Step: a tenth after each third of the epochs. Cosine: down to 0. When learning slows: a tenth after 10 epochs "
    "without a lower loss.",
    {CONSTANT: "constant", STEP: "step", COSINE: "cosine", PLATEAU: "when learning slows"},
    default=CONSTANT,
)
BATCH = Integer(
    "play_batch",
    "Batch size (0: all)",
    "Examples per update; with 0, all of them at once.",
    ALL_AT_ONCE,
    10_000,
    default=10,
)
EPOCHS = Integer("play_epochs", "Epochs", "How often every example is seen.", 5, 2000, default=100)
LOSS = Choice(
    "play_loss",
    "Loss",
    "Usual: logistic for two classes, softmax for more, squared error for numbers.",
    {USUAL: "usual", "squared": "squared error", "softmax": "softmax"},
    default=USUAL,
)
L2 = Number("play_l2", "L2", "Adds ½ L2 · Σ w² to the loss.", minimum=0.0, maximum=10.0, step=0.001, default=0.0)
L1 = Number("play_l1", "L1", "Adds L1 · Σ |w| to the loss.", minimum=0.0, maximum=10.0, step=0.001, default=0.0)
DROPOUT = Number(
    "play_dropout",
    "Dropout",
    "The share of hidden units that each update leaves out.",
    minimum=0.0,
    maximum=0.9,
    step=0.1,
    default=0.0,
)
PATIENCE = Integer(
    "play_patience",
    "Stop early after",
    "Epochs without a lower test loss; the best weights are kept.",
    0,
    1000,
    automatic="never",
    default=0,
)
DATA = data_settings(prefix="play_", noise=0.05)

NET: tuple[Setting[Any], ...] = (LAYERS, *UNITS, ACTIVATION, KIND, SCALE, SEED)
TRAINING: tuple[Setting[Any], ...] = (
    *(OPTIMISER, RATE, SCHEDULE, BATCH, EPOCHS, LOSS),
    *(L2, L1, DROPOUT, PATIENCE),
)
TABLE: tuple[Setting[Any], ...] = (FRAMES, *NET, *TRAINING, *DATA.table)
ADDRESS = Address("playground", TABLE)
