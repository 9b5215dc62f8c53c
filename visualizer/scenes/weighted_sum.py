"""A unit's weighted sum: one map at a time, its window, weights and products; what each map adds, and their sum."""

from __future__ import annotations

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.columns import HEIGHT, TOP, Column, Face, column_marks, fitted, image_face, signed
from visualizer.scenes.scene import Box, Grid, Label, Mark, Number, Products, Scene

GAP = 22.0
PRODUCTS = 260.0
WIDE = 190.0
"""So wide that cells of 5 × 5 hold short numbers, all of one size."""
PART_WIDTH = 84.0
_NAMES = 44.0
_TALLEST = 34.0
_RESULT = 118.0


def draw_weighted_sum(trace: Trace) -> Scene:
    """The scene of `trace_weighted_sum`."""
    window = fitted(trace, Column((image_face(trace, "x", "window", (), frame=True),), width=WIDE, frame=True))
    weights = fitted(trace, Column((Face("weight", "weights", (), signed(1)),), width=WIDE, frame=True))
    marks: list[Mark] = []
    x = 8.0
    for column in (window, weights):
        marks += column_marks(trace, column, x)
        x += column.width + GAP
    marks += [Label(x + PRODUCTS / 2, 16, 15, text="products"), Products(x, TOP, PRODUCTS, HEIGHT - TOP)]
    x += PRODUCTS + GAP + _NAMES
    marks += _parts(trace, x)
    x += PART_WIDTH + 2 * GAP
    marks += _results(trace, x + _RESULT / 2)
    maps = len(trace["x"])
    axes = dict.fromkeys(("x", "weight"), 0) | {"parts": 0}
    return Scene(x + _RESULT + 8, HEIGHT, tuple(marks), maps, "map", axes, f"A unit's windows in {maps} maps.")


def _parts(trace: Trace, x: float) -> list[Mark]:
    """What each map adds, in a column of the map's numbers."""
    maps = len(trace["parts"])
    high = min(_TALLEST, (HEIGHT - TOP - 30) / maps)
    top = TOP + (HEIGHT - TOP - high * maps) / 2
    marks: list[Mark] = [Label(x + PART_WIDTH / 2, 16, 15, text="each map adds")]
    for at in range(maps):
        marks += [Label(x - 8, top + high * (at + 0.5), min(14.0, high * 0.6), text=f"map {at + 1}", anchor="end")]
    grid = Grid(x, top, PART_WIDTH, "parts", (), maps, 1, height=high)
    return [*marks, grid]


def _results(trace: Trace, middle: float) -> list[Mark]:
    """Bias, sum and its ReLU, one below the other."""
    rows = [("bias", "bias b"), ("y", "the sum y")] + ([("h", "ReLU h")] if "h" in trace.arrays else [])
    marks: list[Mark] = []
    for number, (name, title) in enumerate(rows):
        y = TOP + (HEIGHT - TOP) * (number + 0.5) / len(rows) * 0.7 + (HEIGHT - TOP) * 0.15
        marks += [
            Label(middle, y - 38, 15, text=title),
            Box(middle - _RESULT / 2, y - 24, _RESULT, 48, (name,), radius=10),
            Number(middle, y, name, 18, shrink=_RESULT - 16),
        ]
    return marks
