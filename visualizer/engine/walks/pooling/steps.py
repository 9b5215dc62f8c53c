"""The steps of a pooling: each window's maximum or mean, and each number's gradient.

The backward steps are written by hand, as that is quicker than `trace.derive`, and tests hold the two together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from torch import Tensor

from visualizer.engine.geometry import Overlap
from visualizer.engine.trace.trace import (
    Expression,
    Maximum,
    Mean,
    Product,
    Ref,
    Step,
    Sum,
)
from visualizer.engine.walks.convolution.notes import of_channel
from visualizer.engine.walks.convolution.steps import length, numbers, overlap
from visualizer.engine.walks.pooling import notes as notes
from visualizer.engine.walks.pooling.layer import Pooling
from visualizer.engine.walks.pooling.values import winners

# ---- forward -----------------------------------------------------------------------------------------------------


def pooling_steps(pooling: Pooling, arrays: Mapping[str, Tensor]) -> Iterator[Step]:
    """The pooled numbers, channel by channel, row by row. The step of a maximum writes its switch, too."""
    if pooling.is_max:
        equal = winners(pooling, arrays[pooling.source], arrays[pooling.target]).tolist()
    for channel in range(pooling.channels):
        for row in range(pooling.grid.rows.windows):
            if pooling.is_max:
                yield from _maximum_row(pooling, channel, row, equal[channel][row])
            else:
                yield from _mean_row(pooling, channel, row)


def _maximum_row(pooling: Pooling, channel: int, row: int, equal: list[int]) -> Iterator[Step]:
    name, unit = _stretch(pooling, channel, row)
    rows = pooling.blocks(pooling.grid.rows)[row]
    for column, columns in enumerate(pooling.blocks(pooling.grid.columns)):
        at = (channel, row, column)
        title, note = notes.maximum_words(length(rows) * length(columns), pooling.numbers, equal[column])
        largest = Maximum(Ref(pooling.source, (channel, rows, columns)), Ref("switches", at))
        yield Step(Ref(pooling.target, at), largest, "forward", title, note, name, unit)


def _mean_row(pooling: Pooling, channel: int, row: int) -> Iterator[Step]:
    name, unit = _stretch(pooling, channel, row)
    rows, height = pooling.blocks(pooling.grid.rows)[row], pooling.counts(pooling.grid.rows)[row]
    widths = pooling.counts(pooling.grid.columns)
    for column, columns in enumerate(pooling.blocks(pooling.grid.columns)):
        count = height * widths[column]
        title, note = notes.mean_words(length(rows) * length(columns), count, pooling.numbers)
        mean = Mean(Ref(pooling.source, (channel, rows, columns)), count)
        yield Step(Ref(pooling.target, (channel, row, column)), mean, "forward", title, note, name, unit)


def _stretch(pooling: Pooling, channel: int, row: int) -> tuple[str, str]:
    return of_channel("output" if pooling.target == "y" else "pooled", pooling.channels, channel), f"row {row + 1}"


# ---- backward ----------------------------------------------------------------------------------------------------

_Won = Mapping[tuple[int, int], list[Ref]]


def unpooling_steps(pooling: Pooling, arrays: Mapping[str, Tensor]) -> Iterator[Step]:
    """The gradient of what was pooled, channel by channel, row by row."""
    won = _won(pooling, arrays["switches"]) if pooling.is_max else {}
    counts = pooling.counts(pooling.grid.rows), pooling.counts(pooling.grid.columns)
    title, kind = notes.grad_title(pooling), "image" if pooling.source == "x" else "ReLU"
    height, width = pooling.size
    for channel in range(pooling.channels):
        name = of_channel(kind, pooling.channels, channel)
        for row, column in itertools.product(range(height), range(width)):
            rows, columns = pooling.grid.rows.windows_of_place[row], pooling.grid.columns.windows_of_place[column]
            terms: Sequence[Expression]
            if pooling.is_max:
                terms = won.get((channel, row * width + column), ())
                note = notes.switched_note(len(terms), overlap(rows, columns))
            else:
                terms = _shares(pooling, channel, rows, columns, counts)
                note = notes.spread_note(len(terms))
            target = Ref(f"grad_{pooling.source}", (channel, row, column))
            yield Step(target, Sum(tuple(terms)) if terms else 0.0, "backward", title, note, name, f"row {row + 1}")


def _won(pooling: Pooling, switches: Tensor) -> _Won:
    """For each channel and place: the gradients of the windows that it won, in order."""
    won: defaultdict[tuple[int, int], list[Ref]] = defaultdict(list)
    shape = pooling.output_shape
    for at, place in zip(itertools.product(*map(range, shape)), switches.flatten().tolist(), strict=True):
        won[at[0], place].append(Ref(f"grad_{pooling.target}", at))
    return won


def _shares(
    pooling: Pooling, channel: int, rows: Overlap, columns: Overlap, counts: tuple[list[int], list[int]]
) -> list[Product]:
    """What each window that sees a place hands back: one part in its divisor of its gradient."""
    if rows is None or columns is None:
        return []
    return [
        Product((1 / (counts[0][row] * counts[1][column]), Ref(f"grad_{pooling.target}", (channel, row, column))))
        for row in numbers(rows[0])
        for column in numbers(columns[0])
    ]
