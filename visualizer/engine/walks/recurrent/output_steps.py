"""The steps of an output layer with its loss: outputs, losses, and the gradients that start there."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import (
    Difference,
    Dot,
    Expression,
    Product,
    Ref,
    Step,
    Sum,
)
from visualizer.engine.walks.recurrent import notes as notes
from visualizer.engine.walks.recurrent.notes import Wording
from visualizer.engine.walks.recurrent.readout import Output
from visualizer.engine.walks.recurrent.steps import added, backwards
from visualizer.engine.walks.softmax.steps import (
    CROSS_ENTROPY,
    Scores,
    cross_entropy,
    log_sum_exp_step,
    softmax_steps,
)

_ALL = slice(None)
_UNIT = "output"


def output_steps(output: Output, words: Wording, t: int) -> Iterator[Step]:
    """z, and with cross-entropy p, at time step t, if there is an output."""
    if t not in output.times:
        return
    row, moment = output.times.index(t), words.at(t)
    for place in range(output.size):
        bias = None if output.bias is None else Ref("bias_out", (place,))
        read = Dot(Ref("weight_out", (place, _ALL)), Ref("h", (t, _ALL)), bias)
        title = f"What is {_of(output, place)} at {moment}?"
        if output.softmax:
            title = f"What is the score of {output.class_name(place)} at {moment}?"
        yield Step(Ref("z", (row, place)), read, "forward", title, notes.OUTPUT[bias is not None], moment, _UNIT)
    if output.softmax:
        yield from softmax_steps(_scores(output, row, moment))


def _scores(output: Output, row: int, moment: str) -> Scores:
    classes = tuple(map(output.class_name, range(output.size)))
    return Scores(
        name="z",
        shares="p",
        at=(row,),
        classes=classes,
        units=(_UNIT,) * output.size,
        layer=moment,
        where=f" at {moment}",
        title_of_share=lambda place: f"What probability does the net assign to {classes[place]} at {moment}?",
    )


def _of(output: Output, place: int) -> str:
    return "the output" if output.size == 1 else f"output {place + 1}"


def loss_steps(output: Output, words: Wording) -> Iterator[Step]:
    """losses, one a time step with an output, and loss."""
    note = CROSS_ENTROPY if output.softmax else notes.SQUARED
    for row, t in enumerate(output.times):
        moment = words.at(t)
        if output.softmax:
            yield log_sum_exp_step(_scores(output, row, moment))
        title = f"How wrong is the net at {moment}?"
        yield Step(Ref("losses", (row,)), _loss_of(output, row), "loss", title, note, moment, "loss")
    title = "How wrong is the net, in one number?"
    yield Step(Ref("loss"), Sum((Ref("losses"),)), "loss", title, notes.LOSS, "loss", "loss")


def _loss_of(output: Output, row: int) -> Expression:
    """One time step's loss. Under cross-entropy, a target of 0 adds nothing and is not written."""
    targets = output.targets[row].tolist()
    each = [place for place in range(output.size) if targets[place] or not output.softmax]
    return added([_share(output, (row, place)) for place in each])


def _share(output: Output, at: tuple[int, int]) -> Expression:
    if output.softmax:
        return cross_entropy(_scores(output, at[0], ""), "targets", at[1])
    error = Difference(Ref("targets", at), Ref("z", at))
    return Product((0.5, error, error))


# ---- backward ----------------------------------------------------------------------------------------------------


def output_gradient_steps(output: Output, words: Wording, t: int) -> Iterator[Step]:
    """grad_z and grad_h_above at time step t, if there is an output."""
    if t not in output.times:
        return
    row, moment = output.times.index(t), words.at(t)
    found, note = ("p", notes.GRAD_Z_SOFTMAX) if output.softmax else ("z", notes.GRAD_Z_SQUARED)
    for place in range(output.size):
        at = (row, place)
        off = Difference(Ref(found, at), Ref("targets", at))
        yield Step(Ref("grad_z", at), off, "backward", words.gradient("z", *at), note, moment, _UNIT)
    for unit in range(output.weight.shape[1]):
        back = Dot(Ref("grad_z", (row, _ALL)), Ref("weight_out", (_ALL, unit)))
        title = f"What gradient reaches {words.write('h', t, unit)} from the output at {moment}?"
        yield Step(Ref("grad_h_above", (row, unit)), back, "backward", title, notes.GRAD_ABOVE, moment, _UNIT)


def output_weight_steps(output: Output, words: Wording) -> Iterator[Step]:
    """grad_weight_out and grad_bias_out."""
    layer = "output weights"
    for place in range(output.size):
        for unit in range(output.weight.shape[1]):
            title = words.gradient("weight_out", place, unit)
            target, over = Ref("grad_weight_out", (place, unit)), _over_outputs(output, place, unit)
            yield Step(target, over, "backward", title, notes.GRAD_WEIGHT_OUT, layer, _of(output, place))
    if output.bias is None:
        return
    rows = backwards(0, len(output.times) - 1)
    for place in range(output.size):
        title, over = words.gradient("bias_out", place), Sum((Ref("grad_z", (rows, place)),))
        target, note = Ref("grad_bias_out", (place,)), notes.GRAD_BIAS_OUT
        yield Step(target, over, "backward", title, note, layer, _of(output, place))


def _over_outputs(output: Output, place: int, unit: int) -> Expression:
    """∂ℓ/∂z times the hidden state, over the time steps with an output, from the last to the first."""
    first, last, count = output.times[0], output.times[-1], len(output.times)
    if last - first == count - 1:  # no time step left out between
        return Dot(Ref("grad_z", (backwards(0, count - 1), place)), Ref("h", (backwards(first, last), unit)))
    pairs = [(row, output.times[row]) for row in reversed(range(count))]
    return Sum(tuple(Product((Ref("grad_z", (row, place)), Ref("h", (t, unit)))) for row, t in pairs))
