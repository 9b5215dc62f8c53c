"""Functions of numbers, each with its value, how it is written in symbols, and how it is written with its numbers.

A new activation is two lines in `FUNCTIONS` (its value and its derivative) and one entry in `ACTIVATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

Template: TypeAlias = "str | int | tuple[Template, ...]"
"""A formula with gaps: a str is one token, an int n is the n-th argument, and a tuple is a layout of templates:
("row", t, ...), ("frac", top, bottom), ("sup", base, above), ("sub", base, below), or ("each", n, t): t for every
number of block n, joined with +, where n inside t is that one number."""

LEAK = 0.01
"""Slope of leaky ReLU below 0. Source: Maas, Hannun & Ng 2013; torch's default."""


@dataclass(frozen=True)
class Function:
    """A function: its value (float64 tensors, element by element), and its formula with symbols and with numbers."""

    value: Callable[..., Tensor]
    symbols: Template
    numbers: Template


def _cross_entropy_derivative(y: Tensor, out: Tensor) -> Tensor:
    return torch.where(y == 0, 0.0, -y / out)


def _direction(right: Tensor, down: Tensor) -> Tensor:
    """The angle of a gradient in degrees, from 0 to below 180. NumPy's: torch's atan2 may miss 45° by a last digit."""
    angle = np.rad2deg(np.arctan2(down.numpy(), right.numpy())) % 180
    return torch.as_tensor(angle, dtype=torch.float64)


def _bin(angle: Tensor, width: Tensor) -> Tensor:
    """The bin that an angle falls into, counted from 1."""
    return torch.floor(angle / width) + 1


def _norm(squares: Tensor, epsilon: Tensor) -> Tensor:
    """The length of a vector, from the sum of its squares, kept from being 0."""
    return torch.sqrt(squares + epsilon * epsilon)


def _call(symbol: str) -> Template:
    return ("row", symbol, "(", 0, ")")


_IF, _ELSE = "\u00a0if\u00a0", "\u00a0else\u00a0"  # spaces that MathML keeps
_E: Template = ("sup", "e", 0)
_E_MINUS: Template = ("sup", "e", ("row", "−", 0))
_SIGMOID: Template = ("frac", "1", ("row", "1", "+", _E_MINUS))
_TANH: Template = ("frac", ("row", _E, "−", _E_MINUS), ("row", _E, "+", _E_MINUS))
_EXP_OF_DIFFERENCE: Template = ("sup", "e", ("row", 0, "−", 1))
_LN: Template = ("row", "ln", "(", 0, ")")
_CROSS_ENTROPY_DERIVATIVE: Template = ("row", "−", ("frac", 0, 1))
_NEGATIVE: Template = ("row", "−", 0)
# Derivatives stand as factors in products, so they bring their own brackets.
_SIGMOID_DERIVATIVE: Template = ("row", 0, "·", "(", "1", "−", 0, ")")
_TANH_DERIVATIVE: Template = ("row", "(", "1", "−", 0, "·", 0, ")")
_RELU: Template = ("row", "max", "(", "0", ",", 0, ")")
_RELU_DERIVATIVE: Template = ("row", "(", "1", _IF, 0, ">", "0", _ELSE, "0", ")")
_LEAKY: Template = ("row", "max", "(", f"{LEAK}", "·", 0, ",", 0, ")")
_LEAKY_DERIVATIVE: Template = ("row", "(", "1", _IF, 0, ">", "0", _ELSE, f"{LEAK}", ")")
_HYPOTENUSE: Template = ("row", "√", "(", ("sup", 0, "2"), "+", ("sup", 1, "2"), ")")
_DIRECTION: Template = ("row", "atan2", "(", 1, ",", 0, ")", "\u00a0mod\u00a0", "180°")
_BIN: Template = ("row", "⌊", ("frac", 0, 1), "⌋", "+", "1")
_NORM: Template = ("row", "√", "(", 0, "+", ("sup", 1, "2"), ")")
_RATIO: Template = ("frac", 0, 1)
_AT_MOST: Template = ("row", "min", "(", 0, ",", 1, ")")
_SOFTPLUS: Template = ("row", "ln", "(", "1", "+", _E, ")")

