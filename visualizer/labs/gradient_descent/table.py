"""The settings of the lab: their names in the URL, limits, labels and help, and what they come to together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.ui.address import Address
from visualizer.ui.settings import Choice, Integer, Number, Setting
from visualizer.ui.slider import Slider

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
PROBLEM = Choice(
    "descent_problem",
    "Loss L(w)",
    "What gradient descent goes down. Bowl: ½ Σ λᵢ wᵢ². The others: the mean logistic loss over 200 examples.",
    {BOWL: "bowl (quadratic)", LOGISTIC: "logistic regression", NET: "net with a hidden layer"},
    default=BOWL,
)
CONDITION = Number(
    "descent_condition",
    "Condition number",
    "The largest λ over the smallest: how much longer than wide the bowl is. The λ lie between, each the same factor "
    "below the one before; the largest is 1.",
    minimum=1.0,
    maximum=1e6,
    step=100.0,
    default=10_000.0,
)
DIMENSIONS = Integer(
    "descent_weights",
    "Weights",
    "How many λ the bowl has. At the start each adds the same to the loss.",
    2,
    100,
    default=20,
)
DATA = Choice(
    "descent_data",
    "Data",
    "Two classes in the plane, 200 examples.",
    {
        each.name: each.label
        for each in DATA_SETS.values()
        if each.kind == "classes" and len(each.inputs) == len(each.classes) == 2
    },
    default="moons",
)
NOISE = Slider(
    "descent_noise",
    "Noise",
    "Added to the inputs: normal, with this standard deviation. The more, the less a line can separate the classes.",
    minimum=0.0,
    maximum=0.5,
    step=0.05,
    default=0.1,
)
UNITS = Integer("descent_units", "Hidden units", "All of them tanh; the net is 2 - these - 1.", 1, 16, default=8)
FACTOR = Slider(
    "descent_c",
    "Step: c in η = c / R",
    "1 is the step of the theory. From 2 on the theory promises nothing.",
    minimum=0.1,
    maximum=2.2,
    step=0.05,
    default=1.0,
)
STEPS = Integer(
    "descent_steps",
    "Points T",
    "How many points the run looks at, the start among them: one more than steps.",
    10,
    20_000,
    default=2000,
)
EPSILON = Slider(
    "descent_epsilon",
    "ε, as a power of ten",
    "The gradient counts as vanished where its squared norm is at most ε; −4 stands for 0.0001.",
    minimum=-10.0,
    maximum=0.0,
    step=0.5,
    default=-4.0,
)
SEED = Integer(
    "descent_seed", "Seed", "Of data, net, random plane: the same seed gives the same run.", 0, 9999, default=0
)
PLANE = Choice(
    "descent_plane",
    "Plane of the surface",
    "The plane through the weights over which the loss is drawn: the one in which the path varies most, or one "
    "through its end.",
    {COMPONENTS: "the path's main directions", WEIGHTS: "two of the weights", RANDOM: "two random directions"},
    default=COMPONENTS,
)
FIRST = Integer(
    "descent_first", "Weight", "In the order of layers and units, each unit's bias last.", 1, 100, default=1
)
SECOND = Integer(
    "descent_second", "and weight", "In the order of layers and units, each unit's bias last.", 1, 100, default=2
)

TABLE: tuple[Setting[Any], ...] = (
    VIEW,
    *(PROBLEM, CONDITION, DIMENSIONS, DATA, NOISE, UNITS),
    *(FACTOR, STEPS, EPSILON, SEED, PLANE, FIRST, SECOND),
)
ADDRESS = Address("gradient-descent", TABLE)


@dataclass(frozen=True)
class DescentSettings:
    """What the settings come to. `factor` is c, `epsilon` is ε itself, and the weights are counted from 1."""

    problem: str = PROBLEM.default
    condition_number: float = CONDITION.default
    dimensions: int = DIMENSIONS.default
    data: str = DATA.default
    noise: float = NOISE.default
    units: int = UNITS.default
    factor: float = FACTOR.default
    steps: int = STEPS.default
    epsilon: float = 10.0**EPSILON.default
    seed: int = SEED.default
    plane: str = PLANE.default
    weights: tuple[int, int] = (FIRST.default, SECOND.default)


def settings_of(values: Mapping[str, Any]) -> DescentSettings:
    """The settings that values stand for; what is missing is as by default."""
    found = {each.name: each.coerce(values.get(each.name, each.default)) for each in TABLE}
    return DescentSettings(
        problem=found[PROBLEM.name],
        condition_number=found[CONDITION.name],
        dimensions=found[DIMENSIONS.name],
        data=found[DATA.name],
        noise=found[NOISE.name],
        units=found[UNITS.name],
        factor=round(found[FACTOR.name], 10),
        steps=found[STEPS.name],
        epsilon=10.0 ** found[EPSILON.name],
        seed=found[SEED.name],
        plane=found[PLANE.name],
        weights=(found[FIRST.name], found[SECOND.name]),
    )
