"""The iterations so far: each is the numbers that its walk starts from, with the loss that they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from visualizer.engine import Ref
from visualizer.lessons.one_hidden_layer.numbers import Numbers

MAX_ITERATIONS = 1000


@dataclass(frozen=True)
class Iteration:
    """`example` is the one that the walk takes, counted from 0, where it takes one at a time. `changed` are the numbers
    that were set by hand here, and `rate` the learning rate of the update that led here."""

    numbers: Numbers
    loss: float
    example: int = 0
    changed: Mapping[Ref, float] = field(default_factory=dict)
    rate: float | None = None


@dataclass(frozen=True)
class History:
    """The iterations in order, and which of them is looked at. Iteration 0 is the start."""

    iterations: tuple[Iteration, ...]
    at: int = 0

    @property
    def current(self) -> Iteration:
        return self.iterations[self.at]

    @property
    def losses(self) -> tuple[float, ...]:
        return tuple(iteration.loss for iteration in self.iterations)

    @property
    def full(self) -> bool:
        return self.at + 1 >= MAX_ITERATIONS

    def go_on(self, following: Iteration) -> History:
        """One iteration further. Those that came later before are dropped: they followed from other numbers."""
        return History((*self.iterations[: self.at + 1], following), self.at + 1)

    def go_to(self, iteration: int) -> History:
        """Look at another iteration, the nearest that there is; none is lost."""
        return History(self.iterations, max(0, min(iteration, len(self.iterations) - 1)))

    def replaced(self, current: Iteration) -> History:
        """The current iteration is changed; what followed from it is dropped."""
        return History((*self.iterations[: self.at], current), self.at)
