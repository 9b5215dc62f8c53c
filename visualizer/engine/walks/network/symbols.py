"""How the numbers of a net are written: the slide's notation for one hidden layer, numbered layers for other depths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.network.net import Net
from visualizer.engine.walks.softmax.steps import softmax_symbols


def network_symbols(net: Net, names: Iterable[str]) -> dict[str, Symbol]:
    """The symbols of the named arrays.

    One hidden layer: xᵢ, wᵢᵏ, w₀ᵏ, aᵏ, hᵏ, w_k, w₀, out, with the hidden unit's number k above. Several outputs are
    counted below; their weights are then called v_kᵒ, because wᵢᵏ is taken. Deeper nets: the layer's number above, the
    unit's below, and b for the biases.
    Source: slide 5 (Kakade 2016).
    """
    symbols = _of_data(net)
    for layer in range(1, net.depth + 1):
        symbols |= _of_layer(net, layer)
    for name, symbol in list(symbols.items()):
        symbols[f"grad_{name}"] = replace(symbol, prefix="∂ℓ/∂")
        symbols[f"new_{name}"] = replace(symbol, prefix="new ")
    return {name: symbols[name] for name in names}


def _of_data(net: Net) -> dict[str, Symbol]:
    example = 0 if net.examples > 1 else None
    output = _output_axis(net)
    of_softmax = softmax_symbols(Symbol("", below=output, example=example), Symbol("", example=example))
    return {
        **of_softmax,
        "x": Symbol("x", below=(1,), example=example, matrix="x"),
        "y": Symbol("y", below=output, example=example, matrix="y"),
        "out": Symbol("out", below=output, example=example, matrix="out"),
        "error": Symbol("e", below=output, example=example, matrix="e"),
        "losses": Symbol("ℓ", below=output, example=example, matrix="ℓ"),
        "loss": Symbol("ℓ", matrix="ℓ"),
        "learning_rate": Symbol("η", matrix="η"),
    }


def _output_axis(net: Net) -> tuple[int, ...]:
    return (1,) if net.outputs > 1 else ()


def _of_layer(net: Net, layer: int) -> dict[str, Symbol]:
    if net.depth > 2:
        written = _numbered(layer)
    elif layer < net.depth:
        written = {
            "W": Symbol("w", below=(1,), above=(0,)),
            "b": Symbol("w", below=("0",), above=(0,)),
            "a": Symbol("a", above=(1,)),
            "h": Symbol("h", above=(1,)),
        }
    else:
        written = _of_outputs(net)
    example = 0 if net.examples > 1 else None
    return {
        f"{kind}{layer}": replace(
            symbol,
            example=example if kind in "ah" else None,
            matrix=_matrix_name(net, kind, layer),
        )
        for kind, symbol in written.items()
    }


def _matrix_name(net: Net, kind: str, layer: int) -> str:
    """W^[1], b^[1], W^[2], b^[2]: no powers, and no examples, which are counted in round brackets.

    For one hidden layer a, h, a^out: aᵏ is taken there, it is unit k's.
    """
    if net.depth != 2 or kind in "Wb":
        return f"{kind}^[{layer}]"
    return kind if layer == 1 else f"{kind}^out"


def _numbered(layer: int) -> dict[str, Symbol]:
    above = (str(layer),)
    return {
        "W": Symbol("w", below=(0, 1), above=above),
        "b": Symbol("b", below=(0,), above=above),
        "a": Symbol("a", below=(1,), above=above),
        "h": Symbol("h", below=(1,), above=above),
    }


def _of_outputs(net: Net) -> dict[str, Symbol]:
    """The output layer on one hidden layer, or on the inputs; a is marked "out" beside the hidden units' aᵏ."""
    several = net.outputs > 1
    letter = "v" if several and net.depth == 2 else "w"
    above = (0,) if several else ()
    return {
        "W": Symbol(letter, below=(1,), above=above),
        "b": Symbol(letter, below=("0",), above=above),
        "a": Symbol("a", below=_output_axis(net), above=("out",) if net.depth == 2 else ()),
    }


def network_legend(net: Net) -> str:
    """How to read the overview's letters: a superscript is not a power."""
    if net.depth != 2:
        return "A superscript number is the layer's, not a power; g is the activation."
    weight = "wᵢᵏ leads from input i to hidden unit k; the superscript k is a label, not a power."
    bias = " i = 0 is the bias." if net.biases is not None else ""
    return f"{weight}{bias} g is {net.activation.symbol or 'the identity'} here."


def network_overview(net: Net) -> Template:
    """The whole net in one formula. Source: slide 5, out(x) = g(w₀ + Σ_k w_k g(w₀ᵏ + Σᵢ wᵢᵏ xᵢ))."""
    several, biased = net.outputs > 1, net.biases is not None
    out: Template = ("sub", "out", "o") if several else "out"
    start = ("row", out, "(", "x", ")", "=", _output_function(net), "(")
    if net.depth > 2:
        return (*start, *_nested(net), ")")
    above = "o" if several else ""
    inputs = ("sub", "x", "i")
    if net.depth == 1:
        return (*start, *_weighted_sum("w", "i", above, inputs, biased), ")")
    hidden = ("row", "g", "(", *_weighted_sum("w", "i", "k", inputs, biased), ")")
    return (*start, *_weighted_sum("v" if several else "w", "k", above, hidden, biased), ")")


def _output_function(net: Net) -> Template:
    if net.output_activation is None:
        return "softmax"
    return "g" if net.output_activation == net.activation else ("sub", "g", "out")


def _weighted_sum(letter: str, below: str, above: str, factor: Template, biased: bool) -> tuple[Template, ...]:
    """w₀ + Σᵢ wᵢ · factor."""

    def weight(index: str) -> Template:
        low: Template = ("sub", letter, index)
        return ("sup", low, above) if above else low

    bias: tuple[Template, ...] = (weight("0"), "+") if biased else ()
    return (*bias, ("sub", "Σ", below), weight(below), factor)


def _nested(net: Net) -> tuple[Template, ...]:
    """W^[3] g(W^[2] g(W^[1] x + b^[1]) + b^[2]) + b^[3], as wide as the net is deep."""
    inner: tuple[Template, ...] = ("x",)
    for layer in range(1, net.depth + 1):
        passed = inner if layer == 1 else ("g", "(", *inner, ")")
        bias: tuple[Template, ...] = ("+", ("sup", "b", f"[{layer}]")) if net.biases is not None else ()
        inner = (("sup", "W", f"[{layer}]"), *passed, *bias)
    return inner
