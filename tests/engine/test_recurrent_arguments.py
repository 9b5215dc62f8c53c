"""What an RNN, an LSTM and their read-out refuse, and what they say then."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.engine import Readout, trace_lstm, trace_rnn

ones = torch.ones
RNN = {"x": ones(3, 2), "weight_ih": ones(4, 2), "weight_hh": ones(4, 4)}
LSTM = {"x": ones(3, 2), "weight_ih": ones(16, 2), "weight_hh": ones(16, 4)}
OUT = {"weight": ones(2, 4), "bias": None, "targets": ones(3, 2) / 2}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"x": ones(3)}, r"x must have 2 axes \(time steps, inputs\), got shape \(3,\)"),
        ({"x": ones(0, 2)}, "x must not be empty"),
        ({"x": torch.full((3, 2), torch.inf)}, "x must be finite, got inf"),
        ({"x": "text"}, "x must be a tensor of shape"),
        ({"weight_hh": ones(4)}, r"weight_hh must have 2 axes \(units, units\)"),
        ({"weight_hh": ones(5, 4)}, r"weight_hh must have 4 rows, its 4 columns, got shape \(5, 4\)"),
        ({"weight_ih": ones(5, 2)}, r"weight_ih must have 4 rows, as many as weight_hh, got shape \(5, 2\)"),
        ({"weight_ih": ones(4, 3)}, r"weight_ih must have 2 columns, as many as x, got shape \(4, 3\)"),
        ({"bias_ih": ones(3)}, "bias_ih must have 4 numbers, one for each row of weight_ih, got 3"),
        ({"bias_hh": ones(3)}, "bias_hh must have 4 numbers, one for each row of weight_hh, got 3"),
        ({"h0": ones(3)}, "h0 must have 4 numbers, one for each hidden unit, got 3"),
        ({"h0": ones(1, 4)}, "h0 must have 1 axes"),
        ({"nonlinearity": "sigmoid"}, "nonlinearity must be one of tanh, relu, got 'sigmoid'"),
        ({"nonlinearity": None}, "nonlinearity must be one of tanh, relu, got None"),
        ({"grad_h": ones(3, 3)}, r"grad_h must have shape \(3, 4\), a row for each row of x and a column for each hid"),
        ({"truncate": 0}, "truncate must be None or a whole number, at least 1, got 0"),
        ({"truncate": 2.0}, "truncate must be None or a whole number, at least 1, got 2.0"),
        ({"truncate": True}, "truncate must be None or a whole number, at least 1, got True"),
        ({"readout": "out"}, "readout must be a Readout or None, got 'out'"),
        ({"grad_h": ones(3, 4), "readout": Readout(**OUT)}, "grad_h must not be given with a readout, which gives it"),
    ],
)
def test_an_rnn_names_argument_value_and_limit(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_rnn(**{**RNN, **changed})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weight_hh": ones(15, 4)}, r"weight_hh must have 16 rows, 4 · its 4 columns, got shape \(15, 4\)"),
        ({"weight_hh": ones(16)}, r"weight_hh must have 2 axes \(4 · units, units\)"),
        ({"weight_ih": ones(4, 2)}, r"weight_ih must have 16 rows, as many as weight_hh, got shape \(4, 2\)"),
        ({"weight_ih": ones(16, 3)}, "weight_ih must have 2 columns, as many as x"),
        ({"bias_ih": ones(4)}, "bias_ih must have 16 numbers, one for each row of weight_ih, got 4"),
        ({"bias_hh": ones(4)}, "bias_hh must have 16 numbers, one for each row of weight_hh, got 4"),
        ({"c0": ones(3)}, "c0 must have 4 numbers, one for each hidden unit, got 3"),
        ({"grad_c": ones(3)}, "grad_c must have 4 numbers, one for each hidden unit, got 3"),
        ({"grad_h": ones(2, 4)}, r"grad_h must have shape \(3, 4\)"),
        ({"grad_c": ones(4), "readout": Readout(**OUT)}, "grad_c must not be given with a readout, which gives it"),
        ({"truncate": -1}, "truncate must be None or a whole number, at least 1, got -1"),
    ],
)
def test_an_lstm_names_argument_value_and_limit(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_lstm(**{**LSTM, **changed})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"loss": "absolute"}, "readout.loss must be one of squared, cross_entropy, got 'absolute'"),
        ({"weight": ones(4)}, r"readout.weight must have 2 axes \(outputs, units\)"),
        ({"weight": ones(2, 3)}, "readout.weight must have 4 columns, one for each hidden unit"),
        ({"bias": ones(3)}, "readout.bias must have 2 numbers, one for each row of readout.weight, got 3"),
        ({"targets": ones(2, 2)}, r"readout.targets must have shape \(3, 2\), a row for each row of x"),
        ({"targets": ones(3, 2)}, "each row of readout.targets must add up to 1 with loss 'cross_entropy', row 0 adds"),
        (
            {"targets": [[1, 1], [0, 1], [2, 1]], "mask": (False, True, True)},
            "each row of readout.targets must add up to 1 with loss 'cross_entropy', row 2 adds up to 3",
        ),
        ({"targets": [[2, -1], [0, 1], [0, 1]]}, "readout.targets must not be negative with loss 'cross_entropy'"),
        ({"weight": ones(1, 4), "targets": ones(3, 1)}, "readout.loss 'cross_entropy' needs at least 2 outputs"),
        ({"mask": (True,)}, "readout.mask must have 3 bools, one for each row of x, got 1"),
        ({"classes": ("a",)}, "readout.classes must have 2 names, got 1"),
        ({"mask": (False,) * 3}, "readout.mask must be True for at least 1 time step, got False for all"),
        ({"mask": (1, 0, 1)}, r"readout.mask must be None or a bool for each time step, got \(1, 0, 1\)"),
        ({"mask": 3}, "readout.mask must be None or a bool for each time step, got 3"),
        ({"mask": torch.tensor(True)}, "readout.mask must be None or a bool for each time step"),
    ],
)
def test_a_readout_names_field_value_and_limit(changed: dict[str, Any], message: str) -> None:
    for trace, named in ((trace_rnn, RNN), (trace_lstm, LSTM)):
        with pytest.raises(ValueError, match=message):
            trace(**named, readout=Readout(**{**OUT, **changed}))


def test_targets_where_no_output_is_are_not_looked_at() -> None:
    targets = [[5, 5], [0, 1], [-1, 0]]
    trace = trace_rnn(**RNN, readout=Readout(**{**OUT, "targets": targets, "mask": (False, True, False)}))
    assert trace["targets"].tolist() == [[0, 1]]
