"""Reverse-mode differentiation that writes down what it does: backward steps that follow from the forward steps.

Each forward step says, by its operation's partial derivatives, what the numbers that it reads contribute to the loss:
the gradient of what it writes times a factor. A number's gradient is the sum of its contributions; `folding` writes it
as a student would. Source: Linnainmaa 1970; Griewank & Walther 2008, chapter 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from visualizer.engine.trace.folding import Contributions, folded
from visualizer.engine.trace.operations import Expression, Partial, Ref, evaluate, partials, reads
from visualizer.engine.trace.trace import Step

Words = Callable[[Ref, Expression], tuple[str, str]]
"""Title and note of a backward step, from the number whose gradient it is, and from what it is written by."""
Start = Mapping[str, Callable[[tuple[int, ...]], Expression]]
"""Where the backward pass begins: by array, the expression of each number's gradient, as a loss gives it."""


def gradient_of(name: str) -> str:
    """The name of the array that holds an array's gradient."""
    return f"grad_{name}"


class Derivation:
    """The gradients of all numbers that forward steps read, as expressions.

    `arrays` hold the numbers of the forward pass, float64; `wanted` are the arrays that no step writes whose gradients
    are asked for (parameters, inputs). The pass begins with `start`, or with `given`: the gradients of these arrays
    come from outside. `constants` pass no gradient on.

    Raises: ValueError naming a function without a derivative.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        arrays: Mapping[str, np.ndarray],
        *,
        wanted: Sequence[str],
        start: Start | None = None,
        given: Sequence[str] = (),
        constants: Sequence[str] = (),
    ) -> None:
        self._arrays = arrays
        self._places = {name: np.arange(array.size).reshape(array.shape) for name, array in arrays.items()}
        self._places |= {gradient_of(name): places for name, places in self._places.items()}
        self._handed: defaultdict[str, Contributions] = defaultdict(Contributions)
        self.names = _on_the_way(steps, set(wanted), {*(start or {}), *given}, set(constants))
        for name, expression_at in (start or {}).items():
            for place, index in enumerate(np.ndindex(arrays[name].shape)):
                self._handed[name].whole[place].append(expression_at(index))
        for step in steps:
            if step.target.name in self.names:
                upstream = Ref(gradient_of(step.target.name), step.target.index)
                for partial in partials(step.expression, step.target):
                    if partial.of.name in self.names:
                        self._hand_on(partial.times(upstream))

    def gradient(self, of: Ref) -> Expression:
        """The gradient of one number; 0 where the loss does not depend on it."""
        place = int(self._places[of.name][of.index])
        return folded(self._handed[of.name].of(place), self._places)

    def depends_on(self, of: Ref) -> bool:
        """Whether any step on the way to the loss reads this number."""
        return bool(self._handed[of.name].of(int(self._places[of.name][of.index])))

    def shape(self, name: str) -> tuple[int, ...]:
        return self._arrays[name].shape

    def _hand_on(self, partial: Partial) -> None:
        places = self._places[partial.of.name][partial.of.index].ravel()
        if partial.winner:
            numbers = self._arrays[partial.of.name][partial.of.index].ravel()
            places = places[[int(numbers.argmax())]]
        self._handed[partial.of.name].add(partial, places, self._places)


def _on_the_way(steps: Sequence[Step], wanted: set[str], ends: set[str], constants: set[str]) -> set[str]:
    """The arrays that depend on what is wanted, and that what the pass begins with depends on."""
    live = set(wanted)
    for step in steps:
        if step.target.name not in constants and any(ref.name in live for ref in reads(step.expression)):
            live.add(step.target.name)
    reached = set(ends)
    for step in reversed(steps):
        if step.target.name in reached:
            reached.update(ref.name for ref in reads(step.expression))
    return (live & reached) - constants


# ---- a whole pass ------------------------------------------------------------------------------------------------


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
    start: Start | None = None,
    given: Mapping[str, np.ndarray] | None = None,
    words: Words,
    constants: Sequence[str] = (),
) -> Derived:
    """The backward pass of forward steps, layer by layer; `given` are gradients that come from outside, by array.

    Raises: ValueError as `Derivation` does.
    """
    outside = dict(given or {})
    derivation = Derivation(steps, arrays, wanted=wanted, start=start, given=tuple(outside), constants=constants)
    gradients = {gradient_of(name): np.zeros(arrays[name].shape) for name in [*derivation.names, *wanted]}
    for name, values in outside.items():
        gradients[gradient_of(name)][...] = values
    numbers = {**arrays, **gradients}
    written: list[Step] = []
    with np.errstate(all="ignore"):
        for of, layer, unit in _order(steps, wanted, derivation):
            if of.name in outside:
                continue
            expression = derivation.gradient(of)
            target = Ref(gradient_of(of.name), of.index)
            gradients[target.name][target.index] = float(evaluate(expression, numbers)) + 0.0  # + 0 makes a −0 a 0
            title, note = words(of, expression)
            written.append(Step(target, expression, "backward", title, note, layer, unit))
    return Derived(gradients, written)


def _order(steps: Sequence[Step], wanted: Sequence[str], derivation: Derivation) -> Iterator[tuple[Ref, str, str]]:
    """Each number whose gradient is written, with its layer and unit: the last layer first, in it the last array first,
    then the parameters and inputs that this layer was the first to read."""
    stages = _stages(steps)
    first = _first_reads(stages, wanted)
    for number in reversed(range(len(stages))):
        stage = stages[number]
        by_array: dict[str, list[Step]] = {}
        for step in stage.steps:
            if step.target.name in derivation.names:
                by_array.setdefault(step.target.name, []).append(step)
        for name in reversed(by_array):
            yield from ((step.target, step.layer, step.unit) for step in by_array[name])
        for name in (each for each in wanted if first.get(each) == number and each in derivation.names):
            for index in np.ndindex(derivation.shape(name)):
                if derivation.depends_on(Ref(name, index)):  # rows of a table that nobody looks up keep a 0
                    yield Ref(name, index), stage.layer, f"row {index[0] + 1}" if len(index) > 1 else "all"


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
