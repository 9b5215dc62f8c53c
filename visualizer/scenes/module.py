"""A stack of layers, left to right: each array as a grid of its numbers, with its gradient beside or below it.

Vectors stand as columns, matrices and maps as grids; an axis of examples is the frame that is shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from visualizer.engine.trace.operations import reads
from visualizer.engine.trace.trace import Trace
from visualizer.scenes.scene import Box, Grid, Label, Mark, Number, Scene

TOP = 58.0
HEIGHT = 620.0
GAP = 26.0
BETWEEN = 8.0
TITLE = 22.0
WIDEST = 62.0
TALLEST = 30.0
MAP_CELL = 26.0
LARGEST_GRID = 300.0
SCALAR = (96.0, 40.0)


@dataclass(frozen=True)
class Block:
    """An array in the figure: its grids side by side or one below the other, each `rows` × `columns` cells."""

    array: str
    places: tuple[tuple[int | str, ...], ...]
    rows: int
    columns: int
    cell: tuple[float, float]
    across: int

    @property
    def width(self) -> float:
        return self.across * self.columns * self.cell[0] + (self.across - 1) * BETWEEN

    @property
    def down(self) -> int:
        return math.ceil(len(self.places) / self.across)

    @property
    def height(self) -> float:
        return self.down * self.rows * self.cell[1] + (self.down - 1) * BETWEEN


def draw_module(trace: Trace) -> Scene:
    """The scene of `trace_module`."""
    marks: list[Mark] = []
    x = GAP / 2
    for heading, arrays in _layers(trace):
        left = x
        for array in arrays:
            placed = list(_array(trace, array, x))
            marks += placed
            x += _width(trace, array) + GAP
        if heading:
            marks.append(Label((left + x - GAP) / 2, 16, 15, text=heading))
    examples = {name: symbol.example for name, symbol in trace.symbols.items() if symbol.example is not None}
    frames = max((trace[name].shape[axis] for name, axis in examples.items()), default=1)
    lowest = max((_bottom(mark) for mark in marks), default=HEIGHT)
    return Scene(
        max(x, 480.0),
        max(lowest + 14, 300.0),
        tuple(marks),
        frames,
        "example",
        examples,
        f"{trace.title}: {', '.join(heading for heading, _ in _layers(trace) if heading)}.",
        least_scale=0.8,
    )


def _layers(trace: Trace) -> list[tuple[str, list[str]]]:
    """By heading, the arrays in the order in which the forward pass needs them: parameters before what they make."""
    layers: dict[str, list[str]] = {"": ["x"]}
    seen = {"x"}
    for step in trace.steps:
        if step.phase not in ("forward", "loss"):
            continue
        heading = step.layer.split(", time step")[0]
        for name in [*(ref.name for ref in reads(step.expression)), step.target.name]:
            if name not in seen and not name.startswith("grad_"):
                seen.add(name)
                layers.setdefault(heading, []).append(name)
    return [(heading, arrays) for heading, arrays in layers.items() if arrays]


def _array(trace: Trace, array: str, x: float) -> Iterator[Mark]:
    """An array with its name above and its gradient below, or beside it where it is a column."""
    gradient = f"grad_{array}"
    block = _block(trace, array)
    if block is None:
        yield from _scalar(trace, array, x)
        return
    yield Label(x + block.width / 2, TOP - 18, 13, text=_name(trace, array))
    yield from _grids(block, x, TOP)
    if gradient not in trace.arrays:
        return
    second = replace(block, array=gradient)
    if _is_column(block):
        yield Label(x + block.width * 1.5 + BETWEEN, TOP - 18, 13, text="∂ℓ/∂")
        yield from _grids(second, x + block.width + BETWEEN, TOP)
        return
    top = TOP + block.height + TITLE + BETWEEN
    yield Label(x + block.width / 2, top - 12, 13, text="∂ℓ/∂")
    yield from _grids(second, x, top)


def _scalar(trace: Trace, array: str, x: float) -> Iterator[Mark]:
    width, height = SCALAR
    yield Label(x + width / 2, TOP - 18, 13, text=_name(trace, array))
    yield Box(x, TOP, width, height, (array,), radius=10)
    yield Number(x + width / 2, TOP + height / 2, array, 17, shrink=width - 12)


def _grids(block: Block, x: float, top: float) -> Iterator[Mark]:
    width, height = block.columns * block.cell[0] + BETWEEN, block.rows * block.cell[1] + BETWEEN
    for number, place in enumerate(block.places):
        row, column = divmod(number, block.across)
        yield Grid(
            x + column * width,
            top + row * height,
            block.cell[0],
            block.array,
            place,
            block.rows,
            block.columns,
            height=block.cell[1],
        )


def _block(trace: Trace, array: str) -> Block | None:
    """How an array is laid out; None for a single number."""
    shape = tuple(trace[array].shape)
    example = trace.symbols[array].example
    axes = [axis for axis in range(len(shape)) if axis != example]
    if not axes:
        return None
    shown = axes[-2:] if len(axes) > 1 else axes
    rows = shape[shown[0]]
    columns = shape[shown[1]] if len(shown) > 1 else 1
    lead: list[Sequence[int | str]] = [range(shape[axis]) if axis in axes else ("@",) for axis in range(shown[0])]
    places = tuple(product(*lead))
    across = _across(len(places), shape[axes[0]] if len(axes) == 4 else 1)
    down = math.ceil(len(places) / across)
    room = (HEIGHT - TOP) / (1 if columns == 1 else 2) - TITLE
    if len(places) > 1 or rows * columns > 64:
        cell = min(MAP_CELL * 1.6, LARGEST_GRID / (columns * across), (room / down - BETWEEN) / rows)
        return Block(array, places, rows, columns, (max(cell, 3.0), max(cell, 3.0)), across)
    height = min(TALLEST, room / rows)
    return Block(array, places, rows, columns, (min(WIDEST, LARGEST_GRID / columns), height), across)


def _across(count: int, filters: int) -> int:
    """How many grids stand side by side: of a kernel the channels, of maps as many as keep the whole near a square."""
    if filters > 1:
        return count // filters
    return 1 if count <= 3 else math.ceil(math.sqrt(count))


def _is_column(block: Block) -> bool:
    return block.columns == 1 and block.across == 1


def _width(trace: Trace, array: str) -> float:
    block = _block(trace, array)
    if block is None:
        return SCALAR[0]
    beside = f"grad_{array}" in trace.arrays and _is_column(block)
    return max(block.width * (2 if beside else 1) + (BETWEEN if beside else 0), 7.2 * len(_name(trace, array)))


def _name(trace: Trace, array: str) -> str:
    return array


def _bottom(mark: Mark) -> float:
    if isinstance(mark, Grid):
        return mark.y + mark.rows * (mark.height or mark.cell)
    return mark.y + getattr(mark, "height", 0.0) if hasattr(mark, "y") else 0.0
