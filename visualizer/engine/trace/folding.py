"""What a number's gradient is handed, term by term, and the shortest way to write their sum.

Terms of one form are folded: products over two regular blocks are a `Dot`, single gradients over a block a `Sum` of it,
and factors that all terms share stand in front.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from visualizer.engine.trace.operations import (
    Apply,
    Difference,
    Dot,
    Expression,
    Mean,
    Product,
    Ref,
    Sum,
    reads,
    with_refs,
)
from visualizer.engine.trace.symbol import Index

Places = Mapping[str, np.ndarray]
"""By array, the place of each of its numbers, counted through."""


@dataclass(frozen=True)
class Form:
    """What terms of one kind have in common: their factors, with the arrays' names alone, and what they are over."""

    factors: tuple[Expression, ...]
    count: int


class Table:
    """The terms of one form that the numbers of an array are handed, and how each number's are written.

    Shapes: rows (terms, 1 + k): the place of the number that is handed a term, and the places of the k numbers that the
    term reads, first the gradient upstream, which the terms of a number are ordered by. Terms that lie alike, relative
    to the first one of their number, are written alike: how is worked out once.
    """

    def __init__(self, form: Form, rows: np.ndarray, places: Places) -> None:
        self._form, self._places = form, places
        rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
        to, self._rows = rows[:, 0], rows[:, 1:]
        starts = np.flatnonzero(np.diff(to, prepend=-1))
        self._bounds = [*starts.tolist(), len(to)]
        self._group_of = dict(zip(to[starts].tolist(), range(len(starts)), strict=True))
        names = [ref.name for factor in form.factors for ref in reads(factor)]
        axes = [_coordinates(self._rows[:, column], places[name].shape) for column, name in enumerate(names)]
        whole = np.concatenate(axes, axis=1)
        self._relative = whole - np.repeat(whole[starts], np.diff(self._bounds), axis=0)
        firsts = [list(map(tuple, numbers[starts].tolist())) for numbers in axes]
        self._firsts = list(zip(*firsts, strict=True))
        self._patterns: dict[tuple[int, bytes], _Pattern] = {}

    def __contains__(self, place: int) -> bool:
        return place in self._group_of

    def parts(self, place: int) -> list[Expression]:
        """What the number at a place is handed, as one expression where its terms lie regularly; none without terms."""
        group = self._group_of.get(place)
        if group is None:
            return []
        low, high = self._bounds[group], self._bounds[group + 1]
        key = high - low, self._relative[low:high].tobytes()
        pattern = self._patterns.get(key)
        if pattern is None:
            pattern = self._patterns[key] = _Pattern(self._form, self._rows[low:high], self._places)
        if pattern.folds:
            return [pattern.written(self._firsts[group])]
        return [_term(self._form, row, self._places) for row in self._rows[low:high].tolist()]


_Firsts = tuple[tuple[int, ...], ...]
"""By column of the rows, the index of the number that the first term reads."""


class _Pattern:
    """How the terms of one number lie: which factors they share, and which run over a block.

    The template is their expression with columns in place of numbers: a Ref's index holds its column and, for a block,
    how it runs along each axis: None where it stays, else the slice's step and count and the size of the axis.
    """

    def __init__(self, form: Form, rows: np.ndarray, places: Places) -> None:
        shared: list[Expression] = []
        blocks: list[Ref | None] = []
        for factor, part in zip(form.factors, _columns(form), strict=True):
            if bool((rows[:, part] == rows[0, part]).all()):
                at = iter(range(part.start, part.stop))
                shared.append(with_refs(factor, lambda ref, at=at: Ref(ref.name, (next(at),))))  # type: ignore[misc]
            else:
                blocks.append(_running(factor, part.start, rows, places))
        if not blocks and len(rows) > 1:
            shared.insert(0, float(len(rows)))
        self.folds = len(blocks) <= 2 and None not in blocks
        found = [block for block in blocks if block is not None]
        inner: list[Expression] = [Dot(found[0], found[1])] if len(found) == 2 else [*found]
        self._template = _over(_product([*shared, *inner]), form.count)

    def written(self, firsts: _Firsts) -> Expression:
        def of(ref: Ref) -> Ref:
            column, *runs = cast(tuple[Any, ...], ref.index)
            first = firsts[column]
            return Ref(ref.name, tuple(map(_part, runs, first)) if runs else first)

        return with_refs(self._template, of)


def _running(factor: Expression, column: int, rows: np.ndarray, places: Places) -> Ref | None:
    """A factor that differs from term to term, as a template's block; None where it is no regular one."""
    block = _block(factor.name, rows[:, column], places) if isinstance(factor, Ref) else None
    if block is None:
        return None
    sizes = places[block.name].shape
    runs = [
        _run(part, size) if isinstance(part, slice) else None for part, size in zip(block.index, sizes, strict=True)
    ]
    return Ref(block.name, (column, *runs))  # type: ignore[arg-type]


