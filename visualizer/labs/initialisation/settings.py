"""The settings of the lab, and what they come to: nets, data, and how they are trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from visualizer.engine.data.examples import Data
from visualizer.engine.experiments.scale_sweep import Start
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.choices import INITIALISATION_NAMES, activation_choice, sizes_text
from visualizer.labs.kit.cost import Cost, training_seconds
from visualizer.labs.kit.data_settings import ChosenData, data_settings
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice

SEEDS = 8
RULES = ("xavier", "he", "lecun", "orthogonal")
"""The kinds that choose the size of the weights by the layer."""
SENSITIVITY, LAYERS, SYMMETRY = "sensitivity", "layers", "symmetry"
VIEW = Choice(
    "init_view",
    "View",
    "The loss over the scale of the first weights, what passes through the layers, or how units come to differ.",
    {SENSITIVITY: "Sensitivity", LAYERS: "Signals through the layers", SYMMETRY: "Symmetry"},
    buttons=True,
    default=SENSITIVITY,
)


@dataclass(frozen=True, kw_only=True)
class InitialisationSettings:
    """The settings of one view. What a view has no use for is as by default, so that it makes no difference.

    Each start is drawn with `SEEDS` seeds, the first of them `first_seed`.
    """

    chosen: ChosenData
    hidden_layers: Annotated[int, Integer("init_layers", "Hidden layers", "The depth of the net.", 1, 6)] = 3
    units: Annotated[int, Integer("init_units", "Units per hidden layer", "The width of the net.", 2, 64)] = 16
    activation: Annotated[str, activation_choice("init_")] = "tanh"
    kind: Annotated[
        str,
        Choice(
            "init_kind",
            "Initialisation",
            "Normal: with the scale as standard deviation, biases too. Uniform: from −scale to scale, biases too. All "
            "equal: every number is the scale. Xavier, He, LeCun and orthogonal choose their size by the layer; the "
            "scale multiplies it, and biases are 0.",
            INITIALISATION_NAMES,
        ),
    ] = "normal"
    epochs: Annotated[
        int, Integer("init_epochs", "Epochs", "Each is one step with the gradient of all examples.", 10, 2000)
    ] = 200
    learning_rate: Annotated[
        float,
        Number("init_rate", "Learning rate", "Of plain gradient descent.", minimum=0.0001, maximum=100.0, step=0.1),
    ] = 0.5
    first_seed: Annotated[
        int, Integer("init_seed", "First seed", "Of 8 nets from each start. The same seeds give the same run.", 0, 9999)
    ] = 0
    scale: Annotated[
        float,
        Number("init_scale", "Scale", "What the weights are multiplied by.", minimum=0.001, maximum=100.0, step=0.1),
    ] = 1.0

    @property
    def data(self) -> Data:
        return self.chosen.data

    @property
    def shape(self) -> Shape:
        hidden = (self.units,) * self.hidden_layers
        return Shape((self.data.inputs, *hidden, self.data.outputs), self.activation)

    @property
    def seeds(self) -> range:
        return range(self.first_seed, self.first_seed + SEEDS)

    @property
    def start(self) -> Start:
        """The chosen one. Zeros are zeros at every scale."""
        return Start(self.kind, 1.0 if self.kind == "zeros" else self.scale)

    @property
    def equal(self) -> Start:
        """All weights equal, of a size with which the sum over a layer's units is neither large nor small."""
        return Start("equal", 1 / self.units)

    def recipe(self, frames: int) -> Recipe:
        """All examples at each step."""
        return Recipe(self.chosen.loss, self.epochs, frames=frames, seed=self.first_seed)

    def cost(self, starts: int, frames: int, looks: float = 0.0) -> Cost:
        """What training nets from so many starts costs; `looks` is what each frame needs besides, in seconds."""
        nets = starts * SEEDS
        seconds = training_seconds(self.shape, nets, self.epochs, len(self.data.train_x), frames=frames)
        sizes = sizes_text(self.shape.sizes)
        what = f"{starts} starts × {SEEDS} seeds of {sizes}, {self.epochs:,} epochs, seeds {_from_to(self.seeds)}"
        return Cost(seconds + frames * looks, what, "fewer epochs, smaller nets or fewer points")


DATA = data_settings()
SETTINGS = Declared(InitialisationSettings)
ADDRESS = Address("initialisation", (VIEW, *SETTINGS, *DATA.table))


def draw_settings(view: str, chosen: ChosenData) -> InitialisationSettings:
    """Draw the settings that the view has a use for; returns what they come to."""
    values = SETTINGS.draw("kind")
    if view != SENSITIVITY and values["kind"] != "zeros":
        values |= SETTINGS.draw("scale")
    values |= SETTINGS.draw("hidden_layers", "units", "activation", "epochs", "learning_rate", "first_seed")
    return InitialisationSettings(chosen=chosen, **values)


def unlike(starts: Sequence[Start]) -> tuple[Start, ...]:
    """The starts in their order, each once."""
    return tuple(dict.fromkeys(starts))


def _from_to(seeds: range) -> str:
    return f"{seeds[0]} to {seeds[-1]}"
