"""Inputs up to 10⁴: every number of every walk is torch's own, and every step's expression gives it."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from tests.engine.nets import ACTIVATIONS
from visualizer.engine import (
    Readout,
    Trace,
    trace_block,
    trace_convolution,
    trace_lstm,
    trace_network,
    trace_pooling,
    trace_rnn,
    trace_softmax,
)
from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Dot,
    Expression,
    Maximum,
    Mean,
    Product,
    Ref,
    Sum,
)
from visualizer.engine.walks.losses import LOSSES, SQUARED

SIZES = st.sampled_from([1.0, 30.0, 700.0, 1e4])
SEEDS = st.integers(0, 2**32)


def numbers(seed: int, size: float, *shape: int) -> Tensor:
    """Any numbers up to `size`; whole ones for even seeds, so that zeros and ties come up too."""
    generator = torch.Generator().manual_seed(seed)
    any_numbers = (torch.rand(shape, generator=generator, dtype=torch.float64) * 2 - 1) * size
    return any_numbers.round() if seed % 2 == 0 else any_numbers


def weights(seed: int, *shape: int) -> Tensor:
    return numbers(seed, 4, *shape) / 2


def one_hot(seed: int, rows: int, classes: int) -> Tensor:
    return torch.eye(classes, dtype=torch.float64)[numbers(seed, 1000, rows).long() % classes]


def largest_term(trace: Trace, expression: Expression) -> float:
    """The size of the largest number that is added up: a sum can be no more exact than that one."""
    match expression:
        case Ref() | Maximum() | Apply():
            return float(trace.evaluate(expression).abs().max())
        case Dot(left, right, bias):
            products = trace.value(left).reshape(-1) * trace.value(right).reshape(-1)
            return max(float(products.abs().max()), largest_term(trace, bias) if bias else 0.0)
        case Product(factors):
            return math.prod(largest_term(trace, factor) for factor in factors)
        case Mean(inner) | Sum((inner,)):
            return largest_term(trace, inner)
        case Sum(terms):
            return max(largest_term(trace, term) for term in terms)
        case Difference(left, right):
            return max(largest_term(trace, left), largest_term(trace, right))
    return abs(expression)


def assert_torchs(trace: Trace) -> None:
    """Every number agrees with its expression and its check, as closely as the largest term of its sum allows."""
    scales: dict[str, float] = {}
    for step in trace.steps:
        scale = max(1.0, largest_term(trace, step.expression))
        name = step.target.name
        scales[name] = max(scales.get(name, 0.0), scale)
        found, wanted = trace.evaluate(step.expression), trace.value(step.target)
        assert torch.allclose(found, wanted, rtol=1e-12, atol=1e-12 * scale, equal_nan=True), step.target
    for name, wanted in trace.checks.items():
        atol = 1e-10 * scales.get(name, 1.0)
        assert torch.allclose(trace[name].double(), wanted.double(), rtol=1e-10, atol=atol, equal_nan=True), name


@settings(max_examples=120)
@given(SEEDS, SIZES, st.sampled_from(list(LOSSES)), st.sampled_from(list(ACTIVATIONS)), st.integers(1, 3))
def test_nets(seed: int, size: float, loss: str, activation: str, examples: int) -> None:
    softmax = LOSSES[loss].softmax
    y = one_hot(seed, examples, 3) if softmax else numbers(seed, size, examples, 3)
    layers, biases = [weights(seed + 1, 4, 2), weights(seed + 2, 3, 4)], [weights(seed + 3, 4), weights(seed + 4, 3)]
    x = numbers(seed + 5, size, examples, 2)
    trace = trace_network(x, y, layers, biases, activation=activation, loss=loss, learning_rate=0.5)
    assert_torchs(trace)
    results = ["loss", *(name for name in trace.arrays if name.startswith(("grad_W", "grad_b", "new_")))]
    assert all(bool(trace[name].isfinite().all()) for name in results)


@pytest.mark.parametrize(("score", "loss"), [(2000.0, 2000.0), (740.0, 740.0), (1e4, 1e4)])
def test_scores_far_apart_cost_their_distance(score: float, loss: float) -> None:
    ones = [[1.0, 0.0], [0.0, 1.0]]
    trace = trace_network([[score, 0.0]], [[0.0, 1.0]], [ones] * 2, activation="relu", loss="cross_entropy")
    assert float(trace["loss"]) == loss
    assert trace["grad_a2"].tolist() == [[1, -1]]
    assert [step.target.name for step in trace.steps].count("largest") == 1


def test_softmax_of_scores_far_apart() -> None:
    assert float(trace_softmax([700.0, -700.0], target=1)["loss"]) == 1400
    shares = trace_softmax([123.0, 456.0, 789.0])["p"]
    assert shares.tolist() == pytest.approx([5.7527e-290, 2.3985e-145, 1.0], rel=1e-4)


@settings(max_examples=60)
@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8), st.integers(0, 7))
def test_softmax(scores: list[float], chosen: int) -> None:
    assert_torchs(trace_softmax(scores, target=chosen % len(scores)))


@settings(max_examples=60)
@given(SEEDS, SIZES, st.sampled_from(["rnn", "relu rnn", "lstm"]), st.sampled_from(["cross_entropy", "squared"]))
def test_recurrent_nets_and_their_outputs(seed: int, size: float, kind: str, loss: str) -> None:
    targets = one_hot(seed, 3, 3) if loss == "cross_entropy" else numbers(seed, size, 3, 3)
    output = Readout(numbers(seed + 1, size, 3, 2), numbers(seed + 2, size, 3), targets, None, loss)
    rows = 8 if kind == "lstm" else 2
    given_: list[Any] = [numbers(seed + 3, size, 3, 2), weights(seed + 4, rows, 2), weights(seed + 5, rows, 2)]
    if kind == "lstm":
        trace = trace_lstm(*given_, readout=output)
    else:
        trace = trace_rnn(*given_, nonlinearity="tanh" if kind == "rnn" else "relu", readout=output)
    assert_torchs(trace)
    if loss == "cross_entropy":
        wanted = -(targets * torch.log_softmax(trace["z"], dim=1)).sum()
        exact = 1e-10 * max(1.0, float(trace["z"].abs().max()))
        assert float(trace["loss"]) == pytest.approx(float(wanted), rel=1e-10, abs=exact)


@settings(max_examples=40)
@given(SEEDS, SIZES, st.sampled_from([*SQUARED, "sum"]), st.integers(0, 2), st.integers(1, 2))
def test_convolutions(seed: int, size: float, loss: str, padding: int, stride: int) -> None:
    x, kernel = numbers(seed, size, 2, 4, 5), weights(seed + 1, 2, 2, 2, 3)
    shape = trace_convolution(x, kernel, padding=padding, stride=stride)["y"].shape
    target = None if loss == "sum" else numbers(seed + 2, size, *shape)
    assert_torchs(trace_convolution(x, kernel, padding=padding, stride=stride, loss=loss, target=target))


@settings(max_examples=40)
@given(SEEDS, SIZES, st.sampled_from(["max", "average"]))
def test_pooling_alone_and_in_a_block(seed: int, size: float, kind: str) -> None:
    x, kernel = numbers(seed, size, 2, 5, 5), weights(seed + 1, 2, 2, 2, 2)
    assert_torchs(trace_pooling(x, kind=kind, stride=1, grad_y=numbers(seed + 2, size, 2, 4, 4)))
    assert_torchs(
        trace_block(x, kernel, pooling={"kind": kind, "kernel_size": 2}, grad_p=numbers(seed + 3, size, 2, 2, 2))
    )
