"""One unit's weighted sum over windows in several maps, map by map, and its ReLU."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from visualizer.engine.arguments import checked_tensor
from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import (
    Apply,
    Dot,
    Ref,
    Step,
    Sum,
    Trace,
    chapters_from,
)

_ALL = slice(None)
_PART = (
    "Each value in the window is multiplied by the weight in the same position, and the products are added. Every map "
    "has its own weights: they say what this unit looks for in that map."
)
_SUM = "The sums of all maps, plus the bias. This is the value in the figure of all layers."
_RELU = "A positive value passes unchanged, any other becomes 0."
_ONE_MAP = "The unit sees the one map below it: {products:,} products, added up, plus one bias."
_MAPS = "The unit sees all {maps} maps below it at once: {products:,} products, added up map by map, plus one bias."


def trace_weighted_sum(x: object, weight: object, bias: object = 0.0, *, relu: bool = False) -> Trace:
    """What one unit of a convolution, or of a fully connected layer over maps, adds up, map by map.

    Shapes: x and weight (maps, rows, columns): the window that the unit sees, zeros where it reaches over the edge, and
    its weights; bias a number. Tensors, or what torch.tensor takes; copied, as float64. Arrays: x, weight, bias, parts
    (maps,), y and, with `relu`, h = max(0, y).

    Raises: ValueError naming the argument, its value and the limit.
    Source: LeCun et al. 1998 for maps of maps.
    """
    window, weights = (
        checked_tensor("x", x, "maps, rows, columns"),
        checked_tensor("weight", weight, "maps, rows, columns"),
    )
    if window.shape != weights.shape:
        raise ValueError(f"weight must have the shape of x, {tuple(window.shape)}, got {tuple(weights.shape)}")
    offset = checked_tensor("bias", torch.as_tensor(bias, dtype=torch.float64).reshape(-1), "numbers")
    if len(offset) != 1:
        raise ValueError(f"bias must be one number, got {len(offset)}")
    arrays = _arrays(window, weights, offset[0], relu)
    parts = {"Maps": list(_part_steps(len(window))), "Sum": list(_sum_steps(relu))}
    return Trace(
        kind="weighted_sum",
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols={name: _SYMBOLS[name] for name in arrays},
        checks={"y": torch.nn.functional.conv2d(window[None], weights[None], offset)[0, 0, 0, 0]},
        title="One number, map by map",
        summary=(_MAPS if len(window) > 1 else _ONE_MAP).format(maps=len(window), products=window.numel()),
        overview=_OVERVIEW,
        legend="c indexes the maps below, i and j the rows and columns of the window.",
    )


_SYMBOLS = {
    "x": Symbol("x", below=(0, 1, 2), matrix="x"),
    "weight": Symbol("w", below=(0, 1, 2), matrix="w"),
    "bias": Symbol("b", matrix="b"),
    "parts": Symbol("s", below=(0,), matrix="s"),
    "y": Symbol("y", matrix="y"),
    "h": Symbol("h", matrix="h"),
}
_OVERVIEW: Template = (
    *("row", "y", "=", "b", "+", ("sub", "Σ", "c"), ("sub", "s", "c"), ",", ("sub", "s", "c"), "="),
    *(("sub", "Σ", "i"), ("sub", "Σ", "j"), ("sub", "w", "c,i,j"), "·", ("sub", "x", "c,i,j")),
)


def _arrays(x: Tensor, weight: Tensor, bias: Tensor, relu: bool) -> dict[str, Tensor]:
    parts = (x * weight).sum(dim=(1, 2))
    arrays = {"x": x, "weight": weight, "bias": bias, "parts": parts, "y": parts.sum() + bias}
    return arrays | ({"h": torch.relu(arrays["y"])} if relu else {})


def _part_steps(maps: int) -> Iterator[Step]:
    for at in range(maps):
        products = Dot(Ref("x", (at, _ALL, _ALL)), Ref("weight", (at, _ALL, _ALL)))
        title = f"What does feature map {at + 1} add?"
        yield Step(Ref("parts", (at,)), products, "forward", title, _PART, f"map {at + 1}", "map")


def _sum_steps(relu: bool) -> Iterator[Step]:
    total = Sum((Ref("bias"), Ref("parts", (_ALL,))))
    yield Step(Ref("y"), total, "forward", "What do all maps add up to?", _SUM, "sum", "sum")
    if relu:
        title = "What does ReLU make of this value?"
        yield Step(Ref("h"), Apply("relu", (Ref("y"),)), "forward", title, _RELU, "ReLU", "ReLU")
