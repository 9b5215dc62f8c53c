"""The steps of an RNN's time steps, forward and backward."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Apply, Product, Ref, Step
from visualizer.engine.walks.recurrent import notes as notes
from visualizer.engine.walks.recurrent.layer import Recurrent
from visualizer.engine.walks.recurrent.notes import Wording
from visualizer.engine.walks.recurrent.steps import input_gradient_steps, state_gradient_steps, sum_steps


def rnn_forward_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """a and h at time step t."""
    yield from sum_steps(layer, words, t)
    note, moment = f"{notes.RNN_STATE} {layer.activation.effect}", words.at(t)
    for unit in range(layer.units):
        passed = Apply(layer.activation.function, (Ref("a", (t, unit)),))
        title = words.title_of_state(t, unit)
        yield Step(Ref("h", (t, unit)), passed, "forward", title, note, moment, "hidden state")


def rnn_backward_steps(layer: Recurrent, words: Wording, t: int) -> Iterator[Step]:
    """grad_h, grad_a and grad_x at time step t, and at the first grad_h0."""
    yield from state_gradient_steps(layer, words, t)
    note = notes.THROUGH_TANH if layer.activation.name == "tanh" else notes.THROUGH_RELU
    for unit in range(layer.units):
        at = (t, unit)
        slope = Apply(layer.activation.derivative, (Ref(layer.activation.cached, at),))
        back, title = Product((Ref("grad_h", at), slope)), words.gradient("a", *at)
        yield Step(Ref("grad_a", at), back, "backward", title, note, words.at(t), "pre-activations")
    yield from input_gradient_steps(layer, words, t)