FUNCTIONS: Mapping[str, Function] = {
    "sigmoid": Function(torch.sigmoid, _call("σ"), _SIGMOID),
    "sigmoid'": Function(lambda h: h * (1 - h), _SIGMOID_DERIVATIVE, _SIGMOID_DERIVATIVE),
    "tanh": Function(torch.tanh, _call("tanh"), _TANH),
    "tanh'": Function(lambda h: 1 - h * h, _TANH_DERIVATIVE, _TANH_DERIVATIVE),
    "relu": Function(torch.relu, _call("ReLU"), _RELU),
    "relu'": Function(lambda a: torch.heaviside(a, torch.zeros_like(a)), _call("ReLU′"), _RELU_DERIVATIVE),
    "leaky_relu": Function(lambda a: functional.leaky_relu(a, LEAK), _call("LReLU"), _LEAKY),
    "leaky_relu'": Function(lambda a: torch.where(a > 0, torch.ones_like(a), LEAK), _call("LReLU′"), _LEAKY_DERIVATIVE),
    # torch's own threshold, 20, is 2e-9 off there; at 40 the difference is below float64's last digit.
    "softplus": Function(lambda a: functional.softplus(a, threshold=40.0), _call("softplus"), _SOFTPLUS),
    "softplus'": Function(torch.sigmoid, _call("σ"), _SIGMOID),
    "identity": Function(lambda a: a, 0, 0),
    "identity'": Function(lambda: torch.ones((), dtype=torch.float64), "1", "1"),
    "cross_entropy'": Function(_cross_entropy_derivative, _CROSS_ENTROPY_DERIVATIVE, _CROSS_ENTROPY_DERIVATIVE),
    "negative": Function(torch.neg, _NEGATIVE, _NEGATIVE),
    "hypotenuse": Function(torch.hypot, _HYPOTENUSE, _HYPOTENUSE),
    "direction": Function(_direction, _DIRECTION, _DIRECTION),
    "bin": Function(_bin, _BIN, _BIN),
    "norm": Function(_norm, _NORM, _NORM),
    "ratio": Function(torch.div, _RATIO, _RATIO),
    "at_most": Function(torch.minimum, _AT_MOST, _AT_MOST),
    "exp": Function(lambda a, b: torch.exp(a - b), _EXP_OF_DIFFERENCE, _EXP_OF_DIFFERENCE),
    "ln": Function(torch.log, _LN, _LN),
}


@dataclass(frozen=True)
class Activation:
    """An activation h = g(a) of a unit with its derivative g′.

    `label` names it for people, `symbol` in a formula. `function` and `derivative` are names in `FUNCTIONS`; the
    derivative is computed from the number that the forward pass cached: the sum "a", the output "h", or nothing.
    `effect` says what g does to a sum, `slope` what that means for a gradient on its way back. `matrix_slope` is the
    derivative of a whole layer in matrix notation, "h" standing for the cached outputs; empty where it reads as g′(a).
    """

    name: str
    label: str
    symbol: str
    cached: Literal["a", "h", ""]
    effect: str
    slope: str
    matrix_slope: tuple[str, ...] = ()

    @property
    def function(self) -> str:
        return self.name

    @property
    def derivative(self) -> str:
        return f"{self.name}'"


_ACTIVATIONS = (
    Activation(
        name="sigmoid",
        label="sigmoid",
        symbol="σ",
        cached="h",
        effect="σ squashes the sum into the range from 0 to 1; a sum of 0 gives 0.5.",
        slope="For σ it is output · (1 − output), from the cached output: at most ¼, close to 0 when saturated.",
        matrix_slope=("h", "∘", "(", "1", "−", "h", ")"),
    ),
    Activation(
        name="tanh",
        label="tanh",
        symbol="tanh",
        cached="h",
        effect="tanh squashes the sum into the range from −1 to 1; a sum of 0 stays 0.",
        slope="For tanh it is 1 − output², from the cached output: at most 1, close to 0 when saturated.",
        matrix_slope=("(", "1", "−", "h", "∘", "h", ")"),
    ),
    Activation(
        name="relu",
        label="ReLU",
        symbol="ReLU",
        cached="a",
        effect="ReLU passes a positive sum unchanged and sets any other sum to 0: the unit is on or off.",
        slope="For ReLU it is 1 where the cached sum is positive; elsewhere the unit is off and no gradient passes.",
    ),
    Activation(
        name="leaky_relu",
        label="leaky ReLU",
        symbol="LReLU",
        cached="a",
        effect="Leaky ReLU passes a positive sum unchanged and multiplies a negative one by 0.01.",
        slope="For leaky ReLU it is 1 where the cached sum is positive, otherwise 0.01: a gradient always passes.",
    ),
    Activation(
        name="softplus",
        label="softplus",
        symbol="softplus",
        cached="a",
        effect="Softplus is a smooth ReLU: never below 0, and close to the sum when the sum is large.",
        slope="For softplus it is σ of the cached sum: close to 1 for a large sum, close to 0 for a very negative one.",
    ),
    Activation(
        name="identity",
        label="identity (linear)",
        symbol="",
        cached="",
        effect="The identity passes the sum unchanged: the unit is linear.",
        slope="For the identity it is 1 everywhere: the gradient passes unchanged.",
    ),
)
ACTIVATIONS: Mapping[str, Activation] = {activation.name: activation for activation in _ACTIVATIONS}
