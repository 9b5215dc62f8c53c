"""A stack of layers, left to right: each array as a grid of its numbers, with its gradient beside or below it.

Vectors stand as columns, matrices and maps as grids; an axis of examples is the frame that is shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product, zip_longest

from visualizer.engine.trace.operations import reads
from visualizer.engine.trace.trace import Trace
from visualizer.scenes.network import Names, draw_units
from visualizer.scenes.scene import Box, Grid, Label, Mark, Number, Role, Scene

ELEMENTWISE = ("ReLU", "LeakyReLU", "ELU", "GELU", "SiLU", "Sigmoid", "Tanh", "Softplus")
TOP = 58.0
HEIGHT = 620.0
GAP = 26.0
BETWEEN = 8.0
TITLE = 22.0
WIDEST = 64.0
TALLEST = 34.0
MAP_CELL = 26.0
LARGEST_GRID = 250.0
SCALAR = (96.0, 40.0)
LONGEST = 20
"""Numbers of a vector in one column."""
MAX_COLUMNS = 4
MANY = 64
"""Numbers of a matrix, above which its cells are small."""


@dataclass(frozen=True)
class Block:
    """An array in the figure: its grids side by side or one below the other, each `rows` × `columns` cells.

    A long vector is cut into columns that begin at its numbers `firsts`.
    """

    array: str
    places: tuple[tuple[int | str, ...], ...]
    rows: int
    columns: int
    cell: tuple[float, float]
    across: int
    firsts: tuple[int, ...] = (0,)
    length: int = 0

    @property
    def width(self) -> float:
        across = self.across * len(self.firsts)
        return across * self.columns * self.cell[0] + (across - 1) * BETWEEN

    @property
    def down(self) -> int:
        return math.ceil(len(self.places) / self.across)

    @property
    def height(self) -> float:
        return self.down * self.rows * self.cell[1] + (self.down - 1) * BETWEEN


MOST_UNITS = 8


def draw_module(trace: Trace) -> Scene:
    """The scene of `trace_module`: small layers of units as a graph, all others as grids."""
    names = _dense(trace)
    return draw_units(trace, names, "target") if names else _draw_grids(trace)


def _dense(trace: Trace) -> list[Names]:
    """The layers of a stack that is nothing but small Linear layers, each with an activation or none; else empty."""
    layers = [(heading, arrays) for heading, arrays in _layers(trace) if heading and heading != "loss"]
    updates = [array for heading, arrays in layers if heading.startswith("parameter") for array in arrays]
    if not all(array == "learning_rate" or array.startswith("new_") for array in updates):
        return []  # moments and the like have no place in the graph
    layers = [(heading, arrays) for heading, arrays in layers if not heading.startswith("parameter")]
    names: list[Names] = []
    for heading, arrays in layers:
        kind, output = heading.split()[-1], arrays[-1]
        if kind == "Linear" and len(trace[output].shape) == 2 and max(trace[arrays[0]].shape) <= MOST_UNITS:
            names.append(Names(arrays[0], arrays[1] if len(arrays) == 3 else "", output, ""))
        elif kind in ELEMENTWISE and names and not names[-1].output and len(arrays) == 1:
            names[-1] = replace(names[-1], output=output)
        else:
            return []
    if names and "p" in trace.arrays:
        return [*names[:-1], replace(names[-1], output="p")] if not names[-1].output else []
    return names


def _draw_grids(trace: Trace) -> Scene:
    marks: list[Mark] = []
    x, given = GAP / 2, _given(trace)
    for heading, arrays in _layers(trace):
        left = x
        for array, following in zip_longest(arrays, arrays[1:]):
            marks += _array(trace, array, x)
            together = array in given and following in given
            x += _width(trace, array) + (2 * BETWEEN if together else GAP)
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
        short_sums=True,
    )


def _layers(trace: Trace) -> list[tuple[str, list[str]]]:
    """By heading, the arrays in the order in which the forward pass needs them: parameters before what they make."""
    layers: dict[str, list[str]] = {"": ["x"]}
    seen = {"x"}
    for step in trace.steps:
        if step.phase == "backward":
            continue
        heading = step.layer.split(", time step")[0]
        for name in [*(ref.name for ref in reads(step.expression)), step.target.name]:
            if name not in seen and not name.startswith("grad_"):
                seen.add(name)
                layers.setdefault(heading, []).append(name)
    return [(heading, arrays) for heading, arrays in layers.items() if arrays]


def _given(trace: Trace) -> frozenset[str]:
    """The arrays that no step writes: parameters, constants and the input."""
    return frozenset(trace.arrays) - {step.target.name for step in trace.steps}


def _array(trace: Trace, array: str, x: float) -> Iterator[Mark]:
    """An array with its name above and its gradient below, or beside it where it is a column."""
    gradient = f"grad_{array}"
    block = _block(trace, array)
    if block is None:
        yield from _scalar(trace, array, x)
        return
    yield Label(x + block.width / 2, TOP - 18, 13, text=array)
    yield from _grids(block, x, TOP)
    if gradient not in trace.arrays:
        return
    second = replace(block, array=gradient)
    if _is_column(block) and array not in _given(trace):
        yield Label(x + block.width * 1.5 + BETWEEN, TOP - 18, 13, text="gradient")
        yield from _grids(second, x + block.width + BETWEEN, TOP)
        return
    top = TOP + block.height + TITLE + BETWEEN
    yield Label(x + block.width / 2, top - 12, 13, text="gradient")
    yield from _grids(second, x, top)


def _scalar(trace: Trace, array: str, x: float) -> Iterator[Mark]:
    """A single number, or one for each example, with its gradient below."""
    width, height = SCALAR
    example = trace.symbols[array].example
    index = ",".join("@" if axis == example else "0" for axis in range(trace[array].dim()))
    yield Label(x + width / 2, TOP - 18, 13, text=array)
    roles: tuple[tuple[str, Role], ...] = ((array, "value"), (f"grad_{array}", "gradient"))
    for place, (name, role) in enumerate(each for each in roles if each[0] in trace.arrays):
        y, ref = TOP + place * (height + BETWEEN), f"{name}[{index}]" if index else name
        yield Box(x, y, width, height, (ref,), radius=10)
        yield Number(x + width / 2, y + height / 2, ref, 17, role, shrink=width - 12)


def _grids(block: Block, x: float, top: float) -> Iterator[Mark]:
    width, height = block.columns * block.cell[0] + BETWEEN, block.rows * block.cell[1] + BETWEEN
    for number, (place, first) in enumerate(product(block.places, block.firsts)):
        row, column = divmod(number, block.across * len(block.firsts))
        yield Grid(
            x + column * width,
            top + row * height,
            block.cell[0],
            block.array,
            place,
            min(block.rows, block.length - first) if block.length else block.rows,
            block.columns,
            height=block.cell[1],
            first=first,
        )


def _block(trace: Trace, array: str) -> Block | None:
    """How an array is laid out; None for a single number."""
    shape = tuple(trace[array].shape)
    example = trace.symbols[array].example
    axes = [axis for axis in range(len(shape)) if axis != example]
    if array == "x" or array not in _given(trace):
        axes = [axis for axis in axes if shape[axis] > 1] or axes[-1:]  # one example alone counts none
    if not axes:
        return None
    shown = axes[-2:] if len(axes) > 1 else axes
    rows = shape[shown[0]]
    columns = shape[shown[1]] if len(shown) > 1 else 1
    lead: list[Sequence[int | str]] = [("@",) if axis == example else range(shape[axis]) for axis in range(shown[0])]
    places = tuple(product(*lead))
    across = _across(len(places), shape[axes[0]] if len(axes) == 4 else 1)
    down = math.ceil(len(places) / across)
    beside = columns == 1 and array not in _given(trace)
    if len(shown) == 1 and len(places) == 1 and rows > LONGEST:
        return _cut(array, places, rows, HEIGHT - TOP if beside else (HEIGHT - TOP) / 2 - TITLE)
    room = (HEIGHT - TOP) / (1 if beside else 2) - TITLE
    if len(places) == 1 and array in _given(trace) and rows * columns > MANY:  # a matrix; its cells may be oblong
        return Block(array, places, rows, columns, (LARGEST_GRID / columns, min(MAP_CELL, room / rows)), across)
    if len(places) > 1 or rows * columns > MANY:
        cell = min(MAP_CELL * 1.6, LARGEST_GRID / (columns * across), (room / down - BETWEEN) / rows)
        return Block(array, places, rows, columns, (max(cell, 3.0), max(cell, 3.0)), across)
    height = min(TALLEST, room / rows)
    return Block(array, places, rows, columns, (min(WIDEST, LARGEST_GRID / columns), height), across)


def _cut(array: str, places: tuple[tuple[int | str, ...], ...], length: int, room: float) -> Block:
    """A long vector in columns side by side."""
    columns = min(MAX_COLUMNS, math.ceil(length / LONGEST))
    rows = math.ceil(length / columns)
    cell = min(WIDEST, LARGEST_GRID / columns), min(TALLEST, room / rows)
    return Block(array, places, rows, 1, cell, 1, tuple(range(0, length, rows)), length)


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
    beside = f"grad_{array}" in trace.arrays and _is_column(block) and array not in _given(trace)
    return max(block.width * (2 if beside else 1) + (BETWEEN if beside else 0), 7.2 * len(array))


def _bottom(mark: Mark) -> float:
    if isinstance(mark, Grid):
        return mark.y + mark.rows * (mark.height or mark.cell)
    return mark.y + getattr(mark, "height", 0.0) if hasattr(mark, "y") else 0.0
