"""The numbers: against autograd, against central differences, and by hand."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from torch import Tensor

from tests.engine.nets import Arguments, loss_of, net_of, nets
from visualizer.engine import Trace, trace_network

LN3 = math.log(3)


def assert_equal(trace: Trace, expected: dict[str, object]) -> None:
    for name, numbers in expected.items():
        wanted = torch.tensor(numbers, dtype=torch.float64)
        torch.testing.assert_close(trace[name], wanted, rtol=1e-14, atol=1e-15, msg=lambda m, name=name: f"{name}: {m}")


def assert_close(found: Tensor, wanted: Tensor, name: str) -> None:
    """Relative to the array's largest number: a number close to 0 carries its neighbours' rounding."""
    assert found.shape == wanted.shape, name
    assert float((found - wanted).abs().max()) <= 1e-10 * max(1e-3, float(wanted.abs().max())), name


@settings(max_examples=150)
@given(nets())
def test_every_number_and_gradient_is_autograds(arguments: Arguments) -> None:
    trace = trace_network(**arguments, learning_rate=0.3)
    loss, named = loss_of(arguments)
    for tensor in named.values():
        tensor.retain_grad()
    loss.backward()
    parameters = {name: tensor for name, tensor in named.items() if name[0] in "Wb"}
    assert_close(trace["loss"], loss.detach(), "loss")
    for name, tensor in named.items():
        assert tensor.grad is not None
        assert_close(trace[name], tensor.detach(), name)
        assert_close(trace[f"grad_{name}"], tensor.grad, f"grad_{name}")
    torch.optim.SGD(parameters.values(), lr=0.3).step()
    for name, tensor in parameters.items():
        assert_close(trace[f"new_{name}"], tensor.detach(), f"new_{name}")


@settings(max_examples=40)
@given(nets(smooth=True))
def test_gradients_are_those_of_central_differences(arguments: Arguments) -> None:
    trace, step = trace_network(**arguments), 1e-5
    for kind, tensors in (("W", arguments["weights"]), ("b", arguments["biases"] or [])):
        for layer, tensor in enumerate(tensors, 1):
            for index in ([0] * tensor.dim(), [-1] * tensor.dim()):
                losses = []
                for move in (step, -2 * step):
                    tensor[tuple(index)] += move
                    losses.append(float(trace_network(**arguments)["loss"]))
                tensor[tuple(index)] += step
                central = (losses[0] - losses[1]) / (2 * step)
                assert float(trace[f"grad_{kind}{layer}"][tuple(index)]) == pytest.approx(central, rel=1e-5, abs=1e-6)


@settings(max_examples=40)
@given(nets())
def test_checks_hold_every_number_that_is_not_given(arguments: Arguments) -> None:
    trace = trace_network(**arguments, learning_rate=0.1)
    assert {step.target.name for step in trace.steps} <= set(trace.checks)
    for name, checked in trace.checks.items():
        assert_close(trace[name], checked, name)


def test_a_net_worked_out_by_hand() -> None:
    """Three ReLU units and a linear output; unit 2 is off. Each number below was found with pencil and paper."""
    trace = trace_network(
        [[2, -1]],
        [[4]],
        [[[1, -1], [-1, 1], [0.5, 0.5]], [[2, 5, -4]]],
        [[0.5, 1, 0], [1]],
        activation="relu",
        output_activation="identity",
        learning_rate=0.5,
    )
    assert_equal(
        trace,
        {
            "a1": [[3.5, -2, 0.5]],  # 1·2 − 1·(−1) + 0.5,  −1·2 + 1·(−1) + 1,  0.5·2 + 0.5·(−1)
            "h1": [[3.5, 0, 0.5]],
            "a2": [[6]],  # 2·3.5 + 5·0 − 4·0.5 + 1
            "out": [[6]],
            "error": [[-2]],
            "loss": 2,
            "grad_out": [[2]],
            "grad_a2": [[2]],
            "grad_W2": [[7, 0, 1]],
            "grad_b2": [2],
            "grad_h1": [[4, 10, -8]],
            "grad_a1": [[4, 0, -8]],  # no gradient passes the unit that is off
            "grad_W1": [[8, -4], [0, 0], [-16, 8]],
            "grad_b1": [4, 0, -8],
            "new_W1": [[-3, 1], [-1, 1], [8.5, -3.5]],
            "new_b1": [-1.5, 1, 4],
            "new_W2": [[-1.5, 5, -4.5]],
            "new_b2": [0],
        },
    )
    assert "losses" not in trace.arrays


def test_two_examples_of_a_sigmoid_net_worked_out_by_hand() -> None:
    """σ(ln 3) = 3/4 and σ(0) = 1/2; σ′ = h(1 − h). The gradients of the two examples add up."""
    trace = trace_network([[1], [0]], [[1], [0]], [[[LN3]], [[0]]], [[0], [0]])
    assert_equal(
        trace,
        {
            "h1": [[0.75], [0.5]],
            "out": [[0.5], [0.5]],
            "error": [[0.5], [-0.5]],
            "losses": [[0.125], [0.125]],
            "loss": 0.25,
            "grad_out": [[-0.5], [0.5]],
            "grad_a2": [[-0.125], [0.125]],
            "grad_W2": [[-0.03125]],  # −0.125·0.75 + 0.125·0.5
            "grad_b2": [0],
            "grad_h1": [[0], [0]],
            "grad_W1": [[0]],
        },
    )


def test_cross_entropy_worked_out_by_hand() -> None:
    trace = trace_network([[1, 0]], [[0, 1]], [[[LN3, 0], [0, LN3]]], loss="cross_entropy")
    assert_equal(
        trace,
        {
            "a1": [[LN3, 0]],
            "out": [[0.75, 0.25]],
            "losses": [[0, math.log(4)]],
            "loss": math.log(4),
            "grad_out": [[0, -4]],
            "grad_a1": [[0.75, -0.75]],
            "grad_W1": [[0.75, 0], [-0.75, 0]],
        },
    )
    assert "error" not in trace.arrays and "b1" not in trace.arrays


@pytest.mark.parametrize("convert", [torch.Tensor.tolist, torch.Tensor.numpy, torch.Tensor.float])
def test_lists_arrays_and_other_dtypes_are_taken(convert: Callable[[Tensor], object]) -> None:
    values = [torch.tensor([[1.0, 2.0]]), torch.tensor([[0.5]]), torch.tensor([[0.25, -1.0]])]
    given_ = [convert(value) for value in values]
    trace = trace_network(given_[0], given_[1], [given_[2]])
    assert float(trace["a1"]) == -1.75
    assert all(array.dtype == torch.float64 for array in (*trace.arrays.values(), *trace.checks.values()))


def test_integers_and_booleans_are_taken() -> None:
    trace = trace_network(torch.tensor([[1, 0]]), torch.tensor([[True]]), [torch.tensor([[2, 3]])])
    assert float(trace["a1"]) == 2.0


def test_a_list_keeps_all_digits() -> None:
    assert float(trace_network([[0.1]], [[0]], [[[1]]])["x"]) == 0.1


def test_arguments_stay_as_they_are_and_are_not_shared() -> None:
    arguments = net_of([2, 3, 1], 2, seed=0)
    before = copy.deepcopy(arguments)
    trace = trace_network(**arguments, learning_rate=0.5)
    for array in trace.arrays.values():
        array.fill_(7.0)
    for name in ("x", "y"):
        assert torch.equal(arguments[name], before[name])
    for name in ("weights", "biases"):
        assert all(torch.equal(a, b) for a, b in zip(arguments[name], before[name], strict=True))


def test_torchs_own_state_stays_as_it_is() -> None:
    arguments = net_of([2, 3, 1], 2, seed=0)
    arguments["weights"][0].requires_grad_()
    state, grads = torch.random.get_rng_state(), torch.is_grad_enabled()
    trace = trace_network(**arguments, learning_rate=0.5)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.is_grad_enabled() == grads
    assert arguments["weights"][0].grad is None
    assert not any(array.requires_grad for array in (*trace.arrays.values(), *trace.checks.values()))


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_the_callers_grad_mode_does_not_matter(mode: type) -> None:
    with mode():
        trace = trace_network(**net_of([2, 3, 1], 2, seed=0))
    torch.testing.assert_close(trace.checks["grad_W1"], trace["grad_W1"], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("activation", ["relu", "identity", "softplus", "sigmoid", "tanh", "leaky_relu"])
@pytest.mark.parametrize("loss", ["squared", "cross_entropy"])
def test_overflow_is_kept_and_nothing_is_raised(activation: str, loss: str) -> None:
    arguments = net_of([2, 3, 2], 2, seed=1, loss=loss)
    arguments["x"] = arguments["x"] * 1e300
    arguments["weights"] = [weight * 1e300 for weight in arguments["weights"]]
    trace = trace_network(**arguments, activation=activation, loss=loss, learning_rate=1e300)
    at = trace.first_not_finite
    assert at is not None and trace.steps[at].target.name == "a1"


def test_no_number_is_a_negative_zero() -> None:
    trace = trace_network([[-0.0, -1.0]], [[0.0]], [[[-1.0, -1.0]], [[-1.0]]], activation="relu", learning_rate=0)
    for name, array in trace.arrays.items():
        assert not bool((torch.signbit(array) & (array == 0)).any()), name


@pytest.mark.parametrize("edge", [0.0, -5.0, 800.0])
def test_softmax_and_softplus_hold_out_at_the_edges(edge: float) -> None:
    trace = trace_network([[1]], [[1, 0]], [[[edge], [0]]], loss="cross_entropy")
    assert trace.replay() <= 1e-12 and bool(torch.isfinite(trace["loss"]))
    soft = trace_network([[1]], [[1]], [[[edge]]], activation="softplus")
    assert float(soft["grad_a1"]) == pytest.approx(float(soft.checks["grad_a1"]), rel=1e-12)
