"""The steps that RNN and LSTM share: sums, what reaches a hidden state, and the gradients of inputs and weights.

The backward steps are written by hand, as that is quicker than `trace.derive`, and tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import (
    Dot,
    Expression,
    Product,
    Ref,
    Step,
    Sum,
)
from visualizer.engine.walks.recurrent import notes as notes
from visualizer.engine.walks.recurrent.layer import Recurrent
from visualizer.engine.walks.recurrent.notes import Wording

_ALL = slice(None)


def before(name: str, t: int, *unit: int | slice) -> Ref:
    """A state as time step t finds it: of the step before, or the initial one."""
    return Ref(name, (t - 1, *unit)) if t else Ref(f"{name}0", unit)


def added(terms: list[Expression]) -> Expression:
    """The sum of terms: the only one as it is, none as 0."""
    if not terms:
        return 0.0
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def sum_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """a at time step t."""
    note, moment = words.note_of_sum(t), words.at(t)
    for row in range(layer.rows):
        yield Step(
            Ref("a", (t, row)),
            Sum((_weighted(layer, "ih", row, Ref("x", (t, _ALL))), _weighted(layer, "hh", row, before("h", t, _ALL)))),
            "forward",
            words.title_of_sum(t, row),
            note,
            moment,
            "pre-activations",
        )


def _weighted(layer: Recurrent, which: str, row: int, numbers: Ref) -> Dot:
    bias = layer.bias_ih if which == "ih" else layer.bias_hh
    return Dot(Ref(f"weight_{which}", (row, _ALL)), numbers, None if bias is None else Ref(f"bias_{which}", (row,)))


# ---- backward ----------------------------------------------------------------------------------------------------


def state_gradient_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """grad_h at time step t, from above and from later."""
    row, note, moment = layer.row_above(t), words.note_of_grad_h(t), words.at(t)
    for unit in range(layer.units):
        terms: list[Expression] = [] if row is None else [Ref("grad_h_above", (row, unit))]
        if layer.reached_from_later(t):
            terms.append(_back_across(t + 1, unit))
        title = words.title_of_grad_h(t, unit)
        yield Step(Ref("grad_h", (t, unit)), added(terms), "backward", title, note, moment, "hidden state")


def input_gradient_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """grad_x at time step t, and at the first grad_h0."""
    moment = words.at(t)
    for source in range(layer.inputs):
        back = Dot(Ref("grad_a", (t, _ALL)), Ref("weight_ih", (_ALL, source)))
        title = words.gradient("x", t, source)
        yield Step(Ref("grad_x", (t, source)), back, "backward", title, notes.GRAD_X, moment, "input")
    if t:
        return
    for unit in range(layer.units):
        title = words.gradient("h0", unit, what="the initial state ")
        back = _back_across(0, unit)
        yield Step(Ref("grad_h0", (unit,)), back, "backward", title, notes.GRAD_H0, moment, "initial state")


def _back_across(t: int, unit: int) -> Dot:
    """What the sums of a time step hand back to a unit of the hidden state before them."""
    return Dot(Ref("grad_a", (t, _ALL)), Ref("weight_hh", (_ALL, unit)))


# ---- weights -----------------------------------------------------------------------------------------------------


def backwards(first: int, last: int) -> slice:
    """The time steps from `last` down to `first`, both included."""
    return slice(last, first - 1 if first else None, -1)


def weight_steps(layer: Recurrent, words: Wording) -> Iterator[Step]:
    """The gradients of all weights and biases, each over all time steps from the last to the first."""
    steps = backwards(0, layer.length - 1)
    for row in range(layer.rows):
        unit, grads = words.row(row), Ref("grad_a", (steps, row))
        for source in range(layer.inputs):
            over = Dot(grads, Ref("x", (steps, source)))
            yield _weight_step(words, "weight_ih", (row, source), over, notes.GRAD_WEIGHT_IH, "input weights", unit)
    for row in range(layer.rows):
        unit = words.row(row)
        for source in range(layer.units):
            over_states = _over_states(layer, row, source)
            note = notes.GRAD_WEIGHT_HH
            yield _weight_step(words, "weight_hh", (row, source), over_states, note, "recurrent weights", unit)
    for name in ("bias_ih", "bias_hh"):
        if name in layer.given:
            for row in range(layer.rows):
                total = Sum((Ref("grad_a", (steps, row)),))
                yield _weight_step(words, name, (row,), total, notes.GRAD_BIAS, "biases", words.row(row))


def _over_states(layer: Recurrent, row: int, source: int) -> Expression:
    """∂ℓ/∂a times the hidden state before it, over all time steps; before the first it is the initial one."""
    times = reversed(range(layer.length))
    return added([Product((Ref("grad_a", (t, row)), before("h", t, source))) for t in times])


def _weight_step(
    words: Wording, name: str, at: tuple[int, ...], expression: Expression, note: str, layer: str, unit: str
) -> Step:
    return Step(Ref(f"grad_{name}", at), expression, "backward", words.gradient(name, *at), note, layer, unit)
