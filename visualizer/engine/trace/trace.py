"""A computation written down as a student would on the board: named arrays, and the steps that fill them in.

The values are torch's. A step's expression says where its number comes from, and `Trace.replay` proves that both
agree. Nothing here knows what is computed: every kind of net writes the same few operations.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

import torch
from torch import Tensor

from visualizer.engine.geometry import Grid
from visualizer.engine.trace.functions import FUNCTIONS, Template
from visualizer.engine.trace.symbol import Index, Symbol

Phase = Literal["forward", "loss", "backward", "update"]


@dataclass(slots=True, unsafe_hash=True)  # not frozen: a trace makes thousands, and that takes thrice as long
class Ref:
    """An array's name and an index into it: one number, or a block where it holds slices, also down as in 2::-1."""

    name: str
    index: tuple[Index, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}[{','.join(map(_index_text, self.index))}]" if self.index else self.name


@dataclass(slots=True, unsafe_hash=True)
class Dot:
    """Σ left · right over two blocks of equal size, plus a bias where there is one."""

    left: Ref
    right: Ref
    bias: Ref | None = None


@dataclass(slots=True, unsafe_hash=True)
class Sum:
    """The sum of all numbers of its terms."""

    terms: tuple[Expression, ...]


@dataclass(slots=True, unsafe_hash=True)
class Product:
    """The product of its factors."""

    factors: tuple[Expression, ...]


@dataclass(slots=True, unsafe_hash=True)
class Difference:
    """left − right."""

    left: Expression
    right: Expression


@dataclass(slots=True, unsafe_hash=True)
class Maximum:
    """The largest number of a block. The step also writes `switch`: the winner's place, the first one's of equals."""

    block: Ref
    switch: Ref | None = None


@dataclass(slots=True, unsafe_hash=True)
class Mean:
    """The sum of its numbers over `count`, which is more than they are where zeros of a padding count too."""

    numbers: Expression
    count: int


@dataclass(slots=True, unsafe_hash=True)
class Apply:
    """A function of `functions.FUNCTIONS`, named, applied to numbers or blocks."""

    function: str
    arguments: tuple[Ref, ...]


Expression = float | Ref | Dot | Sum | Product | Difference | Maximum | Mean | Apply


def reads(expression: Expression) -> Iterator[Ref]:
    """Every Ref that an expression reads, in the order in which it is written."""
    match expression:
        case Ref():
            yield expression
        case Dot(left, right, bias):
            yield from (left, right, *([bias] if bias else []))
        case Maximum(block):
            yield block
        case Mean(numbers):
            yield from reads(numbers)
        case Sum(parts) | Product(parts) | Apply(_, parts):
            for part in parts:
                yield from reads(part)
        case Difference(left, right):
            yield from reads(left)
            yield from reads(right)


@dataclass(slots=True, unsafe_hash=True)
class Step:
    """One number written: where it goes, from what, and what that means.

    `layer` (or time step) and `unit` group steps for longer strides. `matrix` is the step for a whole layer.
    """

    target: Ref
    expression: Expression
    phase: Phase
    title: str
    note: str
    layer: str = ""
    unit: str = ""
    matrix: tuple[str | Ref, ...] = ()

    @property
    def writes(self) -> tuple[Ref, ...]:
        """The target; of a maximum, also its switch."""
        expression = self.expression
        return (self.target, *([expression.switch] if isinstance(expression, Maximum) and expression.switch else ()))


@dataclass(frozen=True)
class Chapter:
    """A named stretch of steps, `start` to before `stop`, counted from 0."""

    title: str
    start: int
    stop: int


