"""Data sets to learn from, drawn by formulas: classes in the plane, and functions of one or two numbers.

Inputs lie in about −1 to 1 before noise; so do the numbers to be learned. Nothing here is random but the generator.

Source: circles, XOR, Gaussians and spirals are the idea of TensorFlow Playground (Smilkov et al. 2017), moons that of
scikit-learn's make_moons (Pedregosa et al. 2011); the formulas are our own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import torch
from torch import Tensor

from visualizer.engine.data.digits import DIGITS_COUNT, DIGITS_INPUTS, load_digits

Kind = Literal["classes", "numbers"]
Draw = Callable[[int, float, torch.Generator], tuple[Tensor, Tensor]]
Place = Callable[[Tensor, torch.Generator], Tensor]
"""Labels (m,), the class of every point, and a generator -> where the points are without noise, (m, 2)."""
Function = Callable[[Tensor], Tensor]
"""x (m, inputs) -> y (m,)."""

MAX_POINTS = 10_000
MAX_GAUSSIANS = 6
_PLANE = ("x₁", "x₂")
_TURNS = 1.75
_SQUARES = 4


@dataclass(frozen=True)
class DataSet:
    """A data set: what people call it and its inputs, and how it is drawn.

    `kind` says whether the labels are classes, named by `classes`, or numbers; for numbers, `function` gives them
    without noise. There are at most `most` points.
    """

    name: str
    label: str
    kind: Kind
    inputs: tuple[str, ...]
    classes: tuple[str, ...]
    draw: Draw
    function: Function | None = None
    most: int = MAX_POINTS

    def sample(self, count: int, noise: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """`count` points and their labels.

        Shapes: x (count, inputs) float64; labels (count,), int64 for classes, as even in number as can be but for
        digits, and float64 for numbers. Units: `noise` is the standard deviation of what is added to the inputs of
        classes, or to the numbers.

        Raises: ValueError naming the argument, its value and the limit.
        """
        if not 1 <= count <= self.most:
            raise ValueError(f"count must be from 1 to {self.most}, got {count}")
        if not (math.isfinite(noise) and noise >= 0):
            raise ValueError(f"noise must be finite and at least 0, got {noise}")
        return self.draw(count, noise, generator)


def _circles(labels: Tensor, generator: torch.Generator) -> Tensor:
    """A ring from radius 0.7 to 1, and a disc of radius 0.5 within."""
    share = _uniform(labels, generator)
    radius = torch.where(labels == 0, 0.7 + 0.3 * share, 0.5 * share)
    return radius[:, None] * _direction(2 * math.pi * _uniform(labels, generator))


def _xor(labels: Tensor, generator: torch.Generator) -> Tensor:
    """The quarters of the square, with a gap of 0.1: both signs alike, or exactly one of them positive."""
    size = 0.05 + 0.95 * torch.rand(len(labels), 2, generator=generator, dtype=torch.float64)
    sign = _signs(labels, generator)
    return size * torch.stack((sign, torch.where(labels == 0, sign, -sign)), dim=1)


def _gaussians(classes: int) -> Place:
    """Normal clouds: two across the diagonal, more around a circle."""
    radius, spread, turn = (0.7, 0.2, -0.75 * math.pi) if classes == 2 else (0.7, 0.15, math.pi / 2)

    def place(labels: Tensor, generator: torch.Generator) -> Tensor:
        centres = radius * _direction(turn + 2 * math.pi * labels.double() / classes)
        return centres + spread * _normal(centres, generator)

    return place


def _spirals(labels: Tensor, generator: torch.Generator) -> Tensor:
    """Two arms of 1.75 turns each, half a turn apart, from radius 0.05 to 1."""
    radius = 0.05 + 0.95 * _uniform(labels, generator)
    return radius[:, None] * _direction(2 * math.pi * _TURNS * radius + math.pi * labels)


def _moons(labels: Tensor, generator: torch.Generator) -> Tensor:
    """Two half circles of radius ⅔ that reach into each other."""
    arc = _direction(math.pi * _uniform(labels, generator))
    down = torch.tensor([1.0, 0.5], dtype=torch.float64) - arc
    middle = torch.tensor([0.5, 0.25], dtype=torch.float64)
    return (torch.where((labels == 0)[:, None], arc, down) - middle) / 1.5


def _checkerboard(labels: Tensor, generator: torch.Generator) -> Tensor:
    """4 × 4 squares; in the square at the lower left is the first class."""
    column = torch.randint(_SQUARES, labels.shape, generator=generator)
    pair = torch.randint(_SQUARES // 2, labels.shape, generator=generator)
    corner = torch.stack((column, 2 * pair + (column + labels) % 2), dim=1)
    inside = torch.rand(len(labels), 2, generator=generator, dtype=torch.float64)
    return (corner + inside) / (_SQUARES / 2) - 1


def _uniform(labels: Tensor, generator: torch.Generator) -> Tensor:
    return torch.rand(labels.shape, generator=generator, dtype=torch.float64)


def _normal(like: Tensor, generator: torch.Generator) -> Tensor:
    return torch.randn(like.shape, generator=generator, dtype=torch.float64)


def _signs(labels: Tensor, generator: torch.Generator) -> Tensor:
    return 2.0 * torch.randint(2, labels.shape, generator=generator).double() - 1


def _direction(angle: Tensor) -> Tensor:
    """Angles (m,) to points of the unit circle (m, 2)."""
    return torch.stack((torch.cos(angle), torch.sin(angle)), dim=1)


def _classes(name: str, label: str, place: Place, classes: int = 2) -> DataSet:
    def draw(count: int, noise: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        labels = torch.arange(count) % classes
        x = place(labels, generator)
        return x + noise * _normal(x, generator), labels

    return DataSet(name, label, "classes", _PLANE, tuple("ABCDEF"[:classes]), draw)


def _numbers(name: str, label: str, inputs: tuple[str, ...], function: Function) -> DataSet:
    def draw(count: int, noise: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        x = 2 * torch.rand(count, len(inputs), generator=generator, dtype=torch.float64) - 1
        y = function(x)
        return x, y + noise * _normal(y, generator)

    return DataSet(name, label, "numbers", inputs, (), draw, function)


def _curve(name: str, label: str, function: Function) -> DataSet:
    return _numbers(name, label, ("x",), lambda x: function(x[:, 0]))


def _surface(name: str, label: str, function: Callable[[Tensor, Tensor], Tensor]) -> DataSet:
    return _numbers(name, label, _PLANE, lambda x: function(x[:, 0], x[:, 1]))


def _digits(count: int, noise: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Digits that are drawn without putting back; with noise, their pixels are held within 0 to 1."""
    pixels, labels = load_digits()
    chosen = torch.randperm(len(labels), generator=generator)[:count]
    x = pixels[chosen]
    return (x + noise * _normal(x, generator)).clamp(0, 1), labels[chosen]


