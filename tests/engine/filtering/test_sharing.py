"""Counting weights: against torch's modules on the meta device, and the lecture's own example."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.filtering.sharing import LayerCounts, layer_matrix, untied
from visualizer.engine.walks.convolution.convolution import trace_convolution


def test_the_lectures_example() -> None:
    counts = LayerCounts(side=200, channels=1, units=400_000, field=10)
    assert counts.fully_connected == 16_000_000_000
    assert counts.locally_connected == 40_000_000
    assert counts.maps == 10
    assert counts.shared == 1000


@given(st.integers(1, 40), st.integers(1, 4), st.integers(1, 5), st.integers(1, 40))
def test_counts_agree_with_torchs_modules(side: int, channels: int, maps: int, field: int) -> None:
    field = min(field, side)
    counts = LayerCounts(side, channels, maps * side**2, field)
    dense = torch.nn.Linear(side**2 * channels, maps * side**2, bias=False, device="meta")
    shared = torch.nn.Conv2d(channels, maps, field, bias=False, device="meta")
    assert counts.fully_connected == dense.weight.numel()
    assert counts.shared == shared.weight.numel()


@pytest.mark.parametrize("argument", ["side", "channels", "units", "field"])
def test_nothing_can_be_counted_of_nothing(argument: str) -> None:
    with pytest.raises(ValueError, match=f"{argument} must be at least 1"):
        LayerCounts(**({"side": 5, "channels": 1, "units": 5, "field": 3} | {argument: 0}))


def test_the_matrix_of_a_convolution_repeats_its_weights() -> None:
    trace = trace_convolution(torch.zeros(1, 4, 5), torch.ones(1, 1, 2, 3), stride=(1, 2))
    assert trace.windows is not None
    matrix = layer_matrix(1, trace.windows)
    assert matrix.shape == (trace["y"].numel(), 20)
    assert set(matrix.unique().tolist()) == {0, *range(1, 7)}
    assert int((untied(matrix) > 0).sum()) == int((matrix > 0).sum()) == untied(matrix).unique().numel() - 1
