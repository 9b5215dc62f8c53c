"""The settings of the lesson: their names in the URL, limits, labels and help, and what they come to together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visualizer.lessons.recurrent.settings import (
    EVERY,
    LAST,
    LSTM,
    MOST_INPUTS,
    MOST_MAPPED_UNITS,
    MOST_STEPS,
    MOST_UNITS,
    NO_OUTPUT,
    NUMBERS,
    ONE_BIAS,
    RANDOM,
    RNN,
    SYMBOLS,
    TWO_BIASES,
    VECTORS,
    WORDS,
    RecurrentSettings,
)
from visualizer.ui.settings import (
    Choice,
    Integer,
    Number,
    Setting,
    Text,
)

WALK, FLOW, IMPORTANCE, MAPS, TRAIN, EXPLORE = "walk", "flow", "importance", "maps", "train", "explore"

VIEW = Choice(
    "recurrent_view",
    "View",
    "Number by number, or what the numbers come to over many time steps.",
    {
        WALK: "Walk",
        FLOW: "Gradient flow",
        IMPORTANCE: "What matters",
        MAPS: "Maps",
        TRAIN: "Train",
        EXPLORE: "Explore",
    },
    buttons=True,
    default=WALK,
)
CELL = Choice(
    "cell",
    "Cell",
    "The same input through a plain recurrent cell or through one with gates.",
    {RNN: "RNN", LSTM: "LSTM"},
    buttons=True,
    default=LSTM,
)
WEIGHTS = Choice(
    "recurrent_weights",
    "Weights",
    "Drawn with a seed, set by hand for one task, or trained.",
    {
        RANDOM: "random",
        "bit": "by hand: keeps one bit",
        "counter": "by hand: counts brackets",
        "echo": "by hand: echo with a delay",
        "remember": "trained: remember the first",
        "brackets": "trained: count brackets",
        "adding": "trained: add two numbers",
        "characters": "trained: next character",
        "own": "own: brought or trained here",
    },
    default=RANDOM,
)
INPUT = Choice(
    "sequence_of",
    "Sequence of",
    "Characters and words become one-hot vectors: a 1 for the symbol, 0 for all others. Vectors of your own are typed "
    "or pasted under Numbers.",
    {SYMBOLS: "characters", WORDS: "words", NUMBERS: "numbers", VECTORS: "vectors"},
    buttons=True,
    default=SYMBOLS,
)
TEXT = Text(
    "text",
    "Text",
    f"A character a time step, at most {MOST_STEPS}. With an output, one more that is only to be predicted.",
    100,
    default="abbab",
)
SERIES = Text(
    "series",
    "Numbers",
    f"A number a time step, at most {MOST_STEPS}. With an output, one more that is only to be predicted.",
    900,
    default="0.5, -0.3, 0.8, 0.1, 0.6",
)
STEPS = Integer("input_steps", "Time steps T", "How many vectors are read.", 1, MOST_STEPS, default=3)
INPUTS = Integer(
    "input_size", "Numbers in each vector", "How many inputs there are at a time step.", 1, MOST_INPUTS, default=2
)
UNITS = Integer(
    "units",
    "Units",
    f"How many numbers the hidden state has: up to {MOST_UNITS} number by number, up to {MOST_MAPPED_UNITS} as maps.",
    1,
    MOST_MAPPED_UNITS,
    default=2,
)
SCALE = Number(
    "weight_scale",
    "Size of the weights",
    "Random weights are drawn from minus this to this.",
    minimum=0.1,
    maximum=3.0,
    step=0.1,
    default=1.0,
)
SEED = Integer("recurrent_seed", "Seed", "The same seed draws the same weights again.", 0, 9999, default=0)
FORGET_BIAS = Number(
    "forget_bias",
    "Forget-gate bias",
    "Added to the forget gate's sum: the larger, the more of the cell state is kept from step to step.",
    minimum=-5.0,
    maximum=5.0,
    step=0.5,
    default=1.0,
)
READOUT = Choice(
    "readout",
    "Output and loss",
    "A linear layer on the hidden state, with a loss: the next symbol, or the next number.",
    {EVERY: "at every step", LAST: "at the last step", NO_OUTPUT: "none"},
    buttons=True,
    default=EVERY,
)
TRUNCATE = Choice(
    "truncate",
    "Gradient through time",
    "Truncated back-propagation through time: after so many time steps the gradient is cut off.",
    {"0": "never cut", "1": "cut after every step"}
    | {str(steps): f"cut after every {steps} steps" for steps in range(2, MOST_STEPS + 1)},
    default="0",
)
BIASES = Choice(
    "biases",
    "Biases",
    "PyTorch adds two biases to each sum, bias_ih (b) and bias_hh (b′). Their sum is all that counts, so textbooks "
    "have one.",
    {TWO_BIASES: "two, as PyTorch", ONE_BIAS: "one"},
    buttons=True,
    default=TWO_BIASES,
)

TABLE: tuple[Setting[Any], ...] = (
    VIEW,
    *(CELL, WEIGHTS, INPUT, TEXT, SERIES, STEPS, INPUTS),
    *(UNITS, SCALE, SEED, FORGET_BIAS, READOUT, TRUNCATE, BIASES),
)

Values = Mapping[str, Any]


def settings_of(values: Values) -> RecurrentSettings:
    """The settings that values stand for; what is missing is as by default."""
    found = {each.name: each.coerce(values.get(each.name, each.default)) for each in TABLE}
    return RecurrentSettings(
        cell=found[CELL.name],
        weights=found[WEIGHTS.name],
        sequence_of=found[INPUT.name],
        text=found[TEXT.name],
        series=found[SERIES.name],
        steps=found[STEPS.name],
        inputs=found[INPUTS.name],
        units=found[UNITS.name],
        scale=found[SCALE.name],
        seed=found[SEED.name],
        forget_bias=found[FORGET_BIAS.name],
        readout=found[READOUT.name],
        truncate=int(found[TRUNCATE.name]),
        biases=found[BIASES.name],
    )
