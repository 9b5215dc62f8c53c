"""An RNN or LSTM with its sequence: the arguments of a recurrent trace, checked and turned into float64."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

from visualizer.engine.arguments import checked_tensor, short
from visualizer.engine.trace.activations import ACTIVATIONS, Activation
from visualizer.engine.walks.recurrent.readout import Output, checked_output

GATES = "ifgo"
"""The order in which torch stacks an LSTM's gates."""
NONLINEARITIES = ("tanh", "relu")

Kind = Literal["rnn", "lstm"]


@dataclass(frozen=True, eq=False)
class Recurrent:
    """An RNN or LSTM of n units, a sequence of T time steps, and where its backward pass starts. Steps count from 0.

    Shapes: x (T, n_in); weight_ih (n or 4n, n_in); weight_hh (n or 4n, n); bias_ih and bias_hh (n or 4n,); h0 and c0
    (n,); grad_h (T, n); grad_c (n,). `activation` is an RNN's, `c0` an LSTM's. The gradient is cut after every
    `truncate` time steps.
    """

    kind: Kind
    x: Tensor
    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor | None
    bias_hh: Tensor | None
    h0: Tensor
    c0: Tensor | None = None
    activation: Activation = ACTIVATIONS["tanh"]
    grad_h: Tensor | None = None
    grad_c: Tensor | None = None
    output: Output | None = None
    truncate: int | None = None

    @property
    def length(self) -> int:
        return self.x.shape[0]

    @property
    def inputs(self) -> int:
        return self.x.shape[1]

    @property
    def units(self) -> int:
        return self.weight_hh.shape[1]

    @property
    def rows(self) -> int:
        """How many pre-activations there are at a time step: n, in an LSTM 4n."""
        return self.weight_hh.shape[0]

    @property
    def backward(self) -> bool:
        return self.grad_h is not None or self.grad_c is not None or self.output is not None

    @property
    def given(self) -> dict[str, Tensor]:
        """The numbers that no step writes, by name."""
        named = {
            "x": self.x,
            "weight_ih": self.weight_ih,
            "weight_hh": self.weight_hh,
            "bias_ih": self.bias_ih,
            "bias_hh": self.bias_hh,
            "h0": self.h0,
            "c0": self.c0,
            "grad_h_above": self.grad_h,
            "grad_c_given": self.grad_c,
        }
        if self.output is not None:
            named |= {"weight_out": self.output.weight, "bias_out": self.output.bias, "targets": self.output.targets}
        return {name: value for name, value in named.items() if value is not None}

    def cut_after(self, t: int) -> bool:
        """Whether the states of time step t are detached before the next one uses them."""
        return self.truncate is not None and (t + 1) % self.truncate == 0

    def reached_from_later(self, t: int) -> bool:
        """Whether a gradient flows from time step t + 1 back to t."""
        return t < self.length - 1 and not self.cut_after(t)

    def row_above(self, t: int) -> int | None:
        """The row of grad_h_above that enters at time step t; None where nothing does."""
        if self.output is None:
            return t if self.grad_h is not None else None
        return self.output.times.index(t) if t in self.output.times else None


