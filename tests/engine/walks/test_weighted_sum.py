"""A unit's weighted sum, map by map: by hand, against a convolution, and what it refuses."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from tests.engine.layers import normal
from visualizer.engine import Ref, trace_weighted_sum


def test_two_maps_by_hand() -> None:
    trace = trace_weighted_sum([[[1.0, 2.0]], [[3.0, 4.0]]], [[[1.0, 1.0]], [[-1.0, -2.0]]], 0.5, relu=True)
    assert trace["parts"].tolist() == [3, -11]
    assert (float(trace["y"]), float(trace["h"])) == (-7.5, 0)
    assert [str(step.target) for step in trace.steps] == ["parts[0]", "parts[1]", "y", "h"]
    assert trace.symbol(Ref("parts", (1,))) == "s₂"


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 9), st.integers(1, 5), st.booleans())
def test_is_one_number_of_a_convolution(seed: int, maps: int, side: int, relu: bool) -> None:
    x, weight, bias = normal(seed, maps, side, side), normal(seed + 1, maps, side, side), normal(seed + 2, 1)
    trace = trace_weighted_sum(x, weight, bias, relu=relu)
    wanted = functional.conv2d(x[None], weight[None], bias)[0, 0, 0, 0]
    assert torch.allclose(trace["y"], wanted, rtol=1e-12, atol=1e-12)
    assert trace.replay() <= 1e-12
    assert ("h" in trace.arrays) == relu


@pytest.mark.parametrize(
    ("weight", "bias", "words"),
    [
        ([[[1.0]], [[2.0]]], 0.0, r"weight must have the shape of x, \(1, 1, 1\), got \(2, 1, 1\)"),
        ([[[1.0]]], torch.zeros(2), "bias must be one number, got 2"),
        ([[1.0]], 0.0, "weight must have 3 axes"),
    ],
)
def test_says_what_it_does_not_take(weight: object, bias: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        trace_weighted_sum([[[1.0]]], weight, bias)