@dataclass(frozen=True, eq=False)  # a trace equals only itself, so that it can be a key
class Trace:
    """Arrays (float64, detached; switches int64), the steps that write them, and the chapters of the walk.

    `checks` holds the same arrays computed by torch in the usual way (torch.nn.functional, autograd), to compare with.
    Before the first step stand `title`, `summary` (a few sentences on what is computed) and `overview` (all of it in
    one formula). `formulas` are, by array, the formula in one line that its numbers are part of. `kind` names the scene
    that draws the trace; `windows` is where a convolution's or pooling's lie;
    `names` is what people call the places along an axis ("time", "inputs", "outputs"), as the letters of a text.
    """

    kind: str
    arrays: Mapping[str, Tensor]
    steps: tuple[Step, ...]
    chapters: tuple[Chapter, ...]
    symbols: Mapping[str, Symbol]
    checks: Mapping[str, Tensor] = field(default_factory=dict)
    title: str = ""
    summary: str = ""
    overview: Template = ""
    formulas: Mapping[str, Template] = field(default_factory=dict)
    legend: str = ""
    windows: Grid | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Tensor:
        return self.arrays[name]

    def __len__(self) -> int:
        return len(self.steps)

    def value(self, ref: Ref) -> Tensor:
        """The numbers that a Ref stands for."""
        return _block(self.arrays[ref.name], ref.index)

    def symbol(self, ref: Ref) -> str:
        """The Ref as it is written, in plain Unicode."""
        return self.symbols[ref.name].text(ref.index)

    def step_of(self, ref: Ref) -> int | None:
        """The step, counted from 0, that writes the last of a Ref's numbers; None where all of them are given."""
        last = int(_block(self._writers[ref.name], ref.index).max())
        return last if last >= 0 else None

    @cached_property
    def _writers(self) -> dict[str, Tensor]:
        writers = {name: torch.full(array.shape, -1, dtype=torch.int64) for name, array in self.arrays.items()}
        for number, step in enumerate(self.steps):
            for ref in step.writes:
                writers[ref.name].numpy()[ref.index] = number  # the same memory; NumPy is quicker with single numbers
        return writers

    @property
    def first_not_finite(self) -> int | None:
        """The step, counted from 0, that writes the first NaN or infinity; None where all numbers are finite."""
        finite = (bool(torch.isfinite(self.value(step.target)).all()) for step in self.steps)
        return next((number for number, whole in enumerate(finite) if not whole), None)

    def evaluate(self, expression: Expression) -> Tensor:
        """The value of an expression, from the arrays."""
        match expression:
            case Ref():
                return self.value(expression)
            case Dot(left, right, bias):
                total = self.value(left).reshape(-1) @ self.value(right).reshape(-1)
                return total if bias is None else total + self.value(bias)
            case Sum(terms):
                return torch.stack([self.evaluate(term).sum() for term in terms]).sum()
            case Product(factors):
                return torch.stack([self.evaluate(factor) for factor in factors]).prod()
            case Difference(left, right):
                return self.evaluate(left) - self.evaluate(right)
            case Maximum(block):
                return self.value(block).max()
            case Mean(numbers, count):
                return self.evaluate(numbers).sum() / count
            case Apply(function, arguments):
                return FUNCTIONS[function].value(*(self.value(argument) for argument in arguments))
        return torch.tensor(expression, dtype=torch.float64)

    def replay(self) -> float:
        """The largest difference, over all steps, between a step's expression and the number that torch computed.

        Relative above 1, absolute below. Two that overflowed agree: whether ∞ − ∞ comes up depends on a sum's order.
        """
        return max((self._difference(step) for step in self.steps), default=0.0)

    def _difference(self, step: Step) -> float:
        expected, found = self.value(step.target), self.evaluate(step.expression)
        if torch.equal(expected, found) or not (bool(expected.isfinite()) or bool(found.isfinite())):
            return 0.0
        difference = float((expected - found).abs() / expected.abs().clamp(min=1.0))
        return math.inf if math.isnan(difference) else difference  # max() would pass over a NaN

    def _repr_html_(self) -> str:
        """The walk itself, playing in a notebook."""
        from visualizer.player.export import notebook_html  # only here: the engine stands without the player

        return notebook_html(self)


def chapters_of(steps: Sequence[Step], titles: Mapping[Phase, str]) -> tuple[Chapter, ...]:
    """The chapters of steps that come phase by phase."""
    return chapters_from({title: [step for step in steps if step.phase == phase] for phase, title in titles.items()})


def chapters_from(parts: Mapping[str, Sequence[Step]]) -> tuple[Chapter, ...]:
    """A chapter for each part of a walk that has steps, in order."""
    ends = zip(parts.items(), accumulate(map(len, parts.values())), strict=True)
    return tuple(Chapter(title, end - len(steps), end) for (title, steps), end in ends if steps)


def _block(array: Tensor, index: tuple[Index, ...]) -> Tensor:
    """array[index]. NumPy takes it where a slice counts down, as torch knows no negative steps."""
    if any(isinstance(part, slice) and part.step is not None and part.step < 0 for part in index):
        return torch.from_numpy(array.numpy()[index].copy())
    return array[index]


def _index_text(part: Index) -> str:
    if isinstance(part, int):
        return str(part)
    text = f"{'' if part.start is None else part.start}:{'' if part.stop is None else part.stop}"
    return text if part.step is None else f"{text}:{part.step}"
