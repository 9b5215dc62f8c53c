"""Functions of numbers, each with its value, how it is written in symbols, and how it is written with its numbers.

A new activation is two lines in `FUNCTIONS` (its value and its derivative), and one entry in `activations.ACTIVATIONS`
where people can choose it.
"""

from __future__ import annotations

import math
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


Slope: TypeAlias = "float | int | Literal['out'] | tuple[str, *tuple[int | str, ...]]"
"""A factor of a derivative: a number, the n-th argument, the result itself ("out"), or a function's name and what it
is applied to."""


@dataclass(frozen=True)
class Function:
    """A function: its value (float64 tensors, element by element), and its formula with symbols and with numbers.

    `slopes` are its derivatives, one for each argument that has one, each a product of factors.
    """

    value: Callable[..., Tensor]
    symbols: Template
    numbers: Template
    slopes: tuple[tuple[Slope, ...], ...] = ()


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


def _call_with(symbol: str) -> Template:
    """A function with a constant of its own."""
    return ("row", symbol, "(", 0, ";", 1, ")")


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
_SLOPED: Template = ("row", "(", 0, _IF, 0, ">", "0", _ELSE, 1, "·", 0, ")")
_SLOPED_DERIVATIVE: Template = ("row", "(", "1", _IF, 0, ">", "0", _ELSE, 1, ")")
_ELU: Template = ("row", "(", 0, _IF, 0, ">", "0", _ELSE, 1, "·", "(", _E, "−", "1", ")", ")")
_ELU_DERIVATIVE: Template = ("row", "(", "1", _IF, 0, ">", "0", _ELSE, 1, "·", _E, ")")
_SOFTPLUS_OF: Template = ("row", ("frac", "1", 1), "·", "ln", "(", "1", "+", ("sup", "e", ("row", 1, "·", 0)), ")")
_SILU: Template = ("row", 0, "·", "σ", "(", 0, ")")
_SILU_DERIVATIVE: Template = (
    "row",
    "σ",
    "(",
    0,
    ")",
    "·",
    "(",
    "1",
    "+",
    0,
    "·",
    "(",
    "1",
    "−",
    "σ",
    "(",
    0,
    ")",
    ")",
    ")",
)
_GELU: Template = ("row", 0, "·", "Φ", "(", 0, ")")
_GELU_DERIVATIVE: Template = ("row", "(", "Φ", "(", 0, ")", "+", 0, "·", "φ", "(", 0, ")", ")")
_CUBIC: Template = ("row", "0.7979", "·", "(", 0, "+", "0.04472", "·", ("sup", 0, "3"), ")")
_GELU_TANH: Template = ("row", "½", "·", 0, "·", "(", "1", "+", "tanh", "(", _CUBIC, ")", ")")
_GELU_TANH_DERIVATIVE: Template = ("row", "(", _GELU_TANH, ")", "′")
_ROOT: Template = ("row", "√", "(", 0, "+", 1, ")")
_ROOT_PLUS: Template = ("row", "√", 0, "+", 1)
_REMAINING: Template = ("row", "1", "−", ("sup", 0, 1))
_RECIPROCAL: Template = ("frac", "1", 0)
_HALF_RECIPROCAL: Template = ("frac", "1", ("row", "2", "·", 0))
_ABSOLUTE: Template = ("row", "|", 0, "|")
_MINUS_SIGN: Template = ("row", "−", "sign", "(", 0, ")")
_HUBER: Template = (
    *("row", "(", "½", "·", ("sup", 0, "2"), _IF, "|", 0, "|", "≤", 1, _ELSE),
    *(1, "·", "(", "|", 0, "|", "−", "½", "·", 1, ")", ")"),
)
_CLIPPED: Template = ("row", "−", "min", "(", "max", "(", 0, ",", "−", 1, ")", ",", 1, ")")


def _elu_derivative(a: Tensor, alpha: Tensor) -> Tensor:
    return torch.where(a > 0, 1.0, alpha * torch.exp(a.clamp(max=0)))


def _softplus_of(a: Tensor, beta: Tensor) -> Tensor:
    """ln(1 + e^(β a)) / β; torch's own cuts off at its threshold, and is 2e-9 off there."""
    return functional.softplus(beta * a, threshold=40.0) / beta


def _silu_derivative(a: Tensor) -> Tensor:
    sigmoid = torch.sigmoid(a)
    return sigmoid * (1 + a * (1 - sigmoid))


def _gelu_derivative(a: Tensor) -> Tensor:
    """Φ(a) + a φ(a), with the standard normal's distribution Φ and density φ."""
    density: Tensor = torch.exp(-0.5 * a * a) / math.sqrt(2 * math.pi)
    share: Tensor = torch.special.ndtr(a)
    return share + a * density


def _gelu_tanh_derivative(a: Tensor) -> Tensor:
    root, cubic = math.sqrt(2 / math.pi), 0.044715
    inner = torch.tanh(root * (a + cubic * a**3))
    return 0.5 * (1 + inner) + 0.5 * a * (1 - inner * inner) * root * (1 + 3 * cubic * a * a)


def _gelu_tanh(a: Tensor) -> Tensor:
    return functional.gelu(a, approximate="tanh")


def _huber(error: Tensor, delta: Tensor) -> Tensor:
    size = error.abs()
    return torch.where(size <= delta, 0.5 * error * error, delta * (size - 0.5 * delta))


def _clipped(error: Tensor, delta: Tensor) -> Tensor:
    """Minus the error, of at most delta in size: Huber's derivative with respect to the output."""
    return -error.clamp(-delta, delta)


