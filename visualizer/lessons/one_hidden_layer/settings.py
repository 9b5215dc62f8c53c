"""The settings of the lesson, and what they come to together with a preset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.engine.walks.losses import LOSSES
from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.ui.address import Query, Reading, read_query
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice, Setting, Switch

Values = Mapping[str, Any]

MAX_INPUTS, MAX_HIDDEN, MAX_OUTPUTS, MAX_EXAMPLES = 4, 8, 3, 8
SAME = "same"
ONE = "one"

_LABELS = {name: activation.label for name, activation in ACTIVATIONS.items()}


@dataclass(frozen=True, kw_only=True)
class NetSettings:
    """One choice of everything that the lesson lets one choose."""

    preset: Annotated[
        str,
        Choice(
            "preset",
            "Preset",
            "A small example with numbers of its own. It sets everything below.",
            {name: preset.label for name, preset in PRESETS.items()},
        ),
    ] = "training"
    inputs: Annotated[int, Integer("inputs", "Inputs", "How many numbers x the net is given.", 1, MAX_INPUTS)] = 2
    hidden: Annotated[int, Integer("hidden", "Hidden units", "How many units the hidden layer has.", 1, MAX_HIDDEN)] = 3
    outputs: Annotated[int, Integer("outputs", "Outputs", "How many numbers the net gives back.", 1, MAX_OUTPUTS)] = 1
    activation: Annotated[str, Choice("activation", "Activation", "The function g of the hidden units.", _LABELS)] = (
        "sigmoid"
    )
    output_activation: Annotated[
        str,
        Choice(
            "output_activation",
            "Output activation",
            "The function of the output units. On the slide it is the same g.",
            {SAME: "same as hidden"} | _LABELS,
        ),
    ] = SAME
    loss: Annotated[
        str,
        Choice(
            "loss",
            "Loss",
            "Squared: ½ Σ (y − out)², as on the slide. Without ½: Σ (y − out)². Mean: the average of (y − out)², as "
            "PyTorch's MSELoss. Cross-entropy, for classes: softmax outputs, −Σ y ln(out), summed over the examples, "
            "or their mean.",
            {
                "squared": "squared",
                "sum_squared": "squared, without ½",
                "mse": "mean squared",
                "cross_entropy": "cross-entropy",
                "mean_cross_entropy": "mean cross-entropy",
            },
        ),
    ] = "squared"
    bias: Annotated[
        bool, Switch("bias", "Biases", "The slide drops w₀ to keep the derivation short. Off drops every bias.")
    ] = True
    hold_biases: Annotated[
        bool,
        Switch(
            "hold_biases", "Hold the biases fixed", "The update changes the weights only: the biases stay as they are."
        ),
    ] = False
    examples: Annotated[
        int, Integer("examples", "Examples", "How many pairs of x and y the net learns from.", 1, MAX_EXAMPLES)
    ] = 1
    batch: Annotated[
        str,
        Choice(
            "batch",
            "In one iteration",
            "All: the loss is that of all examples together, as on the slide. One: the walk and the update take one "
            "example, and the next iteration takes the next.",
            {"summed": "all examples", ONE: "one example"},
            buttons=True,
        ),
    ] = "summed"
    example: Annotated[
        int,
        Integer(
            "example",
            "Which example",
            "The example that this iteration takes; the next iteration takes the next.",
            1,
            MAX_EXAMPLES,
        ),
    ] = 1
    learning_rate: Annotated[
        float,
        Number(
            "learning_rate",
            "Learning rate η",
            "How far the update goes: w ← w − η ∂ℓ/∂w.",
            minimum=0.0001,
            maximum=1000.0,
            step=0.1,
        ),
    ] = 0.5
    initialisation: Annotated[
        str,
        Choice(
            "initialisation",
            "Initial weights",
            "Where weights and biases start. “From the preset” keeps its numbers and draws only those that it lacks. "
            "Xavier and He scale the weights by the size of the layers and start biases at 0.",
            {
                "preset": "from the preset",
                "uniform": "uniform",
                "normal": "normal",
                "xavier": "Xavier",
                "he": "He",
                "zeros": "all zero",
                "equal": "all equal",
            },
        ),
    ] = "preset"
    scale: Annotated[
        float,
        Number(
            "scale",
            "Scale",
            "What drawn weights are multiplied with; all equal: what they are.",
            minimum=0.0,
            maximum=100.0,
            step=0.1,
        ),
    ] = 1.0
    seed: Annotated[int, Integer("seed", "Seed", "The same seed draws the same numbers again.", 0, 9999)] = 0

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


SETTINGS = Declared(NetSettings)


def settings_for(preset: str, examples: int = MAX_EXAMPLES) -> dict[str, Setting[Any]]:
    """The settings by name, with the defaults that a preset brings; which example is counted up to `examples`."""
    own = PRESETS[preset].settings
    found = {each.name: replace(each, default=own.get(each.name, each.default)) for each in SETTINGS}
    return found | {"preset": SETTINGS["preset"], "example": replace(SETTINGS["example"], maximum=examples)}


def settings_of(values: Values) -> NetSettings:
    """The settings that checked values stand for; what is missing is as the preset has it."""
    preset = SETTINGS.value("preset", values)
    own = SETTINGS.of({**PRESETS[preset].settings, **values}, preset=preset)
    return replace(own, example=min(own.example, own.examples))


def read_link(query: Query) -> Reading:
    """Check what a link says about the settings; which example is checked against how many the same link asks for."""
    asked = settings_of(read_query(tuple(SETTINGS), query).values)
    return read_query(tuple(settings_for(asked.preset, asked.examples).values()), query)
