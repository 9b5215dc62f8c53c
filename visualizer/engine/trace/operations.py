"""The operations that a step may write a number by: what each reads, its value, how it travels, its derivatives.

The set is closed: a new operation is one class here and one entry in its twin, `player/formula/operations.js`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import numpy as np
import torch

from visualizer.engine.trace.functions import FUNCTIONS, Slope
from visualizer.engine.trace.symbol import Index

Numbers: TypeAlias = Mapping[str, np.ndarray]
"""The arrays of a trace by name, float64."""


@dataclass(slots=True, unsafe_hash=True)  # not frozen: a trace makes thousands, and that takes thrice as long
class Ref:
    """An array's name and an index into it: one number, or a block where it holds slices, also down as in 2::-1."""

    name: str
    index: tuple[Index, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}[{','.join(map(_index_text, self.index))}]" if self.index else self.name


@dataclass(frozen=True)
class Partial:
    """How an operation's result changes with each number of a block: by the product of the factors, over `count`.

    A factor that is a block holds one number for each of `of`. With `winner` only the block's largest number counts.
    """

    of: Ref
    factors: tuple[Expression, ...] = ()
    count: int = 1
    winner: bool = False

    def times(self, *factors: Expression, count: int = 1) -> Partial:
        return Partial(self.of, (*factors, *self.factors), self.count * count, self.winner)


@dataclass(slots=True, unsafe_hash=True)
class Dot:
    """Σ left · right over two blocks of equal size, plus a bias where there is one."""

    kind: ClassVar = "dot"
    left: Ref
    right: Ref
    bias: Ref | None = None

    def reads(self) -> Iterator[Ref]:
        yield from (self.left, self.right, *([self.bias] if self.bias else []))

    def outline(self, refs: list[Ref]) -> Hashable:
        refs += (self.left, self.right) if self.bias is None else (self.left, self.right, self.bias)
        return "dot" if self.bias is None else "dot and bias"

    def value(self, numbers: Numbers) -> Any:
        total = np.dot(_block(numbers, self.left).ravel(), _block(numbers, self.right).ravel())
        return total if self.bias is None else total + _block(numbers, self.bias)

    def packed(self, _: Numbers) -> list[Any]:
        return [str(self.left), str(self.right), str(self.bias) if self.bias else None]

    def with_refs(self, of: Callable[[Ref], Ref]) -> Dot:
        return Dot(of(self.left), of(self.right), of(self.bias) if self.bias else None)

    def partials(self, _: Ref) -> Iterator[Partial]:
        yield Partial(self.left, (self.right,))
        yield Partial(self.right, (self.left,))
        if self.bias:
            yield Partial(self.bias)


@dataclass(slots=True, unsafe_hash=True)
class Sum:
    """The sum of all numbers of its terms."""

    kind: ClassVar = "sum"
    terms: tuple[Expression, ...]

    def reads(self) -> Iterator[Ref]:
        return _reads_of(self.terms)

    def outline(self, refs: list[Ref]) -> Hashable:
        return ("sum", *[outline(part, refs) for part in self.terms])

    def value(self, numbers: Numbers) -> Any:
        return sum(np.sum(evaluate(term, numbers)) for term in self.terms)

    def packed(self, numbers: Numbers) -> list[Any]:
        return [packed(term, numbers) for term in self.terms]

    def with_refs(self, of: Callable[[Ref], Ref]) -> Sum:
        return Sum(tuple(with_refs(term, of) for term in self.terms))

    def partials(self, target: Ref) -> Iterator[Partial]:
        for term in self.terms:
            yield from partials(term, target)


