"""A deconvolutional net from a unit to one pixel: what is passed down, switches, ReLU, kernels, and their sum."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.columns import HEIGHT, TOP, Column, Face, column_marks, fitted, signed
from visualizer.scenes.scene import Box, Grid, Label, Mark, Number, Products, Scene

GAP = 26.0
PRODUCTS = 260.0
WIDE = 190.0
"""Wide enough for cells of 5 × 5 to hold short numbers, all of one size."""
UNIT, ADDED = 92.0, 130.0
_MAPS = ("kernel2", "d", "s", "u", "h", "kernel1", "q")


def draw_deconvnet(trace: Trace) -> Scene:
    """The scene of `trace_deconvnet`: one map of the first layer at a time, and what each map adds to the pixel."""
    columns = tuple(fitted(trace, column) for column in _columns(trace))
    marks: list[Mark] = list(_unit())
    x = 8.0 + UNIT + GAP
    for column in columns:
        marks += column_marks(trace, column, x)
        x += column.width + GAP
    marks += [Label(x + PRODUCTS / 2, 16, 15, text="products"), Products(x, TOP, PRODUCTS, HEIGHT - TOP)]
    x += PRODUCTS + GAP
    marks += _added(trace, x)
    maps = len(trace["d"])
    axes = dict.fromkeys(_MAPS, 0)
    return Scene(x + ADDED + 8, HEIGHT, tuple(marks), maps, "map", axes, _description(maps))


def _columns(trace: Trace) -> tuple[Column, ...]:
    wide, channels = WIDE, trace["kernel1"].shape[1]
    rectified = Face("h", "ReLU h", (), signed(1))
    kernel = Face("kernel1", "kernel w", (), signed(channels))
    last = ((rectified, kernel),) if channels == 1 else ((rectified,), (kernel,))
    return (
        Column((Face("kernel2", "kernel v", (), signed(1)), Face("d", "passed down d", (), signed(1))), wide, True),
        Column((Face("s", "switches s", (), ("grey",)), Face("u", "unpooled u", (), signed(1))), wide, True),
        *(Column(faces, wide, True) for faces in last),
    )


def _unit() -> Iterator[Mark]:
    """The unit's activation, before and after ReLU."""
    middle = 8.0 + UNIT / 2
    yield Label(middle, 16, 15, text="unit")
    for ref, y, name in (("a", 220.0, "activation"), ("r", 320.0, "after ReLU")):
        yield Box(middle - 42, y - 18, 84, 36, (ref,))
        yield Number(middle, y, ref, 16, shrink=76)
        yield Label(middle, y - 30, 13, text=name)


def _added(trace: Trace, x: float) -> Iterator[Mark]:
    """What each map adds, a row a map and a column a channel, and the pixel below."""
    maps, channels = trace["q"].shape
    cell = min(48.0, ADDED / channels, (HEIGHT - TOP - 110) / maps)
    left = x + (ADDED - cell * channels) / 2
    yield Label(x + ADDED / 2, 16, 15, text="each map adds")
    yield Grid(left, TOP, cell, "q", (), maps, channels)
    y = TOP + cell * maps + 62
    yield Label(x + ADDED / 2, y - 34, 15, text="pixel")
    for channel in range(channels):
        middle = x + ADDED / channels * (channel + 0.5)
        wide = ADDED / channels - 6
        yield Box(middle - wide / 2, y - 18, wide, 36, (f"y[{channel}]",))
        yield Number(middle, y, f"y[{channel}]", 16 if channels == 1 else 12, shrink=wide - 6)


def _description(maps: int) -> str:
    return (
        f"The unit, its kernel for one of {maps} maps, what is passed down, the switches, the unpooled map before and "
        f"after ReLU, the first layer's kernel, the products of a step, and what each map adds to the pixel."
    )
