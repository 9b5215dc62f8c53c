"""Reverse-mode differentiation that writes down what it does: backward steps that follow from the forward steps.

Each forward step says, by its operation's partial derivatives, what the numbers that it reads contribute to the loss:
the gradient of what it writes times a factor. A number's gradient is the sum of its contributions; `folding` writes it
as a student would. Steps that differ only in their numbers are differentiated together.

The walks of one kind of net have their own backward steps, in a student's order and written by hand, as that takes a
small part of the time. `tests/engine/walks/test_derived.py` holds each of their gradients, term by term, against what
follows here. Source: Linnainmaa 1970; Griewank & Walther 2008, chapter 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from visualizer.engine.trace.folding import Form, Table, folded
from visualizer.engine.trace.operations import Expression, Ref, evaluate, outline, partials, reads, with_refs
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
        groups = _groups(steps, self._places)
        self.names = _on_the_way(groups, set(wanted), {*(start or {}), *given}, set(constants))
        self._places |= {gradient_of(name): self._places[name] for name in self.names}
        self._start = start or {}
        self._rows: defaultdict[str, dict[Form, list[np.ndarray]]] = defaultdict(dict)
        self._tables: dict[str, list[Table]] = {}
        for group in groups:
            if group.target in self.names:
                self._hand_on(group)

    def gradient(self, of: Ref) -> Expression:
        """The gradient of one number; 0 where the loss does not depend on it."""
        place = int(self._places[of.name][of.index])
        parts = [part for table in self._tables_of(of.name) for part in table.parts(place)]
        if of.name in self._start:
            parts.insert(0, self._start[of.name](of.index))  # type: ignore[arg-type]
        return folded(parts)

    def depends_on(self, of: Ref) -> bool:
        """Whether any step on the way to the loss reads this number."""
        place = int(self._places[of.name][of.index])
        return of.name in self._start or any(place in table for table in self._tables_of(of.name))

    def shape(self, name: str) -> tuple[int, ...]:
        return self._arrays[name].shape

    def _tables_of(self, name: str) -> list[Table]:
        if name not in self._tables:
            rows = self._rows[name].items()
            self._tables[name] = [Table(form, np.concatenate(parts), self._places) for form, parts in rows]
        return self._tables[name]

    def _hand_on(self, group: _Group) -> None:
        """What each step of a group contributes to the numbers that it reads."""
        upstream = Ref(gradient_of(group.target), group.refs[0].index)
        for partial in partials(group.expression, group.refs[0]):
            if partial.of.name not in self.names:
                continue
            to = group.places_of(partial.of)
            if partial.winner:
                numbers = self._arrays[partial.of.name].ravel()[to]
                to = np.take_along_axis(to, numbers.argmax(axis=1)[:, None], axis=1)
            read = [group.places_of(ref) for factor in partial.factors for ref in reads(factor)]
            columns = [to, group.spots[0], *read]
            rows = np.empty((*to.shape, len(columns)), dtype=np.int64)
            for number, column in enumerate(columns):
                rows[:, :, number] = column
            factors = (with_refs(factor, lambda ref: Ref(ref.name)) for factor in (upstream, *partial.factors))
            found = self._rows[partial.of.name].setdefault(Form(tuple(factors), partial.count), [])
            found.append(rows.reshape(-1, len(columns)))


@dataclass
class _Group:
    """Forward steps that differ only in the numbers that they read and write.

    `expression` and `refs`, the target at the front, are the first step's; `spots` holds for each of the refs the
    places of its numbers, a row for each step.
    """

    expression: Expression
    refs: list[Ref]
    spots: list[np.ndarray]

    @property
    def target(self) -> str:
        return self.refs[0].name

    def places_of(self, ref: Ref) -> np.ndarray:
        """Shapes: (steps, numbers of the block)."""
        return self.spots[self.refs.index(ref)]


def _groups(steps: Sequence[Step], places: Mapping[str, np.ndarray]) -> list[_Group]:
    """All steps, in the order of each group's first."""
    found: dict[Hashable, tuple[Step, list[Ref], list[list[np.ndarray]]]] = {}
    for step in steps:
        refs = [step.target]
        kind = outline(step.expression, refs)
        names = tuple([ref.name for ref in refs])
        spots = [places[ref.name][ref.index] for ref in refs]
        equal = tuple(map(refs.index, refs)) if len(set(names)) < len(names) else ()
        key = (kind, names, tuple([spot.shape for spot in spots]), equal)
        if key not in found:
            found[key] = (step, refs, [])
        found[key][2].append(spots)
    return [
        _Group(step.expression, refs, [np.array(each).reshape(len(rows), -1) for each in zip(*rows, strict=True)])
        for step, refs, rows in found.values()
    ]


def _on_the_way(groups: Sequence[_Group], wanted: set[str], ends: set[str], constants: set[str]) -> set[str]:
    """The arrays that depend on what is wanted, and that what the pass begins with depends on."""
    read: defaultdict[str, set[str]] = defaultdict(set)
    readers: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for ref in group.refs[1:]:
            read[group.target].add(ref.name)
            if group.target not in constants:
                readers[ref.name].add(group.target)
    return (_reached(wanted, readers) & _reached(ends, read)) - constants


def _reached(names: set[str], beside: Mapping[str, set[str]]) -> set[str]:
    """All that can be reached from some names, themselves too."""
    found, new = set(names), set(names)
    while new:
        new = {other for name in new for other in beside.get(name, ())} - found
        found |= new
    return found


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
