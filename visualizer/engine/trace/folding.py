"""What a number's gradient is handed, term by term, and the shortest way to write their sum.

Terms of one form are folded: products over two regular blocks are a `Dot`, single gradients over a block a `Sum` of it,
and factors that all terms share stand in front.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from visualizer.engine.trace.operations import (
    Apply,
    Difference,
    Dot,
    Expression,
    Mean,
    Partial,
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


@dataclass(frozen=True)
class Terms:
    """Terms of one form: a row for each, holding the places of the factors' numbers in order."""

    form: Form
    places: np.ndarray


class Contributions:
    """What the numbers of one array are handed, by form."""

    def __init__(self) -> None:
        self.whole: defaultdict[int, list[Expression]] = defaultdict(list)
        self._rows: defaultdict[Form, list[np.ndarray]] = defaultdict(list)
        self._sorted: dict[Form, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}

    def add(self, partial: Partial, to: np.ndarray, places: Places) -> None:
        """A contribution to each number at the places `to`."""
        factors = tuple(with_refs(factor, lambda ref: Ref(ref.name)) for factor in partial.factors)
        rows = np.empty((len(to), 1 + sum(1 for factor in partial.factors for _ in reads(factor))), dtype=np.int64)
        rows[:, 0] = to
        column = 1
        for factor in partial.factors:
            for ref in reads(factor):
                rows[:, column] = places[ref.name][ref.index].ravel()
                column += 1
        form = Form(factors, partial.count)
        self._rows[form].append(rows)
        self._sorted.pop(form, None)

    def of(self, place: int) -> list[Terms | Expression]:
        """All that the number at a place is handed."""
        found: list[Terms | Expression] = list(self.whole.get(place, ()))
        for form in self._rows:
            order, starts, ends = self._by_place(form)
            at = int(np.searchsorted(starts, place))
            if at < len(starts) and starts[at] == place:
                found.append(Terms(form, order[ends[at] : ends[at + 1], 1:]))
        return found

    def _by_place(self, form: Form) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The rows of a form by where they go, the places that occur, and where each one's rows begin and end."""
        if form not in self._sorted:
            rows = np.concatenate(self._rows[form])
            self._rows[form] = [rows]
            rows = rows[np.lexsort(rows.T[1::-1])] if rows.shape[1] > 1 else rows[np.argsort(rows[:, 0], kind="stable")]
            starts, first = np.unique(rows[:, 0], return_index=True)
            self._sorted[form] = (rows, starts, np.append(first, len(rows)))
        return self._sorted[form]


def folded(terms: Sequence[Terms | Expression], places: Places) -> Expression:
    """The sum of all terms; 0 where there are none."""
    parts = [part for term in terms for part in (_parts(term, places) if isinstance(term, Terms) else [term])]
    if not parts:
        return 0.0
    if len(parts) == 1:
        part = parts[0]
        return Sum((part,)) if isinstance(part, Ref) and _is_block(part) else part
    negative = _without_minus(parts[1])
    if len(parts) == 2 and negative is not None:
        return Difference(parts[0], negative)
    return Sum(tuple(parts))


def _parts(terms: Terms, places: Places) -> list[Expression]:
    """The terms of one form, folded to one expression where they lie regularly."""
    factors, columns, rows = terms.form.factors, _columns(terms.form), terms.places
    if len(rows) == 1:
        return [_term(terms.form, rows[0], places)]
    same = [bool((rows[:, part] == rows[0, part]).all()) for part in columns]
    shared: list[Expression] = [
        _at(factor, rows[0, part].tolist(), places)
        for factor, part, is_same in zip(factors, columns, same, strict=True)
        if is_same
    ]
    varying = [i for i, is_same in enumerate(same) if not is_same]
    inner = _inner([factors[i] for i in varying], [rows[:, columns[i]] for i in varying], places)
    if inner is None:
        return [_term(terms.form, row, places) for row in rows]
    if not varying:
        shared = [float(len(rows)), *shared]
    return [_over(_product([*shared, *inner]), terms.form.count)]


def _term(form: Form, row: np.ndarray, places: Places) -> Expression:
    """One term by itself."""
    at = row.tolist()
    factors = [_at(factor, at[part], places) for factor, part in zip(form.factors, _columns(form), strict=True)]
    return _over(_product(factors), form.count)


def _inner(factors: list[Expression], columns: list[np.ndarray], places: Places) -> list[Expression] | None:
    """What differs from term to term, as one expression; None where it does not fold."""
    if not factors:
        return []
    if len(factors) > 2 or not all(isinstance(factor, Ref) for factor in factors):
        return None
    blocks = [_block(factor.name, column[:, 0], places) for factor, column in zip(factors, columns, strict=True)]  # type: ignore[union-attr]
    if any(block is None for block in blocks):
        return None
    found = [block for block in blocks if block is not None]
    return [Dot(found[0], found[1])] if len(found) == 2 else [found[0]]


@cache
def _columns(form: Form) -> tuple[slice, ...]:
    """Which columns of the rows belong to each factor."""
    columns, at = [], 0
    for factor in form.factors:
        count = sum(1 for _ in reads(factor))
        columns.append(slice(at, at + count))
        at += count
    return tuple(columns)


def _at(factor: Expression, numbers: list[int], places: Places) -> Expression:
    """A factor with its places put in."""
    if isinstance(factor, Ref):
        return _single(factor.name, numbers[0], places)
    at = iter(numbers)
    return with_refs(factor, lambda ref: _single(ref.name, next(at), places))


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
    return any(isinstance(part, slice) for part in ref.index)


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
