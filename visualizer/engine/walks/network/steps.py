"""The steps of a net, in the order in which a student writes them: forward, loss, backward, update.

The backward steps are written by hand, as that is quicker than `trace.derive`, and tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.activations import Activation
from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Dot,
    Expression,
    Product,
    Ref,
    Step,
    Sum,
)
from visualizer.engine.walks.network.loss_steps import loss_steps, over_count, scores_of
from visualizer.engine.walks.network.net import Net
from visualizer.engine.walks.network.notes import Wording
from visualizer.engine.walks.softmax.steps import softmax_steps

_ALL = slice(None)
_Matrix = tuple[str | Ref, ...]


def network_steps(net: Net, words: Wording) -> tuple[Step, ...]:
    """Every number of the walk, each written by one step that reads only what is there before it."""
    steps = [*_forward(net, words), *loss_steps(net, words), *_backward(net, words)]
    if net.learning_rate is not None:
        steps += _update(net, words)
    return tuple(steps)


def _row(name: str, example: int) -> Ref:
    return Ref(name, (example, _ALL))


def _column(name: str, unit: int) -> Ref:
    return Ref(name, (_ALL, unit))


# ---- forward -----------------------------------------------------------------------------------------------------


def _forward(net: Net, words: Wording) -> Iterator[Step]:
    for example in range(net.examples):
        for layer in range(1, net.depth + 1):
            activation = net.activation_of(layer)
            for unit in range(net.units(layer)):
                yield _sum_step(net, words, layer, unit, example)
                if activation is not None:
                    yield _output_step(net, words, layer, unit, example, activation)
            if activation is None:
                yield from softmax_steps(scores_of(net, words, example))


def _sum_step(net: Net, words: Wording, layer: int, unit: int, example: int) -> Step:
    total, below = f"a{layer}", _row(net.output_of(layer - 1), example)
    biased = net.biases is not None
    return Step(
        Ref(total, (example, unit)),
        Dot(Ref(f"W{layer}", (unit, _ALL)), below, Ref(f"b{layer}", (unit,)) if biased else None),
        "forward",
        f"What goes into {words.unit(layer, unit)}{words.on(example)}?",
        words.note_of_sum[layer, unit],
        words.layer(layer),
        words.stretch(layer, unit, example),
        (_row(total, example), "=", Ref(f"W{layer}"), below, *(("+", Ref(f"b{layer}")) if biased else ())),
    )


def _output_step(net: Net, words: Wording, layer: int, unit: int, example: int, activation: Activation) -> Step:
    output, total = net.output_of(layer), f"a{layer}"
    row, symbol = _row(total, example), activation.symbol
    return Step(
        Ref(output, (example, unit)),
        Apply(activation.function, (Ref(total, (example, unit)),)),
        "forward",
        words.title_of_output(layer, unit, example),
        words.note_of_output(layer, activation),
        words.layer(layer),
        words.stretch(layer, unit, example),
        (_row(output, example), "=", symbol, "(", row, ")") if symbol else (_row(output, example), "=", row),
    )


# ---- backward ----------------------------------------------------------------------------------------------------


def _backward(net: Net, words: Wording) -> Iterator[Step]:
    for layer in range(net.depth, 0, -1):
        if layer == net.depth:
            for example in range(net.examples):
                for unit in range(net.outputs):
                    yield _grad_out_step(net, words, unit, example)
                    yield _grad_a_step(net, words, layer, unit, example)
        else:
            for unit in range(net.units(layer)):
                for example in range(net.examples):
                    yield _grad_h_step(words, layer, unit, example)
                    yield _grad_a_step(net, words, layer, unit, example)
        for unit in range(net.units(layer)):
            for source in range(net.units(layer - 1)):
                yield _grad_weight_step(net, words, layer, unit, source)
            if net.biases is not None:
                yield _grad_bias_step(net, words, layer, unit)


def _grad_out_step(net: Net, words: Wording, unit: int, example: int) -> Step:
    at, loss = (example, unit), net.loss
    target, y, out, error = (_row(name, example) for name in ("grad_out", "y", "out", "error"))
    matrix: _Matrix
    if loss.softmax:
        expression, matrix = loss.grad_cross_entropy_step(Ref("y", at), Ref("out", at), net.y), ("−", y, "/", out)
    else:
        expression, matrix = loss.grad_step(Ref("error", at), net.y), ("−" if loss.halved else "−2", error)
    return Step(
        Ref("grad_out", at),
        expression,
        "backward",
        words.title_of_gradient("out", *at),
        loss.note_of_grad(net.y),
        words.layer(net.depth),
        words.stretch(net.depth, unit, example),
        (target, "=", *matrix, *over_count(net)),
    )


def _grad_h_step(words: Wording, layer: int, unit: int, example: int) -> Step:
    weight, above = f"W{layer + 1}", _row(f"grad_a{layer + 1}", example)
    return Step(
        Ref(f"grad_h{layer}", (example, unit)),
        Dot(_column(weight, unit), above),
        "backward",
        words.title_of_gradient(f"h{layer}", example, unit),
        words.note_of_grad_h[layer, unit],
        words.layer(layer),
        words.stretch(layer, unit, example),
        (_row(f"grad_h{layer}", example), "=", Ref(weight), "⊤", above),
    )


def _grad_a_step(net: Net, words: Wording, layer: int, unit: int, example: int) -> Step:
    expression, matrix = _through_activation(net, layer, unit, example)
    return Step(
        Ref(f"grad_a{layer}", (example, unit)),
        expression,
        "backward",
        words.title_of_gradient(f"a{layer}", example, unit),
        words.note_of_grad_a[layer, unit],
        words.layer(layer),
        words.stretch(layer, unit, example),
        (_row(f"grad_a{layer}", example), "=", *matrix),
    )


def _through_activation(net: Net, layer: int, unit: int, example: int) -> tuple[Expression, _Matrix]:
    """The gradient of a sum, from that of the output: times the slope. Softmax and logarithm go in one."""
    at, output = (example, unit), net.output_of(layer)
    activation = net.activation_of(layer)
    if activation is None:
        difference: _Matrix = (_row("out", example), "−", _row("y", example))
        whole = ("(", *difference, ")", *over_count(net)) if over_count(net) else difference
        return net.loss.grad_softmax_step(Ref("out", at), Ref("y", at), net.y), whole
    slope = Apply(activation.derivative, _cached(activation, f"a{layer}", output, at))
    grad = _row(f"grad_{output}", example)
    return Product((Ref(f"grad_{output}", at), slope)), (grad, *_matrix_slope(activation, layer, output, example))


def _matrix_slope(activation: Activation, layer: int, output: str, example: int) -> _Matrix:
    """The slope of a whole layer: "∘ h ∘ (1 − h)", "∘ g′(a)", or nothing for a slope of 1."""
    if not activation.symbol:
        return ()
    if not activation.matrix_slope:
        return ("∘", f"{activation.symbol}′", "(", _row(f"a{layer}", example), ")")
    return ("∘", *(_row(output, example) if part == "h" else part for part in activation.matrix_slope))


def _cached(activation: Activation, total: str, output: str, at: tuple[int, int]) -> tuple[Ref, ...]:
    """What the derivative is computed from: the cached sum, the cached output, or nothing."""
    return (Ref(total if activation.cached == "a" else output, at),) if activation.cached else ()


def _grad_weight_step(net: Net, words: Wording, layer: int, unit: int, source: int) -> Step:
    name, above, below = f"W{layer}", f"grad_a{layer}", net.output_of(layer - 1)
    outer: _Matrix = (_row(above, 0), _row(below, 0), "⊤")
    return Step(
        Ref(f"grad_{name}", (unit, source)),
        Dot(_column(above, unit), _column(below, source)),
        "backward",
        words.title_of_gradient(name, unit, source),
        words.note_of_grad_weight(layer, unit, source),
        words.weights(layer),
        words.unit(layer, unit),
        (Ref(f"grad_{name}"), "=", *(outer if net.examples == 1 else (Ref(above), "⊤", Ref(below)))),
    )


def _grad_bias_step(net: Net, words: Wording, layer: int, unit: int) -> Step:
    name, above = f"b{layer}", f"grad_a{layer}"
    rows = [part for example in range(net.examples) for part in ("+", _row(above, example))]
    return Step(
        Ref(f"grad_{name}", (unit,)),
        Sum((_column(above, unit),)),
        "backward",
        words.title_of_gradient(name, unit),
        words.note_of_grad_bias(layer, unit),
        words.weights(layer),
        words.unit(layer, unit),
        (Ref(f"grad_{name}"), "=", *rows[1:]),
    )


# ---- update ------------------------------------------------------------------------------------------------------


def _update(net: Net, words: Wording) -> Iterator[Step]:
    for layer in range(1, net.depth + 1):
        for unit in range(net.units(layer)):
            for source in range(net.units(layer - 1)):
                yield _update_step(words, f"W{layer}", (unit, source), words.weights(layer), words.unit(layer, unit))
            if net.biases is not None and not net.hold_biases:
                yield _update_step(words, f"b{layer}", (unit,), words.weights(layer), words.unit(layer, unit))


def _update_step(words: Wording, name: str, at: tuple[int, ...], layer: str, unit: str) -> Step:
    rate, symbol = Ref("learning_rate"), words.write(name, *at)
    return Step(
        Ref(f"new_{name}", at),
        Difference(Ref(name, at), Product((rate, Ref(f"grad_{name}", at)))),
        "update",
        f"What is the new {symbol}?",
        words.note_of_update(symbol),
        layer,
        unit,
        (Ref(f"new_{name}"), "=", Ref(name), "−", rate, Ref(f"grad_{name}")),
    )
