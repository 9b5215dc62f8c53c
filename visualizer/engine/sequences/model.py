"""A recurrent layer with its read-out as plain numbers, and what its states are over a sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

Kind = Literal["rnn", "lstm"]
GATES: Mapping[Kind, int] = {"rnn": 1, "lstm": 4}
"""How many blocks of rows the weights have: for an LSTM the gates i, f, g, o, as torch orders them."""


@dataclass(frozen=True, eq=False)
class SequenceModel:
    """A recurrent layer and a linear read-out.

    Shapes, with G = 1 for an RNN (tanh) and 4 for an LSTM: weight_ih (G·units, inputs); weight_hh (G·units, units);
    bias_ih, bias_hh (G·units,); weight_out (outputs, units); bias_out (outputs,).
    """

    kind: Kind
    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor
    bias_hh: Tensor
    weight_out: Tensor
    bias_out: Tensor

    @property
    def units(self) -> int:
        return self.weight_hh.shape[1]

    @property
    def inputs(self) -> int:
        return self.weight_ih.shape[1]

    @property
    def outputs(self) -> int:
        return self.weight_out.shape[0]

    def parameters(self) -> dict[str, Tensor]:
        """Every tensor by its name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Tensor)}

    def mapped(self, change: Callable[[Tensor], Tensor]) -> SequenceModel:
        """The same model with every tensor changed."""
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_out", "bias_out")
        ih, hh, bias_ih, bias_hh, out, bias_out = (change(getattr(self, name)) for name in names)
        return replace(
            self, weight_ih=ih, weight_hh=hh, bias_ih=bias_ih, bias_hh=bias_hh, weight_out=out, bias_out=bias_out
        )


def run_model(model: SequenceModel, x: Tensor, h0: Tensor | None = None, c0: Tensor | None = None) -> dict[str, Tensor]:
    """The states over time of one sequence, or of many side by side.

    Shapes: x (time, …, inputs); h0 and c0 (…, units), zeros unless given. Returns h, z (the logits or outputs) and, for
    an LSTM, i, f, g, o, c, each (time, …, units or outputs). Differentiable where the arguments are.
    """
    shape = (*x.shape[1:-1], model.units)
    h = x.new_zeros(shape) if h0 is None else h0
    c = x.new_zeros(shape) if c0 is None else c0
    from_input = x @ model.weight_ih.T + model.bias_ih + model.bias_hh
    rows: list[tuple[Tensor, ...]] = []
    for at_time in from_input.unbind(0):
        a = at_time + h @ model.weight_hh.T
        if model.kind == "rnn":
            h = torch.tanh(a)
            rows.append((h,))
            continue
        i, f, g, o = a.chunk(4, dim=-1)
        i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
        c = f * c + i * g
        h = o * torch.tanh(c)
        rows.append((h, i, f, g, o, c))
    names = ("h",) if model.kind == "rnn" else ("h", "i", "f", "g", "o", "c")
    states = {name: torch.stack(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
    return states | {"z": states["h"] @ model.weight_out.T + model.bias_out}
