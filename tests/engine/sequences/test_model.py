"""What a recurrent net computes over time: PyTorch's own layers say the same."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.sequences.model import GATES, Kind, SequenceModel, run_model
from visualizer.engine.sequences.training import forward, initial_model

X = torch.rand(7, 3, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64)


def made(kind: Kind) -> SequenceModel:
    return initial_model(kind, 4, 5, 2, torch.Generator().manual_seed(2))


@pytest.mark.parametrize("kind", GATES)
def test_the_states_are_those_of_pytorchs_layer(kind: Kind) -> None:
    model = made(kind)
    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM}[kind](4, 5, dtype=torch.float64)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    layer.load_state_dict({f"{name}_l0": model.parameters()[name] for name in names})
    states = run_model(model, X)
    h, last = layer(X)
    torch.testing.assert_close(states["h"], h)
    if kind == "lstm":
        torch.testing.assert_close(states["c"][-1], last[1][0])
    torch.testing.assert_close(states["z"], h @ model.weight_out.T + model.bias_out)
    torch.testing.assert_close(forward(model, X), states["z"])


@pytest.mark.parametrize("kind", GATES)
def test_a_sequence_can_be_read_in_two_parts(kind: Kind) -> None:
    model = made(kind)
    whole, first = run_model(model, X), run_model(model, X[:3])
    second = run_model(model, X[3:], first["h"][-1], first["c"][-1] if kind == "lstm" else None)
    for name, values in whole.items():
        torch.testing.assert_close(torch.cat((first[name], second[name])), values)


@pytest.mark.parametrize("kind", GATES)
def test_one_sequence_is_read_as_it_is_among_others(kind: Kind) -> None:
    model = made(kind)
    for name, values in run_model(model, X[:, 1]).items():
        torch.testing.assert_close(values, run_model(model, X)[name][:, 1])


@pytest.mark.parametrize("kind", GATES)
def test_an_error_at_the_end_reaches_the_first_input(kind: Kind) -> None:
    x = X.clone().requires_grad_()
    run_model(made(kind), x)["z"][-1].sum().backward()
    assert x.grad is not None
    assert bool((x.grad[0] != 0).all())


def test_sizes_are_read_off_the_weights() -> None:
    model = made("lstm")
    assert (model.inputs, model.units, model.outputs) == (4, 5, 2)
    assert list(model.parameters()) == ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_out", "bias_out"]
