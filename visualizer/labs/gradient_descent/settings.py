"""The settings of the lab, and its panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Number, Slider
from visualizer.ui.settings import Choice

CONVERGENCE, PATH = "convergence", "path"
BOWL, LOGISTIC, NET = "bowl", "logistic", "net"
COMPONENTS, WEIGHTS, RANDOM = "components", "weights", "random"
EXAMPLES = 200
"""Examples in a data set."""

VIEW = Choice(
    "descent_view",
    "View",
    "How fast the gradient vanishes, or the way through the weights.",
    {CONVERGENCE: "Gradient", PATH: "Path"},
    buttons=True,
    default=CONVERGENCE,
)


@dataclass(frozen=True, kw_only=True)
class DescentSettings:
    """What the run follows from. `factor` is c; weights are counted from 1."""

    problem: Annotated[
        str,
        Choice(
            "descent_problem",
            "Loss L(w)",
            "What gradient descent goes down. Bowl: ½ Σ λᵢ wᵢ². The others: the mean logistic loss over 200 examples.",
            {BOWL: "bowl (quadratic)", LOGISTIC: "logistic regression", NET: "net with a hidden layer"},
        ),
    ] = BOWL
    condition_number: Annotated[
        float,
        Number(
            "descent_condition",
            "Condition number",
            "The largest λ over the smallest: how much longer than wide the bowl is. The λ lie between, each the same "
            "factor below the one before; the largest is 1.",
            minimum=1.0,
            maximum=1e6,
            step=100.0,
        ),
    ] = 10_000.0
    dimensions: Annotated[
        int,
        Integer(
            "descent_weights",
            "Weights",
            "How many λ the bowl has. At the start each adds the same to the loss.",
            2,
            100,
        ),
    ] = 20
    data: Annotated[
        str,
        Choice(
            "descent_data",
            "Data",
            "Two classes in the plane, 200 examples.",
            {
                each.name: each.label
                for each in DATA_SETS.values()
                if each.kind == "classes" and len(each.inputs) == len(each.classes) == 2
            },
        ),
    ] = "moons"
    noise: Annotated[
        float,
        Slider(
            "descent_noise",
            "Noise",
            "Added to the inputs: normal, with this standard deviation. The more, the less a line can separate the "
            "classes.",
            minimum=0.0,
            maximum=0.5,
            step=0.05,
        ),
    ] = 0.1
    units: Annotated[
        int, Integer("descent_units", "Hidden units", "All of them tanh; the net is 2 - these - 1.", 1, 16)
    ] = 8
    factor: Annotated[
        float,
        Slider(
            "descent_c",
            "Step: c in η = c / R",
            "1 is the step of the theory. From 2 on the theory promises nothing.",
            minimum=0.1,
            maximum=2.2,
            step=0.05,
        ),
    ] = 1.0
    steps: Annotated[
        int,
        Integer(
            "descent_steps",
            "Points T",
            "How many points the run looks at, the start among them: one more than steps.",
            10,
            20_000,
        ),
    ] = 2000
    epsilon_power: Annotated[
        float,
        Slider(
            "descent_epsilon",
            "ε, as a power of ten",
            "The gradient counts as vanished where its squared norm is at most ε; −4 stands for 0.0001.",
            minimum=-10.0,
            maximum=0.0,
            step=0.5,
        ),
    ] = -4.0
    seed: Annotated[
        int, Integer("descent_seed", "Seed", "Of data, net, random plane: the same seed gives the same run.", 0, 9999)
    ] = 0
    plane: Annotated[
        str,
        Choice(
            "descent_plane",
            "Plane of the surface",
            "The plane through the weights over which the loss is drawn: the one in which the path varies most, or one "
            "through its end.",
            {COMPONENTS: "the path's main directions", WEIGHTS: "two of the weights", RANDOM: "two random directions"},
        ),
    ] = COMPONENTS
    first: Annotated[
        int, Integer("descent_first", "Weight", "In the order of layers and units, each unit's bias last.", 1, 100)
    ] = 1
    second: Annotated[
        int, Integer("descent_second", "and weight", "In the order of layers and units, each unit's bias last.", 1, 100)
    ] = 2

    @property
    def epsilon(self) -> float:
        return float(10.0**self.epsilon_power)

    @property
    def weights(self) -> tuple[int, int]:
        return self.first, self.second


SETTINGS = Declared(DescentSettings)
ADDRESS = Address("gradient-descent", (VIEW, *SETTINGS))


def draw_settings(view: str) -> DescentSettings:
    """Draw every setting that this view and the chosen loss have a use for; returns what they come to."""
    values: dict[str, Any] = SETTINGS.draw("problem")
    if values["problem"] == BOWL:
        values |= SETTINGS.draw("condition_number") | SETTINGS.draw_row("dimensions", "seed")
    else:
        values |= SETTINGS.draw_row("data", "noise")
        values |= SETTINGS.draw_row(*["units"] * (values["problem"] == NET), "seed")
    values |= SETTINGS.draw("factor", "epsilon_power", "steps")
    if view == PATH:
        values |= SETTINGS.draw("plane")
        if values["plane"] == WEIGHTS:
            values |= SETTINGS.draw_row("first", "second")
    return DescentSettings(**values)
