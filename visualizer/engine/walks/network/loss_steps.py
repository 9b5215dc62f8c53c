"""The steps from the outputs of a net to its loss."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Difference, Expression, Ref, Step
from visualizer.engine.walks.losses import TITLE
from visualizer.engine.walks.network import notes as notes
from visualizer.engine.walks.network.net import Net
from visualizer.engine.walks.network.notes import Wording
from visualizer.engine.walks.softmax.steps import CROSS_ENTROPY, Scores, cross_entropy, log_sum_exp_step

_ALL = slice(None)
Matrix = tuple[str | Ref, ...]


def loss_steps(net: Net, words: Wording) -> Iterator[Step]:
    """What each output adds to the loss, and the loss."""
    single = net.examples * net.outputs == 1
    for example in range(net.examples):
        if net.loss.softmax:
            scores = scores_of(net, words, example)
            yield log_sum_exp_step(scores)
            yield from (_cross_entropy_step(net, words, scores, unit, example) for unit in range(net.outputs))
            continue
        for unit in range(net.outputs):
            yield _error_step(net, words, unit, example)
            if not single:
                yield _squared_step(net, words, unit, example)
    total = net.loss.total_step(Ref("losses"), net.y)
    matrix: Matrix = (Ref("loss"), "=", "Σ", Ref("losses"), *over_count(net))
    if single:
        total, error = net.loss.share_step(Ref("error", (0, 0))), _row("error", 0)
        matrix = (Ref("loss"), "=", *_half(net), error, "∘", error)
    yield Step(Ref("loss"), total, "loss", TITLE, net.loss.note_of_total(net.y), "loss", "loss", matrix)


def _half(net: Net) -> tuple[str, ...]:
    return ("½",) if net.loss.halved else ()


def _error_step(net: Net, words: Wording, unit: int, example: int) -> Step:
    at = (example, unit)
    return Step(
        Ref("error", at),
        Difference(Ref("y", at), Ref("out", at)),
        "loss",
        f"How far is {words.unit(net.depth, unit)}{words.on(example)} from its target?",
        notes.ERROR,
        "loss",
        words.stretch(net.depth, unit, example),
        (_row("error", example), "=", _row("y", example), "−", _row("out", example)),
    )


def _squared_step(net: Net, words: Wording, unit: int, example: int) -> Step:
    error = _row("error", example)
    expression = net.loss.share_step(Ref("error", (example, unit)))
    matrix: Matrix = (*_half(net), error, "∘", error)
    return _share_step(net, words, unit, example, expression, net.loss.note_of_share, matrix)


def _cross_entropy_step(net: Net, words: Wording, scores: Scores, unit: int, example: int) -> Step:
    log_sum_exp = scores.one("log_sum_exp")
    matrix: Matrix = (_row("y", example), "∘", "(", log_sum_exp, "−", scores.row(scores.name), ")")
    return _share_step(net, words, unit, example, cross_entropy(scores, "y", unit), CROSS_ENTROPY, matrix)


def _share_step(
    net: Net, words: Wording, unit: int, example: int, expression: Expression, note: str, matrix: Matrix
) -> Step:
    return Step(
        Ref("losses", (example, unit)),
        expression,
        "loss",
        f"What does {words.unit(net.depth, unit)}{words.on(example)} add to the loss?",
        note,
        "loss",
        words.stretch(net.depth, unit, example),
        (_row("losses", example), "=", *matrix),
    )


def over_count(net: Net) -> Matrix:
    """The end of a formula of a loss that is a mean."""
    count = net.loss.count(net.y)
    return ("/", str(count)) if count > 1 else ()


def scores_of(net: Net, words: Wording, example: int) -> Scores:
    """The sums of the output layer on one example, for the softmax."""
    classes = range(net.outputs)
    return Scores(
        name=f"a{net.depth}",
        shares="out",
        at=(example,),
        classes=tuple(words.unit(net.depth, unit) for unit in classes),
        units=tuple(words.stretch(net.depth, unit, example) for unit in classes),
        layer=words.layer(net.depth),
        where=words.on(example),
        title_of_share=lambda unit: words.title_of_output(net.depth, unit, example),
    )


def _row(name: str, example: int) -> Ref:
    return Ref(name, (example, _ALL))
