"""A computation written down as a student would on the board: named arrays, and the steps that fill them in.

The values are torch's. A step's expression says where its number comes from, and `Trace.replay` proves that both
agree. Nothing here knows what is computed: every kind of net writes the same few operations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from visualizer.engine.geometry import Grid
from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.operations import (
    Apply,
    Difference,
    Dot,
    Expression,
    Maximum,
    Mean,
    Numbers,
    Product,
    Ref,
    Sum,
    evaluate,
    reads,
)
from visualizer.engine.trace.symbol import Index, Symbol

__all__ = [
    "Apply",
    "Chapter",
    "Difference",
    "Dot",
    "Expression",
    "Maximum",
    "Mean",
    "Phase",
    "Product",
    "Ref",
    "Step",
    "Sum",
    "Trace",
    "chapters_from",
    "chapters_of",
    "reads",
]

Phase = Literal["forward", "loss", "backward", "update"]


@dataclass(slots=True, unsafe_hash=True)  # not frozen: a trace makes thousands, and that takes thrice as long
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

    @cached_property
    def numbers(self) -> Numbers:
        """The arrays as NumPy's, float64, that expressions are evaluated on."""
        return {name: array.double().numpy() for name, array in self.arrays.items()}

    def evaluate(self, expression: Expression) -> Tensor:
        """The value of an expression, from the arrays."""
        with np.errstate(all="ignore"):
            # a copy, as torch takes no block that counts down
            return torch.from_numpy(np.array(evaluate(expression, self.numbers), dtype=np.float64))

    def replay(self) -> float:
        """The largest difference, over all steps, between a step's expression and the number that torch computed.

        Relative above 1, absolute below. Two that overflowed agree: whether ∞ − ∞ comes up depends on a sum's order.
        """
        with np.errstate(all="ignore"):
            return max(map(self._difference, self.steps), default=0.0)

    def _difference(self, step: Step) -> float:
        target = step.target
        expected = float(self.numbers[target.name][target.index])
        found = float(evaluate(step.expression, self.numbers))
        if expected == found or not (math.isfinite(expected) or math.isfinite(found)):
            return 0.0
        difference = abs(expected - found) / max(abs(expected), 1.0)
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