_Run = tuple[int, int, int]


def _run(part: slice, size: int) -> _Run:
    numbers = range(*part.indices(size))
    return numbers.step, len(numbers), size


def _part(run: _Run | None, first: int) -> Index:
    return first if run is None else _slice(first, *run)


def _coordinates(places: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Shapes: places (n,); result (n, axes)."""
    return np.stack(np.unravel_index(places, shape), axis=1) if shape else np.empty((len(places), 0), dtype=np.int64)


def folded(parts: Sequence[Expression]) -> Expression:
    """The sum of all that a number is handed; 0 where that is nothing."""
    if not parts:
        return 0.0
    if len(parts) == 1:
        part = parts[0]
        return Sum((part,)) if isinstance(part, Ref) and _is_block(part) else part
    negative = _without_minus(parts[1])
    if len(parts) == 2 and negative is not None:
        return Difference(parts[0], negative)
    return Sum(tuple(parts))


def _term(form: Form, row: list[int], places: Places) -> Expression:
    """One term by itself."""
    at = iter(row)
    factors = [with_refs(factor, lambda ref: _single(ref.name, next(at), places)) for factor in form.factors]
    return _over(_product(factors), form.count)


def _columns(form: Form) -> tuple[slice, ...]:
    """Which columns of the rows belong to each factor."""
    columns, at = [], 0
    for factor in form.factors:
        count = sum(1 for _ in reads(factor))
        columns.append(slice(at, at + count))
        at += count
    return tuple(columns)


def _single(name: str, place: int, places: Places) -> Ref:
    index: list[int] = []
    for size in reversed(places[name].shape):
        place, at = divmod(place, size)
        index.append(at)
    return Ref(name, tuple(reversed(index)))


def _block(name: str, at: np.ndarray, places: Places) -> Ref | None:
    """The block whose numbers, row by row, are those at the places; None where they are no regular block."""
    shape = places[name].shape
    index: list[Index] = []
    size = 1
    expected = np.zeros(1, dtype=np.int64)
    stride = places[name].size
    for axis, numbers in enumerate(np.unravel_index(at, shape)):
        stride //= shape[axis]
        low, high = int(numbers.min()), int(numbers.max())
        if low == high:
            index.append(low)
            expected = expected + low * stride
            continue
        first = int(numbers[0])
        if first not in (low, high):
            return None
        changed = np.flatnonzero(numbers != first)
        step = int(numbers[changed[0]]) - first
        count = abs((high - low) // step) + 1
        expected = (expected[:, None] + (first + step * np.arange(count)) * stride).ravel()
        size *= count
        index.append(_slice(first, step, count, shape[axis]))
    if size != len(at) or not np.array_equal(expected, at):
        return None
    return Ref(name, tuple(index))


def _slice(first: int, step: int, count: int, size: int) -> slice:
    if step == 1 and first == 0 and count == size:
        return slice(None)
    last = first + step * (count - 1)
    stop = last + (1 if step > 0 else -1)
    return slice(first, None if stop < 0 else stop, None if step == 1 else step)


def _is_block(ref: Ref) -> bool:
    """Whether it holds a slice, or how one runs, as in a template."""
    return any(isinstance(part, slice | tuple) for part in ref.index)


# ---- writing -----------------------------------------------------------------------------------------------------


def _constants_first(factors: list[Expression]) -> list[Expression]:
    """Numbers in front, multiplied out; a factor of 1 is not written."""
    constant = 1.0
    others: list[Expression] = []
    for factor in factors:
        if isinstance(factor, int | float):
            constant *= factor
        else:
            others.append(factor)
    return others if constant == 1.0 and others else [constant, *others]


def _product(factors: list[Expression]) -> Expression:
    factors = _constants_first(factors)
    if len(factors) == 1:
        return factors[0]
    if len(factors) == 2 and factors[0] == -1.0 and isinstance(factors[1], Ref) and not _is_block(factors[1]):
        return Apply("negative", (factors[1],))
    return Product(tuple(Sum((part,)) if isinstance(part, Ref) and _is_block(part) else part for part in factors))


def _over(expression: Expression, count: int) -> Expression:
    return Mean(expression, count) if count > 1 else expression


def _without_minus(part: Expression) -> Expression | None:
    """What is subtracted, where a term is the negative of something."""
    if isinstance(part, Apply) and part.function == "negative":
        return part.arguments[0]
    if isinstance(part, Product) and part.factors[0] == -1.0:
        return part.factors[1] if len(part.factors) == 2 else Product(part.factors[1:])
    return None
