"""Inputs up to 10⁴: every number of every walk is torch's own, and every step's expression gives it."""

from __future__ import annotations

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
from visualizer.engine.losses import LOSSES, SQUARED

SIZES = st.sampled_from([1.0, 30.0, 700.0, 1e4])
SEEDS = st.integers(0, 2**32)


def whole(seed: int, size: float, *shape: int) -> Tensor:
    """Whole numbers up to `size`: their products and sums are exact, so that only functions can be off."""
    generator = torch.Generator().manual_seed(seed)
    return (torch.rand(shape, generator=generator, dtype=torch.float64) * 2 - 1).mul(size).round()


def weights(seed: int, *shape: int) -> Tensor:
    return whole(seed, 4, *shape) / 2


def one_hot(seed: int, rows: int, classes: int) -> Tensor:
    return torch.eye(classes, dtype=torch.float64)[whole(seed, 1000, rows).long() % classes]


def assert_torchs(trace: Trace, *without: str) -> None:
    """Every number agrees with the trace's own check, and with its expression."""
    assert trace.replay() <= 1e-12
    for name, wanted in trace.checks.items():
        if name not in without:
            finite = wanted[wanted.isfinite()]
            scale = max(1.0, float(finite.abs().max())) if finite.numel() else 1.0
            assert torch.allclose(trace[name], wanted, rtol=1e-10, atol=1e-10 * scale, equal_nan=True), name


@settings(max_examples=120)
@given(SEEDS, SIZES, st.sampled_from(list(LOSSES)), st.sampled_from(list(ACTIVATIONS)), st.integers(1, 3))
def test_nets(seed: int, size: float, loss: str, activation: str, examples: int) -> None:
    softmax = LOSSES[loss].softmax
    y = one_hot(seed, examples, 3) if softmax else whole(seed, size, examples, 3)
    layers, biases = [weights(seed + 1, 4, 2), weights(seed + 2, 3, 4)], [weights(seed + 3, 4), weights(seed + 4, 3)]
    x = whole(seed + 5, size, examples, 2)
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
    targets = one_hot(seed, 3, 3) if loss == "cross_entropy" else whole(seed, size, 3, 3)
    output = Readout(whole(seed + 1, size, 3, 2), whole(seed + 2, size, 3), targets, None, loss)
    rows = 8 if kind == "lstm" else 2
    given_: list[Any] = [whole(seed + 3, size, 3, 2), weights(seed + 4, rows, 2), weights(seed + 5, rows, 2)]
    if kind == "lstm":
        trace = trace_lstm(*given_, readout=output)
    else:
        trace = trace_rnn(*given_, nonlinearity="tanh" if kind == "rnn" else "relu", readout=output)
    assert_torchs(trace)
    if loss == "cross_entropy":
        wanted = -(targets * torch.log_softmax(trace["z"], dim=1)).sum()
        assert float(trace["loss"]) == pytest.approx(float(wanted), rel=1e-10, abs=1e-10)


@settings(max_examples=40)
@given(SEEDS, SIZES, st.sampled_from([*SQUARED, "sum"]), st.integers(0, 2), st.integers(1, 2))
def test_convolutions(seed: int, size: float, loss: str, padding: int, stride: int) -> None:
    x, kernel = whole(seed, size, 2, 4, 5), weights(seed + 1, 2, 2, 2, 3)
    shape = trace_convolution(x, kernel, padding=padding, stride=stride)["y"].shape
    target = None if loss == "sum" else whole(seed + 2, size, *shape)
    assert_torchs(trace_convolution(x, kernel, padding=padding, stride=stride, loss=loss, target=target))


@settings(max_examples=40)
@given(SEEDS, SIZES, st.sampled_from(["max", "average"]))
def test_pooling_alone_and_in_a_block(seed: int, size: float, kind: str) -> None:
    x, kernel = whole(seed, size, 2, 5, 5), weights(seed + 1, 2, 2, 2, 2)
    assert_torchs(trace_pooling(x, kind=kind, stride=1, grad_y=whole(seed + 2, size, 2, 4, 4)))
    assert_torchs(
        trace_block(x, kernel, pooling={"kind": kind, "kernel_size": 2}, grad_p=whole(seed + 3, size, 2, 2, 2))
    )
