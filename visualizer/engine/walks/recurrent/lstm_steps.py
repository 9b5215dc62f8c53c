"""The steps of an LSTM's time steps, forward and backward."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import (
    Apply,
    Expression,
    Product,
    Ref,
    Step,
    Sum,
)
from visualizer.engine.walks.recurrent import notes as notes
from visualizer.engine.walks.recurrent.layer import GATES, Recurrent
from visualizer.engine.walks.recurrent.notes import GATE_NAMES, Wording
from visualizer.engine.walks.recurrent.steps import (
    added,
    before,
    input_gradient_steps,
    state_gradient_steps,
    sum_steps,
)


def _function(gate: str) -> str:
    return "tanh" if gate == "g" else "sigmoid"


def lstm_forward_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """a, the gates, c, tanh_c and h at time step t."""
    yield from sum_steps(layer, words, t)
    moment, units = words.at(t), range(layer.units)
    for block, gate in enumerate(GATES):
        for unit in units:
            opened = Apply(_function(gate), (Ref("a", (t, block * layer.units + unit)),))
            title = words.title_of_gate(gate, t, unit)
            yield Step(Ref(gate, (t, unit)), opened, "forward", title, notes.GATES_OPENED[gate], moment, "gates")
    for unit in units:
        at = (t, unit)
        kept, taken = Product((Ref("f", at), before("c", t, unit))), Product((Ref("i", at), Ref("g", at)))
        title = words.title_of_cell(t, unit)
        yield Step(Ref("c", at), Sum((kept, taken)), "forward", title, notes.CELL, moment, "cell state")
    for unit in units:
        squashed, title = Apply("tanh", (Ref("c", (t, unit)),)), f"How strong is {words.write('c', t, unit)}, squashed?"
        yield Step(Ref("tanh_c", (t, unit)), squashed, "forward", title, notes.TANH_CELL, moment, "hidden state")
    for unit in units:
        shown, title = Product((Ref("o", (t, unit)), Ref("tanh_c", (t, unit)))), words.title_of_state(t, unit)
        yield Step(Ref("h", (t, unit)), shown, "forward", title, notes.LSTM_STATE, moment, "hidden state")


# ---- backward ----------------------------------------------------------------------------------------------------


def lstm_backward_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """grad_h, grad_o, grad_c, grad_f, grad_i, grad_g, grad_a, grad_x at time step t; at the first the states before."""
    yield from state_gradient_steps(layer, words, t)
    yield from _gate_gradient_steps(layer, words, t, "o", "output gate")
    yield from _cell_gradient_steps(layer, words, t)
    for gate in "fig":
        yield from _gate_gradient_steps(layer, words, t, gate, "gates")
    for block, gate in enumerate(GATES):
        yield from _slope_steps(layer, words, t, block, gate)
    yield from input_gradient_steps(layer, words, t)
    if t == 0:
        for unit in range(layer.units):
            back = Product((Ref("grad_c", (0, unit)), Ref("f", (0, unit))))
            title = words.gradient("c0", unit, what="the initial cell state ")
            target = Ref("grad_c0", (unit,))
            yield Step(target, back, "backward", title, notes.GRAD_C0, words.at(0), "initial state")


def _gate_gradient_steps(layer: Recurrent, words: Wording, t: int, gate: str, group: str) -> Iterator[Step]:
    """The gradient of what it made, times what the gate was multiplied with there."""
    for unit in range(layer.units):
        at = (t, unit)
        made = Ref("grad_h" if gate == "o" else "grad_c", at)
        beside = {"o": Ref("tanh_c", at), "f": before("c", t, unit), "i": Ref("g", at), "g": Ref("i", at)}[gate]
        title = words.gradient(gate, *at, what=f"the {GATE_NAMES[gate]} ")
        note = notes.GATE_GRADIENTS[gate]
        yield Step(Ref(f"grad_{gate}", at), Product((made, beside)), "backward", title, note, words.at(t), group)


def _cell_gradient_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """grad_c at time step t: through h, and along the cell line from later or from outside."""
    note, moment = words.note_of_grad_c(t), words.at(t)
    for unit in range(layer.units):
        at, next_ = (t, unit), (t + 1, unit)
        through = Product((Ref("grad_h", at), Ref("o", at), Apply("tanh'", (Ref("tanh_c", at),))))
        terms: list[Expression] = [through]
        if layer.reached_from_later(t):
            terms.append(Product((Ref("grad_c", next_), Ref("f", next_))))
        if t == layer.length - 1 and layer.grad_c is not None:
            terms.append(Ref("grad_c_given", (unit,)))
        title = words.title_of_grad_c(t, unit)
        yield Step(Ref("grad_c", at), added(terms), "backward", title, note, moment, "cell state")


def _slope_steps(layer: Recurrent, words: Wording, t: int, block: int, gate: str) -> Iterator[Step]:
    """grad_a of one gate's units: the gate's gradient times its slope."""
    for unit in range(layer.units):
        at, row = (t, unit), block * layer.units + unit
        back = Product((Ref(f"grad_{gate}", at), Apply(f"{_function(gate)}'", (Ref(gate, at),))))
        title, note = words.gradient("a", t, row), notes.SLOPES[gate == "g"]
        yield Step(Ref("grad_a", (t, row)), back, "backward", title, note, words.at(t), "pre-activations")