def checked_rnn(
    x: object, weight_ih: object, weight_hh: object, bias_ih: object, bias_hh: object, nonlinearity: object, h0: object
) -> Recurrent:
    """An RNN alone, with its own copies of the tensors.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if not isinstance(nonlinearity, str) or nonlinearity not in NONLINEARITIES:
        raise ValueError(f"nonlinearity must be one of {', '.join(NONLINEARITIES)}, got {short(nonlinearity)}")
    inputs, input_weights, weights = _checked_weights(x, weight_ih, weight_hh, 1)
    return Recurrent(
        "rnn",
        inputs,
        input_weights,
        weights,
        _checked_vector("bias_ih", bias_ih, weights.shape[0], "row of weight_ih"),
        _checked_vector("bias_hh", bias_hh, weights.shape[0], "row of weight_hh"),
        _checked_state("h0", h0, weights.shape[1]),
        activation=ACTIVATIONS[nonlinearity],
    )


def checked_lstm(
    x: object, weight_ih: object, weight_hh: object, bias_ih: object, bias_hh: object, h0: object, c0: object
) -> Recurrent:
    """An LSTM alone, with its own copies of the tensors.

    Raises: ValueError naming the argument, its value and the limit.
    """
    inputs, input_weights, weights = _checked_weights(x, weight_ih, weight_hh, len(GATES))
    return Recurrent(
        "lstm",
        inputs,
        input_weights,
        weights,
        _checked_vector("bias_ih", bias_ih, weights.shape[0], "row of weight_ih"),
        _checked_vector("bias_hh", bias_hh, weights.shape[0], "row of weight_hh"),
        _checked_state("h0", h0, weights.shape[1]),
        _checked_state("c0", c0, weights.shape[1]),
    )


def with_start(layer: Recurrent, grad_h: object, grad_c: object, readout: object, truncate: object) -> Recurrent:
    """The layer with the start of its backward pass.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if readout is not None:
        for name, value in (("grad_h", grad_h), ("grad_c", grad_c)):
            if value is not None:
                raise ValueError(f"{name} must not be given with a readout, which gives it, got {short(value)}")
    if truncate is not None and (isinstance(truncate, bool) or not isinstance(truncate, int) or truncate < 1):
        raise ValueError(f"truncate must be None or a whole number, at least 1, got {short(truncate)}")
    return replace(
        layer,
        grad_h=_checked_grad_h(grad_h, (layer.length, layer.units)),
        grad_c=_checked_vector("grad_c", grad_c, layer.units, "hidden unit"),
        output=None if readout is None else checked_output(readout, layer.length, layer.units),
        truncate=truncate,
    )


def _checked_weights(x: object, weight_ih: object, weight_hh: object, gates: int) -> tuple[Tensor, Tensor, Tensor]:
    inputs = checked_tensor("x", x, "time steps, inputs")
    into = checked_tensor("weight_ih", weight_ih, "units, inputs" if gates == 1 else "4 · units, inputs")
    across = checked_tensor("weight_hh", weight_hh, "units, units" if gates == 1 else "4 · units, units")
    units = across.shape[1]
    blocks = "" if gates == 1 else f"{gates} · "
    if across.shape[0] != gates * units:
        raise ValueError(
            f"weight_hh must have {gates * units} rows, {blocks}its {units} columns, got shape {tuple(across.shape)}"
        )
    if into.shape[0] != across.shape[0]:
        raise ValueError(
            f"weight_ih must have {across.shape[0]} rows, as many as weight_hh, got shape {tuple(into.shape)}"
        )
    if into.shape[1] != inputs.shape[1]:
        raise ValueError(f"weight_ih must have {inputs.shape[1]} columns, as many as x, got shape {tuple(into.shape)}")
    return inputs, into, across


def _checked_vector(name: str, value: object, size: int, each: str) -> Tensor | None:
    if value is None:
        return None
    vector = checked_tensor(name, value, "units")
    if vector.shape[0] != size:
        raise ValueError(f"{name} must have {size} numbers, one for each {each}, got {vector.shape[0]}")
    return vector


def _checked_state(name: str, value: object, units: int) -> Tensor:
    state = _checked_vector(name, value, units, "hidden unit")
    return torch.zeros(units, dtype=torch.float64) if state is None else state


def _checked_grad_h(value: object, shape: tuple[int, int]) -> Tensor | None:
    if value is None:
        return None
    tensor = checked_tensor("grad_h", value, "time steps, units")
    if tuple(tensor.shape) != shape:
        raise ValueError(
            f"grad_h must have shape {shape}, a row for each row of x and a column for each hidden unit, "
            f"got {tuple(tensor.shape)}"
        )
    return tensor
