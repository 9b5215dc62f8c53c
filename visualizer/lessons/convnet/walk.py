"""One number of the overview as a walk: the layer around it, over no more than what it is made of."""

from __future__ import annotations

from dataclasses import replace

from torch import Tensor

from visualizer.engine import Ref, Trace, trace_block, trace_convolution
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.place import Place

Sides = tuple[int, int, int, int]
Walk = tuple[Trace, Ref]
"""A trace, and the number in it that was asked for."""


def walk_of(lesson: Lesson, place: Place) -> Walk:
    """The walk in which a number comes about. Raises: ValueError for a pixel of the image: nothing makes it."""
    if place.layer == "x":
        raise ValueError("a pixel of the image comes from nothing")
    if place.layer == "p":
        raise ValueError("soon")
    trace, ref = _around(lesson, place)
    title = f"How does {place.words} come about?"
    return replace(trace, title=title), ref


def _around(lesson: Lesson, place: Place) -> Walk:
    number = int(place.layer[-1])
    source = "x" if number == 1 else "pool1"
    weight = lesson.net[f"conv{number}_weight"][place.map : place.map + 1]
    bias = lesson.net[f"conv{number}_bias"][place.map : place.map + 1]
    below, reach = lesson.found[source][0], lesson.net.shape.kernel // 2
    if place.layer.startswith("conv"):
        x, padding = window(below, (place.row, place.column), 1, reach)
        return trace_convolution(x, weight, bias, padding=padding), Ref("y", (0, 0, 0))
    pool = lesson.net.shape.pools[number - 1]
    side = lesson.net.shape.sizes[number]
    row, column = place.row, place.column
    if not place.layer.startswith("pool"):
        row, column = row // pool, column // pool
    if max(row, column) >= side:  # left over by the pooling: its own window
        x, padding = window(below, (place.row, place.column), 1, reach)
        trace = trace_block(x, weight, bias, padding=padding, pooling={"kernel_size": 1})
        return trace, Ref("h", (0, 0, 0))
    x, padding = window(below, (row * pool, column * pool), pool, reach)
    trace = trace_block(x, weight, bias, padding=padding, pooling={"kernel_size": pool})
    if place.layer.startswith("pool"):
        return trace, Ref("p", (0, 0, 0))
    return trace, Ref("h", (0, place.row - row * pool, place.column - column * pool))


def window(maps: Tensor, corner: tuple[int, int], size: int, reach: int) -> tuple[Tensor, Sides]:
    """What size × size outputs from a corner see of maps (n, side, side), and how much of it is padding."""
    side = maps.shape[-1]
    starts = [at - reach for at in corner]
    stops = [at + size + reach for at in corner]
    (top, left), (bottom, right) = [max(0, at) for at in starts], [min(side, at) for at in stops]
    padding = (top - starts[0], stops[0] - bottom, left - starts[1], stops[1] - right)
    return maps[:, top:bottom, left:right].clone(), padding
