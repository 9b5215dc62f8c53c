"""The steps of a net, in the order in which a student writes them: forward, loss, backward, update."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine import network_notes as notes
from visualizer.engine.functions import Activation
from visualizer.engine.net import Net
from visualizer.engine.network_notes import Wording
from visualizer.engine.trace import Apply, Difference, Dot, Expression, Product, Ref, Step, Sum

_ALL = slice(None)
_Matrix = tuple[str | Ref, ...]


def network_steps(net: Net, words: Wording) -> tuple[Step, ...]:
    """Every number of the walk, each written by one step that reads only what is there before it."""
    steps = [*_forward(net, words), *_loss(net, words), *_backward(net, words)]
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
            sums = [_sum_step(net, words, layer, unit, example) for unit in range(net.units(layer))]
            outputs = [_output_step(net, words, layer, unit, example) for unit in range(net.units(layer))]
            if net.activation_of(layer) is None:  # softmax needs all sums first
                yield from (*sums, *outputs)
            else:
                yield from (step for pair in zip(sums, outputs, strict=True) for step in pair)


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


def _output_step(net: Net, words: Wording, layer: int, unit: int, example: int) -> Step:
    output, total = net.output_of(layer), f"a{layer}"
    activation = net.activation_of(layer)
    one, row = Ref(total, (example, unit)), _row(total, example)
    symbol = activation.symbol if activation else "softmax"
    return Step(
        Ref(output, (example, unit)),
        Apply(activation.function, (one,)) if activation else Apply("softmax", (row, one)),
        "forward",
        words.title_of_output(layer, unit, example),
        words.note_of_output(layer),
        words.layer(layer),
        words.stretch(layer, unit, example),
        (_row(output, example), "=", symbol, "(", row, ")") if symbol else (_row(output, example), "=", row),
    )


# ---- loss --------------------------------------------------------------------------------------------------------


def _loss(net: Net, words: Wording) -> Iterator[Step]:
    single = net.examples * net.outputs == 1
    for example in range(net.examples):
        for unit in range(net.outputs):
            if not net.loss.softmax:
                yield _error_step(net, words, unit, example)
            if not single:
                yield _losses_step(net, words, unit, example)
    if single:
        error = Ref("error", (0, 0))
        matrix: _Matrix = (Ref("loss"), "=", "½", Ref("error"), "∘", Ref("error"))
        half: Expression = Product((0.5, error, error))
        yield Step(Ref("loss"), half, "loss", notes.TITLE_LOSS, notes.LOSS_OF_ONE, "loss", "loss", matrix)
    else:
        matrix = (Ref("loss"), "=", "Σ", Ref("losses"))
        added = Sum((Ref("losses"),))
        yield Step(Ref("loss"), added, "loss", notes.TITLE_LOSS, notes.LOSS, "loss", "loss", matrix)


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


def _losses_step(net: Net, words: Wording, unit: int, example: int) -> Step:
    at = (example, unit)
    share, y, out, error = (_row(name, example) for name in ("losses", "y", "out", "error"))
    softmax = net.loss.softmax
    squared = Product((0.5, Ref("error", at), Ref("error", at)))
    return Step(
        Ref("losses", at),
        Apply("cross_entropy", (Ref("y", at), Ref("out", at))) if softmax else squared,
        "loss",
        f"What does {words.unit(net.depth, unit)}{words.on(example)} add to the loss?",
        notes.CROSS_ENTROPY if softmax else notes.SQUARED,
        "loss",
        words.stretch(net.depth, unit, example),
        (share, "=", "−", y, "∘", "ln", "(", out, ")") if softmax else (share, "=", "½", error, "∘", error),
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
    at = (example, unit)
    target, y, out, error = (_row(name, example) for name in ("grad_out", "y", "out", "error"))
    softmax = net.loss.softmax
    return Step(
        Ref("grad_out", at),
        Apply("cross_entropy'", (Ref("y", at), Ref("out", at))) if softmax else Apply("negative", (Ref("error", at),)),
        "backward",
        words.title_of_gradient("out", *at),
        notes.GRAD_OUT_CROSS_ENTROPY if softmax else notes.GRAD_OUT_SQUARED,
        words.layer(net.depth),
        words.stretch(net.depth, unit, example),
        (target, "=", "−", y, "/", out) if softmax else (target, "=", "−", error),
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
        return Difference(Ref("out", at), Ref("y", at)), (_row("out", example), "−", _row("y", example))
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
    """What the derivative is worked out from: the cached sum, the cached output, or nothing."""
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
            if net.biases is not None:
                yield _update_step(words, f"b{layer}", (unit,), words.weights(layer), words.unit(layer, unit))


def _update_step(words: Wording, name: str, at: tuple[int, ...], layer: str, unit: str) -> Step:
    rate, symbol = Ref("learning_rate"), words.write(name, *at)
    return Step(
        Ref(f"new_{name}", at),
        Difference(Ref(name, at), Product((rate, Ref(f"grad_{name}", at)))),
        "update",
        f"Where does {symbol} go next?",
        words.note_of_update(symbol),
        layer,
        unit,
        (Ref(f"new_{name}"), "=", Ref(name), "−", rate, Ref(f"grad_{name}")),
    )
