"""How the numbers of an RNN or LSTM are written, and all of it in one formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.walks.convolution.symbols import with_gradients
from visualizer.engine.walks.recurrent.layer import GATES, Recurrent
from visualizer.engine.walks.recurrent.readout import Output
from visualizer.engine.walks.softmax.steps import softmax_symbols


def recurrent_symbols(layer: Recurrent, names: Iterable[str]) -> dict[str, Symbol]:
    """The symbols of the named arrays: x_t,j, w_k,j, u_k,j, b_k, b′_k, a_t,k, h_t,k; in an LSTM with the gate above.

    t counts time steps, k units, j inputs or the units of the previous step; a number of units or inputs is dropped
    where there is only one. The states before the first step are h₀,k and c₀,k. What enters from above is marked "out".
    """
    unit = (1,) if layer.units > 1 else ()
    state = (0, *unit)
    symbols = {
        "x": Symbol("x", below=(0, 1) if layer.inputs > 1 else (0,), matrix="x"),
        "tanh_c": Symbol("tanh c", below=state),
        **{name: Symbol(name, below=state, matrix=name) for name in ("h", "c", *GATES)},
        **_of_parameters(layer),
        **{f"{name}0": Symbol(name, below=("0", *(part - 1 for part in unit)), matrix=name) for name in ("h", "c")},
        "h_above": Symbol("h", below=state, above=("out",)),
        "c_given": Symbol("c", below=(str(layer.length), *(part - 1 for part in unit)), above=("out",)),
    }
    if layer.output is not None:
        symbols |= _of_output(layer.output, unit)
        symbols["h_above"] = replace(symbols["h_above"], numbers=_time_steps(layer.output))
    return with_gradients(symbols, names)


def _of_parameters(layer: Recurrent) -> dict[str, Symbol]:
    """Weights, biases and pre-activations, the numbers of an LSTM that are stacked gate by gate."""
    lstm = layer.kind == "lstm"
    down = (layer.units, GATES)  # an axis of four blocks, one a gate
    first, second = ((0, *down), (1, *down)) if lstm else (None, None)
    row = (0,) if layer.units > 1 else ()
    return {
        "weight_ih": Symbol("w", below=(*row, 1) if layer.inputs > 1 else row, matrix="w", blocks=first),
        "weight_hh": Symbol("u", below=(*row, 1) if layer.units > 1 else row, matrix="u", blocks=first),
        "bias_ih": Symbol("b", below=row, matrix="b", blocks=first),
        "bias_hh": Symbol("b′", below=row, matrix="b′", blocks=first),
        "a": Symbol("a", below=(0, 1) if layer.units > 1 else (0,), matrix="a", blocks=second),
    }


def _of_output(output: Output, unit: tuple[int, ...]) -> dict[str, Symbol]:
    several = output.size > 1
    counted, steps = (0, 1) if several else (0,), _time_steps(output)
    row = (0,) if several else ()
    return {
        "weight_out": Symbol("v", below=(*row, *unit), matrix="v"),
        "bias_out": Symbol("b", below=row, above=("out",), matrix="b^out"),
        "z": Symbol("z", below=counted, matrix="z", numbers=steps),
        **softmax_symbols(Symbol("", below=counted, numbers=steps), Symbol("", below=(0,), numbers=steps)),
        "p": Symbol("p", below=counted, matrix="p", numbers=steps),
        "targets": Symbol("y", below=counted, matrix="y", numbers=steps),
        "losses": Symbol("ℓ", below=(0,), matrix="ℓ", numbers=steps),
        "loss": Symbol("ℓ", matrix="ℓ"),
    }


def _time_steps(output: Output) -> tuple[int, tuple[int, ...]] | None:
    """The time step of each row, counted from 1, where rows and time steps are not the same."""
    if output.times == tuple(range(len(output.times))):
        return None
    return 0, tuple(t + 1 for t in output.times)


def recurrent_overview(layer: Recurrent) -> Template:
    """One time step: of an RNN h_t = g(W x_t + U h_t−1 + b), of an LSTM a line for each gate, and c_t and h_t."""
    if layer.kind == "rnn":
        return ("row", _at("h"), "=", layer.activation.symbol, "(", *_sum_of(layer), ")")
    gates = (
        ("row", _at(gate), "=", "tanh" if gate == "g" else "σ", "(", *_sum_of(layer, gate), ")") for gate in "figo"
    )
    cell = ("row", _at("c"), "=", _at("f"), "·", _at("c", "t−1"), "+", _at("i"), "·", _at("g"))
    return ("lines", *gates, cell, ("row", _at("h"), "=", _at("o"), "·", "tanh", "(", _at("c"), ")"))


def _sum_of(layer: Recurrent, gate: str = "") -> tuple[Template, ...]:
    """W x_t + U h_t−1 and the biases, each named after its gate."""

    def named(letter: str) -> Template:
        return ("sup", letter, gate) if gate else letter

    biases = [letter for letter, bias in (("b", layer.bias_ih), ("b′", layer.bias_hh)) if bias is not None]
    added = tuple(part for letter in biases for part in ("+", named(letter)))
    return (("row", named("W"), _at("x")), "+", ("row", named("U"), _at("h", "t−1")), *added)


def _at(letter: str, time: str = "t") -> Template:
    return ("sub", letter, time)


def recurrent_legend(layer: Recurrent) -> str:
    """How to read the letters."""
    sentences = []
    if layer.kind == "lstm":
        sentences.append(
            "f, i and o are the forget, input and output gates, g is the candidate; as superscripts of w, u, b and a "
            "they name the gate"
        )
    sentences.append("W is weight_ih, for the input, and U is weight_hh, for the previous hidden state")
    if layer.bias_ih is not None and layer.bias_hh is not None:
        sentences.append("PyTorch has two biases, b and b′, where one would be enough")
    if layer.units > 1:
        sentences.append("The first subscript is the time step, the second the unit")
    return " ".join(f"{sentence}." for sentence in sentences)
