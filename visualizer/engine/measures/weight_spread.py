"""How large the weights are that a rule draws, and which size lets signals pass: what scales are compared by."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping

from visualizer.engine.trace.functions import LEAK
from visualizer.engine.training.start import STARTS
from visualizer.engine.training.update.parameters import Shape

DEVIATIONS: Mapping[str, Callable[[int, int], float]] = {
    "uniform": lambda below, units: 1 / math.sqrt(3),
    "normal": lambda below, units: 1.0,
    "xavier": lambda below, units: math.sqrt(2 / (below + units)),
    "he": lambda below, units: math.sqrt(2 / below),
    "zeros": lambda below, units: 0.0,
    "equal": lambda below, units: 1.0,
    "lecun": lambda below, units: math.sqrt(1 / below),
    "orthogonal": lambda below, units: 1 / math.sqrt(max(below, units)),
}
"""The root mean square of a layer's weights at scale 1, from its inputs and its units."""

SMALL_SIGNAL_GAINS: Mapping[str, float] = {
    "tanh": 1.0,
    "sigmoid": 1 / 4,
    "relu": math.sqrt(1 / 2),
    "leaky_relu": math.sqrt((1 + LEAK**2) / 2),
    "softplus": 1 / 2,
    "identity": 1.0,
}
"""The root mean square of an activation's slope for sums that are small and as often below 0 as above."""


def typical_weight(kind: str, shape: Shape) -> float:
    """How large the weights of a net are at scale 1: the geometric mean, over its layers, of their root mean squares.

    So two kinds with the same typical weight multiply a small signal by the same factor on its way through the net.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if kind not in STARTS:
        raise ValueError(f"kind must be one of {', '.join(STARTS)}, got {kind!r}")
    sizes = [DEVIATIONS[kind](below, units) for below, units in itertools.pairwise(shape.sizes)]
    return math.prod(sizes) ** (1 / len(sizes))


def small_signal_factor(kind: str, scale: float, width: int, activation: str) -> float:
    """By what factor small signals and gradients change from one hidden layer of `width` units to the next.

    A sum of n products with weights of standard deviation s is √n · s times as large as what goes in, and the
    activation multiplies that by its slope. Right for many units whose weights are drawn independently of each other.

    Source: Glorot & Bengio 2010, equations 5 and 6; He et al. 2015, equations 7 to 14.
    """
    return math.sqrt(width) * scale * DEVIATIONS[kind](width, width) * SMALL_SIGNAL_GAINS[activation]