FUNCTIONS: Mapping[str, Function] = {
    "sigmoid": Function(torch.sigmoid, _call("σ"), _SIGMOID, ((("sigmoid'", "out"),),)),
    "sigmoid'": Function(lambda h: h * (1 - h), _SIGMOID_DERIVATIVE, _SIGMOID_DERIVATIVE),
    "tanh": Function(torch.tanh, _call("tanh"), _TANH, ((("tanh'", "out"),),)),
    "tanh'": Function(lambda h: 1 - h * h, _TANH_DERIVATIVE, _TANH_DERIVATIVE),
    "relu": Function(torch.relu, _call("ReLU"), _RELU, ((("relu'", 0),),)),
    "relu'": Function(lambda a: torch.heaviside(a, torch.zeros_like(a)), _call("ReLU′"), _RELU_DERIVATIVE),
    "leaky_relu": Function(lambda a: functional.leaky_relu(a, LEAK), _call("LReLU"), _LEAKY, ((("leaky_relu'", 0),),)),
    "leaky_relu'": Function(lambda a: torch.where(a > 0, torch.ones_like(a), LEAK), _call("LReLU′"), _LEAKY_DERIVATIVE),
    # torch's own threshold, 20, is 2e-9 off there; at 40 the difference is below float64's last digit.
    "softplus": Function(
        lambda a: functional.softplus(a, threshold=40.0), _call("softplus"), _SOFTPLUS, ((("softplus'", 0),),)
    ),
    "softplus'": Function(torch.sigmoid, _call("σ"), _SIGMOID),
    "identity": Function(lambda a: a, 0, 0, ((),)),
    "identity'": Function(lambda: torch.ones((), dtype=torch.float64), "1", "1"),
    "cross_entropy'": Function(_cross_entropy_derivative, _CROSS_ENTROPY_DERIVATIVE, _CROSS_ENTROPY_DERIVATIVE),
    "negative": Function(torch.neg, _NEGATIVE, _NEGATIVE, ((-1.0,),)),
    "hypotenuse": Function(torch.hypot, _HYPOTENUSE, _HYPOTENUSE),
    "direction": Function(_direction, _DIRECTION, _DIRECTION),
    "bin": Function(_bin, _BIN, _BIN),
    "norm": Function(_norm, _NORM, _NORM),
    "ratio": Function(torch.div, _RATIO, _RATIO, ((("reciprocal", 1),), (-1.0, "out", ("reciprocal", 1)))),
    "at_most": Function(torch.minimum, _AT_MOST, _AT_MOST),
    "exp": Function(lambda a, b: torch.exp(a - b), _EXP_OF_DIFFERENCE, _EXP_OF_DIFFERENCE, (("out",), (-1.0, "out"))),
    "ln": Function(torch.log, _LN, _LN, ((("reciprocal", 0),),)),
    "root_plus": Function(lambda a, b: torch.sqrt(a) + b, _ROOT_PLUS, _ROOT_PLUS),
    "remaining": Function(lambda a, b: 1 - a**b, _REMAINING, _REMAINING),
    "reciprocal": Function(torch.reciprocal, _RECIPROCAL, _RECIPROCAL, ((-1.0, "out", "out"),)),
    "half_reciprocal": Function(lambda a: 0.5 / a, _HALF_RECIPROCAL, _HALF_RECIPROCAL),
    "root": Function(lambda a, b: torch.sqrt(a + b), _ROOT, _ROOT, ((("half_reciprocal", "out"),),)),
    "leaky_relu_of": Function(
        lambda a, slope: torch.where(a > 0, a, slope * a), _call_with("LReLU"), _SLOPED, ((("leaky_relu_of'", 0, 1),),)
    ),
    "leaky_relu_of'": Function(
        lambda a, slope: torch.where(a > 0, torch.ones_like(a), slope), _call_with("LReLU′"), _SLOPED_DERIVATIVE
    ),
    "elu": Function(
        lambda a, alpha: torch.where(a > 0, a, alpha * torch.expm1(a.clamp(max=0))),
        _call_with("ELU"),
        _ELU,
        ((("elu'", 0, 1),),),
    ),
    "elu'": Function(_elu_derivative, _call_with("ELU′"), _ELU_DERIVATIVE),
    "softplus_of": Function(_softplus_of, _call_with("softplus"), _SOFTPLUS_OF, ((("softplus_of'", 0, 1),),)),
    "softplus_of'": Function(
        lambda a, beta: torch.sigmoid(beta * a), ("row", "σ", "(", 1, "·", 0, ")"), ("row", "σ", "(", 1, "·", 0, ")")
    ),
    "silu": Function(functional.silu, _call("SiLU"), _SILU, ((("silu'", 0),),)),
    "silu'": Function(_silu_derivative, _call("SiLU′"), _SILU_DERIVATIVE),
    "gelu": Function(functional.gelu, _call("GELU"), _GELU, ((("gelu'", 0),),)),
    "gelu'": Function(_gelu_derivative, _call("GELU′"), _GELU_DERIVATIVE),
    "gelu_tanh": Function(_gelu_tanh, _call("GELU"), _GELU_TANH, ((("gelu_tanh'", 0),),)),
    "gelu_tanh'": Function(_gelu_tanh_derivative, _call("GELU′"), _GELU_TANH_DERIVATIVE),
    "absolute": Function(torch.abs, _ABSOLUTE, _ABSOLUTE),
    "minus_sign": Function(lambda error: -torch.sign(error), _MINUS_SIGN, _MINUS_SIGN),
    "huber": Function(_huber, _HUBER, _HUBER),
    "clipped": Function(_clipped, _CLIPPED, _CLIPPED),
}
