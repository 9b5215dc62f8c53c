"""Weights set by hand, for tasks small enough to see through: keep one bit, count brackets, echo with a delay.

Each is there for an LSTM and for an RNN, so that both can be compared on the same input.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel
from visualizer.lessons.recurrent.settings import NUMBERS, SYMBOLS
from visualizer.lessons.recurrent.weights.weight_set import WeightSet

_OPEN, _SHUT = 6.0, -6.0
"""σ(6) is 0.998 and σ(−6) is 0.002: open and shut, as good as."""


def _model(kind: str, rows: Mapping[str, list[list[float]]], weight_out: list[list[float]]) -> SequenceModel:
    """Rows by gate: a unit each, its weights on the inputs, then on the states, then its bias."""
    gates = "ifgo" if kind == "lstm" else "h"
    table = torch.tensor([row for gate in gates for row in rows[gate]], dtype=torch.float64)
    units = len(rows[gates[0]])
    inputs = table.shape[1] - units - 1
    out = torch.tensor(weight_out, dtype=torch.float64)
    return SequenceModel(
        kind="lstm" if kind == "lstm" else "rnn",
        weight_ih=table[:, :inputs].contiguous(),
        weight_hh=table[:, inputs:-1].contiguous(),
        bias_ih=table[:, -1].contiguous(),
        bias_hh=torch.zeros(len(table), dtype=torch.float64),
        weight_out=out[:, :-1].contiguous(),
        bias_out=out[:, -1].contiguous(),
    )


def _bit(kind: str) -> SequenceModel:
    """Symbols 1, 0 and ·: writes +1 or −1 at 1 or 0, and keeps it over every ·. Outputs favour what is kept."""
    if kind == "lstm":
        rows = {
            "i": [[_OPEN, _OPEN, _SHUT, 0, 0]],
            "f": [[_SHUT, _SHUT, _OPEN, 0, 0]],
            "g": [[3.0, -3.0, 0, 0, 0]],
            "o": [[0, 0, 0, 0, 3.0]],
        }
    else:
        rows = {"h": [[4.0, -4.0, 0, 1.5, 0]]}
    return _model(kind, rows, [[3.0, 0], [-3.0, 0], [0, 0]])


def _counter(kind: str) -> SequenceModel:
    """Symbols ( ) and ·: adds to the cell state at (, takes away at ). The RNN can do so only nearly."""
    if kind == "lstm":
        rows = {
            "i": [[_OPEN, _OPEN, _SHUT, 0, 0]],
            "f": [[0, 0, 0, 0, _OPEN]],
            "g": [[0.5, -0.5, 0, 0, 0]],
            "o": [[0, 0, 0, 0, 3.0]],
        }
    else:
        rows = {"h": [[0.2, -0.2, 0, 1.0, 0]]}
    return _model(kind, rows, [[-1.0, 0], [2.0, -0.5], [0, 0]])


def _echo(kind: str) -> SequenceModel:
    """Numbers: each unit hands on what the one before it had, so the last gives the number of 3 steps ago."""
    units = 4
    chain = [[float(k == 0), *(float(j == k - 1) for j in range(units)), 0.0] for k in range(units)]
    if kind == "lstm":
        constant = {
            gate: [[0.0] * (units + 1) + [bias]] * units for gate, bias in (("i", 6.0), ("f", -6.0), ("o", 6.0))
        }
        return _model(kind, {**constant, "g": chain}, [[0, 0, 0, 1.0, 0]])
    return _model(kind, {"h": chain}, [[0, 0, 0, 1.0, 0]])


HAND_SET: Mapping[str, WeightSet] = {
    "bit": WeightSet(
        "Keeps one bit: a 1 or a 0 is remembered over any number of ·, until the next one overwrites it.",
        SYMBOLS,
        "1···0··",
        ("1", "0", "·"),
        _bit,
    ),
    "counter": WeightSet(
        "Counts brackets: ( adds to the cell state, ) takes away, · leaves it.",
        SYMBOLS,
        "((·)())",
        ("(", ")", "·"),
        _counter,
    ),
    "echo": WeightSet(
        "An echo: each unit hands its number on to the next, so it comes out three steps later.",
        NUMBERS,
        "0.5, -0.3, 0.8, 0.1, 0.6, -0.4",
        (),
        _echo,
    ),
}


def random_model(kind: str, inputs: int, outputs: int, units: int, scale: float, seed: int) -> SequenceModel:
    """Weights in hundredths from −scale to scale, so that they can be copied by hand; biases 0."""
    generator = torch.Generator().manual_seed(seed)

    def draw(rows: int, columns: int) -> Tensor:
        drawn = torch.rand(rows, columns, generator=generator, dtype=torch.float64) * 2 - 1
        return (drawn * scale * 100).round() / 100 + 0.0

    rows = units * (4 if kind == "lstm" else 1)
    return SequenceModel(
        kind="lstm" if kind == "lstm" else "rnn",
        weight_ih=draw(rows, inputs),
        weight_hh=draw(rows, units),
        bias_ih=torch.zeros(rows, dtype=torch.float64),
        bias_hh=torch.zeros(rows, dtype=torch.float64),
        weight_out=draw(outputs, units),
        bias_out=torch.zeros(outputs, dtype=torch.float64),
    )
