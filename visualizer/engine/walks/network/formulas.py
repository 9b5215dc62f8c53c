"""The slides' formulas of a net with one hidden layer, each whole in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from visualizer.engine.trace.functions import Template
from visualizer.engine.walks.network.net import Net
from visualizer.engine.walks.network.symbols import network_overview

_LOSS: Template = ("row", "ℓ", "(", "W", ")")
_LN: Template = "\u2009ln\u2009"  # a letter on either side
_OVER_EXAMPLES: Template = ("sub", "Σ", "j")


def network_formulas(net: Net, names: Iterable[str]) -> Mapping[str, Template]:
    """By the name of an array, the formula that its numbers are part of; j counts the examples.

    Source: slides 5, 7, 8 and 13 (Kakade 2016): out(x), ∂ℓ/∂w_k, ∂ℓ/∂wᵢᵏ and w ← w − η ∂ℓ/∂w.
    """
    if net.depth != 2:
        return {}
    forward = network_overview(net)
    output, hidden = _weight_of_output(net, "k"), _weight_of_hidden("i")
    found: dict[str, Template] = {
        **dict.fromkeys(("a1", "h1", "a2", "out"), forward),
        **dict.fromkeys(("error", "losses", "loss"), _loss(net)),
        **dict.fromkeys(("grad_out", "grad_a2", "grad_W2"), _gradient(net, output, _output("h", "k"))),
        "grad_b2": _gradient(net, _weight_of_output(net, "0"), ()),
        **dict.fromkeys(("grad_h1", "grad_a1", "grad_W1"), _gradient(net, hidden, _through(net, _input()))),
        "grad_b1": _gradient(net, _weight_of_hidden("0"), _through(net, ())),
        **dict.fromkeys(("new_W1", "new_b1", "new_W2", "new_b2"), _update()),
    }
    return {name: formula for name, formula in found.items() if name in names}


# ---- letters -----------------------------------------------------------------------------------------------------


def _weight_of_output(net: Net, source: str) -> Template:
    """w_k, or v_kᵒ where there are several outputs."""
    return ("sup", ("sub", "v", source), "o") if net.outputs > 1 else ("sub", "w", source)


def _weight_of_hidden(source: str) -> Template:
    return ("sup", ("sub", "w", source), "k")


def _of_output(net: Net, letter: str) -> Template:
    return ("sub", letter, "o") if net.outputs > 1 else letter


def _output(letter: str, unit: str) -> tuple[Template, ...]:
    return (("sup", letter, unit),)


def _input() -> tuple[Template, ...]:
    return (("sup", ("sub", "x", "i"), "j"),)


# ---- formulas ----------------------------------------------------------------------------------------------------


def _difference(net: Net) -> tuple[Template, ...]:
    """yʲ − out(xʲ)."""
    target: Template = ("sup", _of_output(net, "y"), "j")
    return (target, "−", _of_output(net, "out"), "(", ("sup", "x", "j"), ")")


def _slope(at: Template) -> Template:
    """g′(…), which stays in one line."""
    return ("row", "g′", "(", at, ")")


def _factor(net: Net) -> tuple[Template, ...]:
    """What stands before the sum of a loss: ½, 1/N, or nothing."""
    if net.loss.halved:
        return ("½",)
    count = net.loss.count(net.y)
    return (("frac", "1", str(count)),) if count > 1 else ()


def _loss(net: Net) -> Template:
    sums: tuple[Template, ...] = (_OVER_EXAMPLES, *((("sub", "Σ", "o"),) if net.outputs > 1 else ()))
    if net.loss.softmax:
        share = ("row", ("sup", ("sub", "y", "o"), "j"), _LN, ("sub", "out", "o"), "(", ("sup", "x", "j"), ")")
        return ("row", _LOSS, "=", "−", *_factor(net), *sums, share)
    return ("row", _LOSS, "=", *_factor(net), *sums, ("row", "[", *_difference(net), ("sup", "]", "2")))


def _from_the_loss(net: Net) -> tuple[Template, ...]:
    """Σⱼ −[yʲ − out(xʲ)] g′(aᵒᵘᵗ), with the factor that the loss brings; a softmax has no g′ left."""
    count = net.loss.count(net.y)
    two = "1" if net.loss.softmax or net.loss.halved else "2"
    factor: tuple[Template, ...] = (("frac", two, str(count)),) if count > 1 else () if two == "1" else (two,)
    slope: tuple[Template, ...] = () if net.loss.softmax else (_slope(_sum_of_output(net)),)
    return (*factor, _OVER_EXAMPLES, ("row", "−", "[", *_difference(net), "]"), *slope)


def _sum_of_output(net: Net) -> Template:
    return ("sup", ("sub", "a", "o"), "out") if net.outputs > 1 else ("sup", "a", "out")


def _through(net: Net, last: tuple[Template, ...]) -> tuple[Template, ...]:
    """On through a hidden unit: its output weight, its slope, its input."""
    return (_weight_of_output(net, "k"), _slope(("sup", "a", "k")), *last)


def _gradient(net: Net, weight: Template, end: tuple[Template, ...]) -> Template:
    of_weight: Template = ("frac", ("row", "∂", "ℓ"), ("row", "∂", weight))
    over_outputs: tuple[Template, ...] = ()
    if net.outputs > 1 and len(end) > 1:
        over_outputs = (("sub", "Σ", "o"),)
    start = _from_the_loss(net)
    at = start.index(_OVER_EXAMPLES) + 1
    return ("row", of_weight, "=", *start[:at], *over_outputs, *start[at:], *end)


def _update() -> Template:
    return ("row", "w", "←", "w", "−", "η", ("frac", ("row", "∂", "ℓ"), ("row", "∂", "w")))