@dataclass(slots=True, unsafe_hash=True)
class Product:
    """The product of its factors."""

    kind: ClassVar = "product"
    factors: tuple[Expression, ...]

    def reads(self) -> Iterator[Ref]:
        return _reads_of(self.factors)

    def outline(self, refs: list[Ref]) -> Hashable:
        return ("product", *[outline(part, refs) for part in self.factors])

    def value(self, numbers: Numbers) -> Any:
        product = evaluate(self.factors[0], numbers)
        for factor in self.factors[1:]:
            product = product * evaluate(factor, numbers)
        return product

    def packed(self, numbers: Numbers) -> list[Any]:
        return [packed(factor, numbers) for factor in self.factors]

    def with_refs(self, of: Callable[[Ref], Ref]) -> Product:
        return Product(tuple(with_refs(factor, of) for factor in self.factors))

    def partials(self, target: Ref) -> Iterator[Partial]:
        """The product rule; equal factors, as in 0.5 · e · e, are met once, with their number."""
        for at, factor in enumerate(self.factors):
            if factor in self.factors[:at]:
                continue
            others, power = [*self.factors[:at], *self.factors[at + 1 :]], self.factors.count(factor)
            constant = float(power)
            for other in [other for other in others if isinstance(other, float)]:
                constant *= other
                others.remove(other)
            times: list[Expression] = [constant] if constant != 1.0 else []
            for partial in partials(factor, target):
                yield partial.times(*times, *others)


@dataclass(slots=True, unsafe_hash=True)
class Difference:
    """left − right."""

    kind: ClassVar = "difference"
    left: Expression
    right: Expression

    def reads(self) -> Iterator[Ref]:
        return _reads_of((self.left, self.right))

    def outline(self, refs: list[Ref]) -> Hashable:
        return ("difference", outline(self.left, refs), outline(self.right, refs))

    def value(self, numbers: Numbers) -> Any:
        return evaluate(self.left, numbers) - evaluate(self.right, numbers)

    def packed(self, numbers: Numbers) -> list[Any]:
        return [packed(self.left, numbers), packed(self.right, numbers)]

    def with_refs(self, of: Callable[[Ref], Ref]) -> Difference:
        return Difference(with_refs(self.left, of), with_refs(self.right, of))

    def partials(self, target: Ref) -> Iterator[Partial]:
        yield from partials(self.left, target)
        for partial in partials(self.right, target):
            yield partial.times(-1.0)


@dataclass(slots=True, unsafe_hash=True)
class Maximum:
    """The largest number of a block. The step also writes `switch`: the winner's place, the first one's of equals."""

    kind: ClassVar = "max"
    block: Ref
    switch: Ref | None = None

    def reads(self) -> Iterator[Ref]:
        yield self.block

    def outline(self, refs: list[Ref]) -> Hashable:
        refs.append(self.block)
        return "max"

    def value(self, numbers: Numbers) -> Any:
        return _block(numbers, self.block).max()

    def packed(self, _: Numbers) -> list[Any]:
        return [str(self.block)]

    def with_refs(self, of: Callable[[Ref], Ref]) -> Maximum:
        return Maximum(of(self.block), of(self.switch) if self.switch else None)

    def partials(self, _: Ref) -> Iterator[Partial]:
        yield Partial(self.block, winner=True)


@dataclass(slots=True, unsafe_hash=True)
class Mean:
    """The sum of its numbers over `count`, which is more than they are where zeros of a padding count too."""

    kind: ClassVar = "mean"
    numbers: Expression
    count: int

    def reads(self) -> Iterator[Ref]:
        return reads(self.numbers)

    def outline(self, refs: list[Ref]) -> Hashable:
        return ("mean", outline(self.numbers, refs), self.count)

    def value(self, numbers: Numbers) -> Any:
        return np.sum(evaluate(self.numbers, numbers)) / self.count

    def packed(self, numbers: Numbers) -> list[Any]:
        return [packed(self.numbers, numbers), self.count]

    def with_refs(self, of: Callable[[Ref], Ref]) -> Mean:
        return Mean(with_refs(self.numbers, of), self.count)

    def partials(self, target: Ref) -> Iterator[Partial]:
        for partial in partials(self.numbers, target):
            yield partial.times(count=self.count)


