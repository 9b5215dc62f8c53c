"""One number of the overview as a walk: the layer around it, over no more than what it is made of."""

from __future__ import annotations

from dataclasses import replace

from torch import Tensor
from torch.nn import functional

from visualizer.engine import (
    Ref,
    Trace,
    trace_block,
    trace_convolution,
    trace_pooling,
    trace_softmax,
    trace_weighted_sum,
)
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.place import Place, words_of

Pair = tuple[int, int]
Sides = tuple[int, int, int, int]
Walk = tuple[Trace, Ref]
"""A trace, and the number in it that was asked for."""
_FEW_MAPS = 3
"""So many are shown at once, with numbers that can be read; of more, one after the other."""
_AROUND = 1
"""How many neighbours on each side a walk has besides."""


def walk_of(lesson: Lesson, place: Place, target: int) -> Walk:
    """The walk in which a number is computed; `target` is the class whose loss ends the walk of a softmax.

    Raises: ValueError for a pixel of the image, which nothing makes, and for scores too large for a softmax.
    """
    if place.layer == "x":
        raise ValueError("a pixel of the image is where everything starts: nothing makes it")
    if place.layer == "p":
        trace, ref = trace_softmax(lesson.found["z"][0], lesson.classes, target), Ref("p", (place.map,))
    elif place.layer == "z":
        weight, bias = lesson.net["out_weight"][place.map], lesson.net["out_bias"][place.map]
        x = lesson.found["pool2"][0]
        trace, ref = trace_weighted_sum(x, weight.view_as(x), bias), Ref("y")
    else:
        trace, ref = _of_map(lesson, place)
    return replace(trace, title=f"How is {words_of(place, lesson.classes)} computed?"), ref


def _of_map(lesson: Lesson, place: Place) -> Walk:
    number = int(place.layer[-1])
    below = lesson.found["x" if number == 1 else "pool1"][0]
    only = slice(place.map, place.map + 1)
    weight, bias = lesson.net[f"conv{number}_weight"][only], lesson.net[f"conv{number}_bias"][only]
    pool = lesson.net.shape.pools[number - 1]
    if len(below) <= _FEW_MAPS:
        if place.layer.startswith("conv"):
            return _convolution(below, weight, bias, place)
        return _block(below, weight, bias, place, pool)
    if place.layer.startswith("pool"):
        return _pooling(lesson.found[f"relu{number}"][0, only], place, pool)
    reach = weight.shape[-1] // 2
    x, padding = window(below, (place.row, place.column), (1, 1), reach)
    top, bottom, left, right = padding
    relu = place.layer.startswith("relu")
    trace = trace_weighted_sum(functional.pad(x, (left, right, top, bottom)), weight[0], bias[0], relu=relu)
    return trace, Ref("h" if relu else "y")


def _convolution(below: Tensor, weight: Tensor, bias: Tensor, place: Place) -> Walk:
    """The number and its neighbours."""
    (top, rows), (left, columns) = (_around(at, below.shape[-1]) for at in (place.row, place.column))
    x, padding = window(below, (top, left), (rows, columns), weight.shape[-1] // 2)
    trace = trace_convolution(x, weight, bias, padding=padding)
    return trace, Ref("y", (0, place.row - top, place.column - left))


def _block(below: Tensor, weight: Tensor, bias: Tensor, place: Place, pool: int) -> Walk:
    """The window of the pooling that the number is in; alone where the pooling leaves it out."""
    pooled = place.layer.startswith("pool")
    row, column = (at if pooled else at // pool for at in (place.row, place.column))
    if max(row, column) >= below.shape[-1] // pool:
        row, column, pool = place.row, place.column, 1
    corner = row * pool, column * pool
    x, padding = window(below, corner, (pool, pool), weight.shape[-1] // 2)
    trace = trace_block(x, weight, bias, padding=padding, pooling={"kernel_size": pool})
    return trace, Ref("p", (0, 0, 0)) if pooled else Ref("h", (0, place.row - corner[0], place.column - corner[1]))


def _pooling(active: Tensor, place: Place, pool: int) -> Walk:
    """The number and its neighbours. Shape of the map: (1, side, side)."""
    (top, rows), (left, columns) = (_around(at, active.shape[-1] // pool) for at in (place.row, place.column))
    part = active[:, top * pool : (top + rows) * pool, left * pool : (left + columns) * pool]
    return trace_pooling(part, kernel_size=pool), Ref("y", (0, place.row - top, place.column - left))


def _around(at: int, side: int) -> Pair:
    """Where a number and its neighbours begin, and how many they are."""
    start = max(0, at - _AROUND)
    return start, min(side, at + _AROUND + 1) - start


def window(maps: Tensor, corner: Pair, outputs: Pair, reach: int) -> tuple[Tensor, Sides]:
    """What outputs (rows, columns) from a corner see of maps (n, side, side), and how much of it is padding.

    `reach` is how far a kernel reaches around its middle. The padding is that of top, bottom, left and right.
    """
    side = maps.shape[-1]
    (top, left), (bottom, right) = [
        [at - reach for at in corner],
        [at + count + reach for at, count in zip(corner, outputs, strict=True)],
    ]
    part = maps[:, max(0, top) : min(side, bottom), max(0, left) : min(side, right)].clone()
    return part, (max(0, -top), max(0, bottom - side), max(0, -left), max(0, right - side))