_WORDS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}

_ALL = (
    _classes("circles", "Circles", _circles),
    _classes("xor", "XOR", _xor),
    *(
        _classes(f"gaussians_{count}", f"{_WORDS[count]} Gaussians", _gaussians(count), count)
        for count in range(2, MAX_GAUSSIANS + 1)
    ),
    _classes("spirals", "Spirals", _spirals),
    _classes("moons", "Moons", _moons),
    _classes("checkerboard", "Checkerboard", _checkerboard),
    DataSet(
        *("digits", "Digits", "classes", DIGITS_INPUTS, tuple(str(digit) for digit in range(10)), _digits),
        most=DIGITS_COUNT,
    ),
    _curve("line", "Line", lambda x: 0.8 * x - 0.1),
    _curve("sine", "Sine", lambda x: torch.sin(2 * math.pi * x)),
    _curve("step", "Step", lambda x: torch.where(x < 0, -1.0, 1.0).double()),
    _curve("bump", "Bump", lambda x: torch.exp(-12 * x**2)),
    _curve("bend", "Bend", lambda x: 2 * x.abs() - 1),
    _curve("chirp", "Chirp", lambda x: torch.sin(math.pi * (x + 1) ** 2)),
    _surface("plane", "Plane", lambda x1, x2: (x1 + x2) / 2),
    _surface("saddle", "Saddle", lambda x1, x2: x1**2 - x2**2),
    _surface("product", "Product", lambda x1, x2: x1 * x2),
    _surface("ripple", "Ripple", lambda x1, x2: torch.cos(3 * math.pi * torch.hypot(x1, x2))),
)
DATA_SETS: Mapping[str, DataSet] = MappingProxyType({each.name: each for each in _ALL})
"""Every data set by its name."""
