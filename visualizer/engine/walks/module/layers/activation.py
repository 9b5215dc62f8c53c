"""Activations, each number by itself; softmax and its logarithm over an axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from visualizer.engine.trace.functions import FUNCTIONS, LEAK
from visualizer.engine.trace.operations import Apply, Difference, Maximum, Ref, Sum
from visualizer.engine.trace.symbol import Index
from visualizer.engine.walks.module.tape import MAX_IN_MATRICES, Place, Tape, at, joined, row_at, walks

_ALL = slice(None)


@dataclass(frozen=True)
class _Activation:
    """How a module is written: its function, the attribute that is its constant with its letter, what it does."""

    function: str
    effect: str
    constant: str = ""
    letter: str = ""
    symbol: str = ""


_ELEMENTWISE: dict[type[nn.Module], _Activation] = {
    nn.ReLU: _Activation("relu", "ReLU passes a positive number unchanged and sets any other to 0."),
    nn.Sigmoid: _Activation("sigmoid", "σ squashes a number into the range from 0 to 1; 0 gives 0.5.", symbol="σ"),
    nn.Tanh: _Activation("tanh", "tanh squashes a number into the range from −1 to 1; 0 stays 0.", symbol="tanh"),
    nn.LeakyReLU: _Activation(
        "leaky_relu_of",
        "Leaky ReLU passes a positive number unchanged and multiplies a negative one by a small slope.",
        "negative_slope",
        "s",
    ),
    nn.ELU: _Activation(
        "elu", "ELU passes a positive number unchanged; a negative one saturates smoothly at −α.", "alpha", "α"
    ),
    nn.GELU: _Activation("gelu", "GELU weighs a number by the share Φ of a standard normal that lies below it."),
    nn.SiLU: _Activation("silu", "SiLU (also called Swish) weighs a number by its own sigmoid."),
    nn.Softplus: _Activation(
        "softplus_of",
        "Softplus is a smooth ReLU: never below 0, and close to the number when it is large.",
        "beta",
        "β",
    ),
}
_EQUAL_TO_DEFAULT = {"leaky_relu_of": ("leaky_relu", LEAK), "softplus_of": ("softplus", 1.0)}
"""Functions that need no constant where it is the usual one."""


@walks(*_ELEMENTWISE)
def elementwise(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """h = g(a), number by number."""
    activation = _ELEMENTWISE[type(module)]
    function = activation.function
    constants: tuple[str, ...] = ()
    if isinstance(module, nn.GELU) and module.approximate == "tanh":
        function = "gelu_tanh"
    if activation.constant:
        value = float(getattr(module, activation.constant))
        plain, usual = _EQUAL_TO_DEFAULT.get(function, ("", None))
        if value == usual:
            function = plain
        else:
            constants = (tape.constant(path, activation.constant, value, activation.letter),)
    numbers = tape.arrays[x]
    values = FUNCTIONS[function].value(numbers, *(tape.arrays[name] for name in constants))
    given = tuple(Ref(name) for name in constants)
    short = numbers.shape[-1] ** 2 <= MAX_IN_MATRICES
    out, symbol = joined(path, "out"), activation.symbol or type(module).__name__
    return tape.write(
        out,
        values,
        "h",
        lambda index: Apply(function, (at(x, index), *given)),
        matrix_at=lambda index: (row_at(out, index), "=", symbol, "(", row_at(x, index), ")") if short else (),
        path=path,
        title=f"What does {type(module).__name__} make of number {{place}}{{on}}?",
        note=activation.effect,
        example=tape.examples[x],
    )


# ---- softmax -----------------------------------------------------------------------------------------------------

_LARGEST = (
    "It is subtracted from every score before exponentiation. The probabilities stay the same, because the common "
    "factor cancels; but e to the power of 710 or more would overflow. For the same reason no gradient goes through it."
)
_EXP = "Always positive, and 1 for the largest score."
_TOTAL = "The sum over all classes. Divided by it, the exponentials add up to 1."
_SHARE = "This class's share of the sum. The shares are positive and add up to 1."
_LOG_SUM_EXP = "ln Σ eᶻ over the scores z: the largest score m was subtracted, so it is added back, m + ln S."
_LOG_SHARE = "The score minus log-sum-exp: the logarithm of the probability, which cannot underflow."


@walks(nn.Softmax)
def softmax(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """eᶻ / Σ eᶻ over an axis, the largest score subtracted first."""
    assert isinstance(module, nn.Softmax)
    return softmax_over(tape, path, x, _axis(tape, module.dim, path, x), "out")


@walks(nn.LogSoftmax)
def log_softmax(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """z − ln Σ eᶻ over an axis."""
    assert isinstance(module, nn.LogSoftmax)
    axis, scores = _axis(tape, module.dim, path, x), tape.arrays[x]
    row = _row_of(axis)
    largest, _, total = _exponentials(tape, path, x, axis)
    example = example_of_rows(tape, x, axis)
    log = tape.write(
        joined(path, "log_total"),
        torch.log(tape.arrays[total]),
        "l",
        lambda index: Apply("ln", (at(total, index),)),
        path=path,
        title="What is the logarithm of the sum{on}?",
        note="The natural logarithm of the sum of the exponentials.",
        example=example,
    )
    whole = tape.write(
        joined(path, "log_sum_exp"),
        tape.arrays[largest] + tape.arrays[log],
        "lse",
        lambda index: Sum((at(largest, index), at(log, index))),
        path=path,
        title="What is the logarithm of the sum of all exponentials{on}?",
        note=_LOG_SUM_EXP,
        example=example,
    )
    return tape.write(
        joined(path, "out"),
        scores - tape.arrays[whole].unsqueeze(axis),
        "h",
        lambda index: Difference(at(x, index), at(whole, row(index))),
        path=path,
        title="What is the logarithm of probability {place}{on}?",
        note=_LOG_SHARE,
        example=tape.examples[x],
    )


def softmax_over(tape: Tape, path: str, x: str, axis: int, out: str) -> str:
    """The probabilities of the scores along an axis."""
    row = _row_of(axis)
    _, exps, total = _exponentials(tape, path, x, axis)
    return tape.write(
        joined(path, out),
        tape.arrays[exps] / tape.arrays[total].unsqueeze(axis),
        "p",
        lambda index: Apply("ratio", (at(exps, index), at(total, row(index)))),
        path=path,
        title="What is probability {place}{on}?",
        note=_SHARE,
        example=tape.examples[x],
    )


def _exponentials(tape: Tape, path: str, x: str, axis: int) -> tuple[str, str, str]:
    """The largest score of each row, the exponentials, and their sums."""
    scores, row, block = tape.arrays[x], _row_of(axis), _block_of(axis)
    example = example_of_rows(tape, x, axis)
    top = scores.amax(dim=axis)
    largest = tape.write(
        joined(path, "largest"),
        top,
        "m",
        lambda index: Maximum(Ref(x, block(index))),
        path=path,
        title="Which score is the largest{on}?",
        note=_LARGEST,
        example=example,
    )
    tape.constants.add(largest)
    exps = tape.write(
        joined(path, "exps"),
        torch.exp(scores - top.unsqueeze(axis)),
        "q",
        lambda index: Apply("exp", (at(x, index), at(largest, row(index)))),
        path=path,
        title="What is e to the power of score {place}{on}?",
        note=_EXP,
        example=tape.examples[x],
    )
    total = tape.write(
        joined(path, "total"),
        tape.arrays[exps].sum(dim=axis),
        "S",
        lambda index: Sum((Ref(exps, block(index)),)),
        path=path,
        title="What do the exponentials add up to{on}?",
        note=_TOTAL,
        example=example,
    )
    return largest, exps, total


def _axis(tape: Tape, dim: int | None, path: str, x: str) -> int:
    dims = tape.arrays[x].dim()
    if dim is None:
        raise ValueError(f"layer {path or 'softmax'} must say over which axis it goes: give it a dim")
    if not -dims <= dim < dims:
        raise ValueError(f"layer {path or 'softmax'}: dim must lie from {-dims} to {dims - 1}, got {dim}")
    return dim % dims


def example_of_rows(tape: Tape, x: str, axis: int) -> int | None:
    """The axis of examples where a softmax has left one number for each row along an axis."""
    example = tape.examples[x]
    if example is None or example == axis:
        return None
    return example - (example > axis)


def _row_of(axis: int) -> Callable[[Place], Place]:
    return lambda index: (*index[:axis], *index[axis + 1 :])


def _block_of(axis: int) -> Callable[[Place], tuple[Index, ...]]:
    def block(index: Place) -> tuple[Index, ...]:
        return (*index[:axis], _ALL, *index[axis:])

    return block
