from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings

from tests.engine.nets import Arguments, net_of, nets
from visualizer.engine import trace_network
from visualizer.engine.trace.trace import Ref
from visualizer.engine.walks.network.gradient_check import GradientRow, check_gradients


@settings(max_examples=40)
@given(nets(smooth=True))
def test_three_ways_agree(arguments: Arguments) -> None:
    check = check_gradients(**arguments)
    assert check.largest <= 1e-5
    for row in check.rows:
        assert row.engine == pytest.approx(row.autograd, rel=1e-10, abs=1e-12)


def test_there_is_a_row_for_each_parameter_with_the_traces_numbers() -> None:
    arguments = net_of([2, 3, 1], 2, seed=0)
    trace, check = trace_network(**arguments), check_gradients(**arguments)
    wanted = [f"grad_W1[{k},{i}]" for k in range(3) for i in range(2)] + [f"grad_b1[{k}]" for k in range(3)]
    assert [str(row.ref) for row in check.rows] == [*wanted, *(f"grad_W2[0,{k}]" for k in range(3)), "grad_b2[0]"]
    assert all(row.engine == float(trace.value(row.ref)) for row in check.rows)
    assert check.largest == max(row.difference for row in check.rows)


def test_by_hand() -> None:
    """out = 3w at w = 1, y = 5: ℓ = ½(5 − 3w)², so ∂ℓ/∂w = −3 · 2."""
    (row,) = check_gradients([[3]], [[5]], [[[1]]], activation="identity").rows
    assert (row.engine, row.autograd, row.central) == (-6, -6, pytest.approx(-6, rel=1e-9))


def test_the_kink_of_relu_shows() -> None:
    """At a sum of 0 the loss ½(1 − max(0, w))² falls on one side only: central differences see half of it."""
    (row,) = check_gradients([[1]], [[1]], [[[0]]], activation="relu").rows
    assert (row.engine, row.autograd, row.central) == (0, 0, pytest.approx(-0.5, rel=1e-4))


def test_a_nan_is_not_lost() -> None:
    assert math.isnan(GradientRow(Ref("grad_b1", (0,)), 1.0, math.nan, 1.0).difference)
    overflowed = [torch.full((1, 1), 1e300, dtype=torch.float64)]
    assert not check_gradients([[1e300]], [[0]], overflowed, activation="identity").largest <= 1e-5


def test_arguments_and_grad_mode_stay() -> None:
    arguments = net_of([2, 2, 1], 1, seed=0)
    before = [weight.clone() for weight in arguments["weights"]]
    grads = torch.is_grad_enabled()
    check_gradients(**arguments)
    assert torch.is_grad_enabled() == grads
    assert all(torch.equal(a, b) for a, b in zip(arguments["weights"], before, strict=True))


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="activation must be one of"):
        check_gradients([[1]], [[1]], [[[1]]], activation="swish")
