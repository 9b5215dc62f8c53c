"""The settings of the lesson: their names in the URL, limits, labels and help, and what they come to together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.engine.walks.losses import LOSSES
from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.ui.query import Query, Reading, read
from visualizer.ui.settings import (
    Choice,
    Integer,
    Number,
    Setting,
    Switch,
)

Values = Mapping[str, Any]

MOST_INPUTS, MOST_HIDDEN, MOST_OUTPUTS, MOST_EXAMPLES = 4, 8, 3, 8
SAME = "same"
ONE = "one"

_LABELS = {name: activation.label for name, activation in ACTIVATIONS.items()}

PRESET = Choice(
    "preset",
    "Preset",
    "A small example with numbers of its own. It sets everything below.",
    {name: preset.label for name, preset in PRESETS.items()},
    default="training",
)
INPUTS = Integer("inputs", "Inputs", "How many numbers x the net is given.", 1, MOST_INPUTS, default=2)
HIDDEN = Integer("hidden", "Hidden units", "How many units the hidden layer has.", 1, MOST_HIDDEN, default=3)
OUTPUTS = Integer("outputs", "Outputs", "How many numbers the net gives back.", 1, MOST_OUTPUTS, default=1)
ACTIVATION = Choice("activation", "Activation", "The function g of the hidden units.", _LABELS, default="sigmoid")
OUTPUT_ACTIVATION = Choice(
    "output_activation",
    "Output activation",
    "The function of the output units. On the slide it is the same g.",
    {SAME: "same as hidden"} | _LABELS,
    default=SAME,
)
LOSS = Choice(
    "loss",
    "Loss",
    "Squared: ½ Σ (y − out)², as on the slide. Without ½: Σ (y − out)². Mean: the average of (y − out)², as PyTorch's "
    "MSELoss. Cross-entropy, for classes: softmax outputs, −Σ y ln(out), summed over the examples, or their mean.",
    {
        "squared": "squared",
        "sum_squared": "squared, without ½",
        "mse": "mean squared",
        "cross_entropy": "cross-entropy",
        "mean_cross_entropy": "mean cross-entropy",
    },
    default="squared",
)
BIAS = Switch("bias", "Biases", "The slide drops w₀ to keep the derivation short. Off drops every bias.", default=True)
HOLD_BIASES = Switch(
    "hold_biases",
    "Hold the biases fixed",
    "The update changes the weights only: the biases stay as they are.",
    default=False,
)
EXAMPLES = Integer(
    "examples", "Examples", "How many pairs of x and y the net learns from.", 1, MOST_EXAMPLES, default=1
)
BATCH = Choice(
    "batch",
    "In one iteration",
    "All: the loss is that of all examples together, as on the slide. One: the walk and the update take one example, "
    "and the next iteration takes the next.",
    {"summed": "all examples", ONE: "one example"},
    buttons=True,
    default="summed",
)
EXAMPLE = Integer(
    "example",
    "Which example",
    "The example that this iteration takes; the next iteration takes the next.",
    1,
    MOST_EXAMPLES,
    default=1,
)
LEARNING_RATE = Number(
    "learning_rate",
    "Learning rate η",
    "How far the update goes: w ← w − η ∂ℓ/∂w.",
    minimum=0.0001,
    maximum=1000.0,
    step=0.1,
    default=0.5,
)
INITIALISATION = Choice(
    "initialisation",
    "Initial weights",
    "Where weights and biases start. “From the preset” keeps its numbers and draws only those that it lacks. Xavier "
    "and He scale the weights by the size of the layers and start biases at 0.",
    {
        "preset": "from the preset",
        "uniform": "uniform",
        "normal": "normal",
        "xavier": "Xavier",
        "he": "He",
        "zeros": "all zero",
        "equal": "all equal",
    },
    default="preset",
)
SCALE = Number(
    "scale",
    "Scale",
    "What drawn weights are multiplied with; all equal: what they are.",
    minimum=0.0,
    maximum=100.0,
    step=0.1,
    default=1.0,
)
SEED = Integer("seed", "Seed", "The same seed draws the same numbers again.", 0, 9999, default=0)

TABLE: tuple[Setting[Any], ...] = (
    *(PRESET, INPUTS, HIDDEN, OUTPUTS, ACTIVATION, OUTPUT_ACTIVATION, LOSS, BIAS, HOLD_BIASES),
    *(EXAMPLES, BATCH, EXAMPLE, LEARNING_RATE, INITIALISATION, SCALE, SEED),
)


@dataclass(frozen=True)
class NetSettings:
    """One choice of everything that the lesson lets one choose."""

    preset: str
    inputs: int
    hidden: int
    outputs: int
    activation: str
    output_activation: str
    loss: str
    bias: bool
    hold_biases: bool
    examples: int
    batch: str
    example: int
    learning_rate: float
    initialisation: str
    scale: float
    seed: int

    @property
    def one_at_a_time(self) -> bool:
        return self.batch == ONE

    @property
    def softmax(self) -> bool:
        return LOSSES[self.loss].softmax

    @property
    def as_preset(self) -> bool:
        """Whether all is as the preset has it, up to the learning rate and the example that is looked at."""
        own = settings_of({"preset": self.preset})
        return replace(self, learning_rate=own.learning_rate, example=own.example) == own

    @property
    def impossible(self) -> str:
        """Why no walk can be made of these settings, with the smallest change that helps; empty where one can."""
        if self.softmax and self.outputs < 2:
            return "Cross-entropy compares classes, one output each, so it needs at least 2 outputs. Set outputs to 2."
        return ""


def table_for(preset: str, examples: int = MOST_EXAMPLES) -> dict[str, Setting[Any]]:
    """The table by name, with the defaults that a preset brings; which example is counted up to `examples`."""
    own = PRESETS[preset].settings
    table = {each.name: replace(each, default=own[each.name]) if each.name in own else each for each in TABLE}
    table[PRESET.name] = PRESET
    table[EXAMPLE.name] = replace(EXAMPLE, maximum=examples)
    return table


def settings_of(values: Values) -> NetSettings:
    """The settings that checked values stand for; what is missing is as the preset has it."""
    preset = PRESET.coerce(values.get(PRESET.name, PRESET.default))
    table = table_for(preset)
    found = {name: setting.coerce(values.get(name, setting.default)) for name, setting in table.items()}
    return NetSettings(**found | {PRESET.name: preset, EXAMPLE.name: min(found["example"], found["examples"])})


def read_link(query: Query) -> Reading:
    """Check what a link says about the settings; which example is checked against how many the same link asks for."""
    asked = settings_of(read(TABLE, query).values)
    return read(tuple(table_for(asked.preset, asked.examples).values()), query)