@dataclass(slots=True, unsafe_hash=True)
class Apply:
    """A function of `functions.FUNCTIONS`, named, applied to numbers or blocks."""

    kind: ClassVar = "apply"
    function: str
    arguments: tuple[Ref, ...]

    def reads(self) -> Iterator[Ref]:
        return iter(self.arguments)

    def outline(self, refs: list[Ref]) -> Hashable:
        refs += self.arguments
        return ("apply", self.function, len(self.arguments))

    def value(self, numbers: Numbers) -> Any:
        given = (torch.as_tensor(_block(numbers, argument), dtype=torch.float64) for argument in self.arguments)
        return FUNCTIONS[self.function].value(*given).numpy()

    def packed(self, numbers: Numbers) -> list[Any]:
        """With its value, so that the browser needs no second copy of the functions."""
        return [self.function, [str(argument) for argument in self.arguments], json_number(float(self.value(numbers)))]

    def with_refs(self, of: Callable[[Ref], Ref]) -> Apply:
        return Apply(self.function, tuple(map(of, self.arguments)))

    def partials(self, target: Ref) -> Iterator[Partial]:
        """The chain rule by the function's slopes; an argument without one is a constant.

        Raises: ValueError where the function has no slope at all.
        """
        if not FUNCTIONS[self.function].slopes:
            raise ValueError(f"{self.function!r} has no derivative in FUNCTIONS")
        for argument, slopes in zip(self.arguments, FUNCTIONS[self.function].slopes, strict=False):
            yield Partial(argument, tuple(self._factor(slope, target) for slope in slopes))

    def _factor(self, slope: Slope, target: Ref) -> Expression:
        def place(at: int | str) -> Ref:
            return target if isinstance(at, str) else self.arguments[at]

        if isinstance(slope, float):
            return slope
        return Apply(slope[0], tuple(map(place, slope[1:]))) if isinstance(slope, tuple) else place(slope)


Operation = Dot | Sum | Product | Difference | Maximum | Mean | Apply
Expression = float | Ref | Operation
OPERATIONS: Mapping[str, type[Operation]] = {
    operation.kind: operation for operation in (Dot, Sum, Product, Difference, Maximum, Mean, Apply)
}
"""Every operation by the name that it travels under."""


def reads(expression: Expression) -> Iterator[Ref]:
    """Every Ref that an expression reads, in the order in which it is written."""
    if isinstance(expression, Ref):
        yield expression
    elif not isinstance(expression, int | float):
        yield from expression.reads()


def outline(expression: Expression, refs: list[Ref]) -> Hashable:
    """What an expression is but for the numbers that it reads, which are added to `refs` in the order of `reads`."""
    if isinstance(expression, Ref):
        refs.append(expression)
        return "ref"
    return expression if isinstance(expression, int | float) else expression.outline(refs)


def evaluate(expression: Expression, numbers: Numbers) -> Any:
    """The value of an expression: a number, or the block of a Ref."""
    if isinstance(expression, Ref):
        return _block(numbers, expression)
    return expression if isinstance(expression, int | float) else expression.value(numbers)


def packed(expression: Expression, numbers: Numbers) -> Any:
    """Nested lists, as the browser reads them."""
    if isinstance(expression, Ref):
        return str(expression)
    return expression if isinstance(expression, int | float) else [expression.kind, *expression.packed(numbers)]


def with_refs(expression: Expression, of: Callable[[Ref], Ref]) -> Expression:
    """The same expression of other numbers."""
    if isinstance(expression, Ref):
        return of(expression)
    return expression if isinstance(expression, int | float) else expression.with_refs(of)


def partials(expression: Expression, target: Ref) -> Iterator[Partial]:
    """How `target`, which the expression gives, changes with each number that it reads."""
    if isinstance(expression, Ref):
        yield Partial(expression)
    elif not isinstance(expression, int | float):
        yield from expression.partials(target)


def json_number(value: float) -> float | str:
    """JSON has no NaN and no infinity: those travel as texts that the browser's Number() reads."""
    if np.isfinite(value):
        return value
    return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _reads_of(parts: tuple[Expression, ...]) -> Iterator[Ref]:
    for part in parts:
        yield from reads(part)


def _block(numbers: Numbers, ref: Ref) -> np.ndarray:
    return numbers[ref.name][ref.index]


def _index_text(part: Index) -> str:
    if isinstance(part, int):
        return str(part)
    text = f"{'' if part.start is None else part.start}:{'' if part.stop is None else part.stop}"
    return text if part.step is None else f"{text}:{part.step}"
