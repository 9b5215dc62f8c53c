"""Reverse-mode differentiation that writes down what it does: backward steps that follow from the forward steps.

Each forward step says, by its operation's partial derivatives, what the numbers that it reads contribute to the loss:
the gradient of what it writes times a factor. A number's gradient is the sum of its contributions; `folding` writes it
as a student would. Source: Linnainmaa 1970; Griewank & Walther 2008, chapter 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from visualizer.engine.trace.folding import Contributions, folded
from visualizer.engine.trace.operations import Expression, Maximum, Partial, Ref, evaluate, partials, reads
from visualizer.engine.trace.trace import Step

Words = Callable[[Ref, Expression], tuple[str, str]]
"""Title and note of a backward step, from the number whose gradient it is, and from what it is written by."""


def gradient_of(name: str) -> str:
    """The name of the array that holds an array's gradient."""
    return f"grad_{name}"


@dataclass(frozen=True)
class Derived:
    """The gradients by name, float64, zero where nothing leads to the loss; and the steps that write them."""

    arrays: dict[str, np.ndarray]
    steps: list[Step]


@dataclass
class _Stage:
    """Consecutive forward steps of one layer; its gradients are written together."""

    layer: str
    steps: list[Step] = field(default_factory=list)


def derive(
    steps: Sequence[Step],
    arrays: Mapping[str, np.ndarray],
    *,
    wanted: Sequence[str],
    start: Mapping[str, Callable[[tuple[int, ...]], Expression]] | None = None,
    given: Mapping[str, np.ndarray] | None = None,
    words: Words,
    constants: Sequence[str] = (),
) -> Derived:
    """The backward pass of forward steps.

    `arrays` hold all numbers of the forward pass, float64; `wanted` are the arrays that no step writes whose gradients
    are asked for (parameters, inputs). The pass begins with `start`, by array the expression of each number's gradient
    (a loss's), or with `given`, gradients that come from outside, by array. `constants` pass no gradient on.

    Raises: ValueError naming a step whose operation has no derivative.
    """
    derivation = _Derivation(arrays, set(constants), words)
    derivation.leads_to(wanted, steps)
    for name, gradient in (given or {}).items():
        derivation.take(name, gradient)
    stages = _stages(steps)
    first_read = _first_reads(stages, wanted)
    derivation.begin(start or {})
    with np.errstate(all="ignore"):
        for number in reversed(range(len(stages))):
            derivation.go_back_through(stages[number], [name for name in wanted if first_read.get(name) == number])
    return Derived(derivation.gradients, derivation.steps)


def _stages(steps: Sequence[Step]) -> list[_Stage]:
    stages: list[_Stage] = []
    for step in steps:
        if not stages or stages[-1].layer != step.layer:
            stages.append(_Stage(step.layer))
        stages[-1].steps.append(step)
    return stages


def _first_reads(stages: Sequence[_Stage], wanted: Sequence[str]) -> dict[str, int]:
    """The stage that reads an array first, so that its gradient is complete once that is done."""
    first: dict[str, int] = {}
    for number, stage in enumerate(stages):
        for step in stage.steps:
            for ref in reads(step.expression):
                first.setdefault(ref.name, number)
    return {name: first[name] for name in wanted if name in first}


class _Derivation:
    """The pass under way: what each array's numbers have been handed so far, and what is written."""

    def __init__(self, arrays: Mapping[str, np.ndarray], constants: set[str], words: Words) -> None:
        self.arrays, self.constants, self.words = dict(arrays), constants, words
        self.places = {name: np.arange(array.size).reshape(array.shape) for name, array in arrays.items()}
        self.handed: defaultdict[str, Contributions] = defaultdict(Contributions)
        self.gradients: dict[str, np.ndarray] = {}
        self.given: set[str] = set()
        self.steps: list[Step] = []
        self.live: set[str] = set()

    def leads_to(self, wanted: Sequence[str], steps: Sequence[Step]) -> None:
        """Which arrays depend on what is wanted: only those have a gradient of interest."""
        self.live = set(wanted)
        for step in steps:
            if step.target.name not in self.constants and any(ref.name in self.live for ref in reads(step.expression)):
                self.live.add(step.target.name)

    def take(self, name: str, gradient: np.ndarray) -> None:
        """A gradient that comes from outside."""
        self._gradient(name)[...] = gradient
        self.given.add(name)

    def begin(self, start: Mapping[str, Callable[[tuple[int, ...]], Expression]]) -> None:
        for name, expression_at in start.items():
            shape = self.arrays[name].shape
            for place, index in enumerate(np.ndindex(shape)):
                self.handed[name].whole[place].append(expression_at(index))

    def go_back_through(self, stage: _Stage, complete: Sequence[str]) -> None:
        """The gradients of what a stage wrote, last array first, then of the arrays that it was the first to read."""
        written: dict[str, list[Step]] = {}
        for step in stage.steps:
            if step.target.name in self.live:
                written.setdefault(step.target.name, []).append(step)
        for name in reversed(written):
            if name not in self.given:
                for step in written[name]:
                    self._write(step.target, step.layer, step.unit)
            for step in written[name]:
                self._hand_on(step)
        for name in complete:
            self._write_all(name, stage.layer)

    def _hand_on(self, step: Step) -> None:
        gradient = gradient_of(step.target.name)
        if gradient not in self.gradients:
            return
        upstream = Ref(gradient, step.target.index)
        for partial in partials(step.expression, step.target):
            if partial.of.name in self.live and partial.of.name not in self.constants:
                self._add(partial.times(upstream), step)

    def _add(self, partial: Partial, step: Step) -> None:
        places = self.places[partial.of.name][partial.of.index].ravel()
        if partial.winner:
            assert isinstance(step.expression, Maximum)
            numbers = self.arrays[partial.of.name][partial.of.index].ravel()
            places = places[[int(numbers.argmax())]]
        self.handed[partial.of.name].add(partial, places, self.places)

    def _write(self, target: Ref, layer: str, unit: str) -> None:
        name = target.name
        place = int(self.places[name][target.index])
        self._put(target, folded(self.handed[name].of(place), self.places), layer, unit)

    def _write_all(self, name: str, layer: str) -> None:
        """A parameter's or an input's gradient; numbers that nothing reads keep a gradient of 0, without a step."""
        self._gradient(name)
        for place, index in enumerate(np.ndindex(self.arrays[name].shape)):
            terms = self.handed[name].of(place)
            if terms:
                unit = f"row {index[0] + 1}" if len(index) > 1 else "all"
                self._put(Ref(name, index), folded(terms, self.places), layer, unit)

    def _gradient(self, name: str) -> np.ndarray:
        """An array's gradient, zeros at first."""
        gradient = gradient_of(name)
        if gradient not in self.gradients:
            self.gradients[gradient] = np.zeros(self.arrays[name].shape)
            self.arrays[gradient] = self.gradients[gradient]
            self.places[gradient] = self.places[name]
        return self.gradients[gradient]

    def _put(self, of: Ref, expression: Expression, layer: str, unit: str) -> None:
        value = float(evaluate(expression, self.arrays))
        self._gradient(of.name)[of.index] = value + 0.0  # + 0 makes a −0 a 0
        title, note = self.words(of, expression)
        target = Ref(gradient_of(of.name), of.index)
        self.steps.append(Step(target, expression, "backward", title, note, layer, unit))
