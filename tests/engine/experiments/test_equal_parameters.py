"""Widths of as many parameters: by hand, and the nearest of all there are."""

from __future__ import annotations

import itertools
import re

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.experiments.equal_parameters import count_parameters, equal_widths


def test_by_hand() -> None:
    assert equal_widths(2, 1, 1, 33) == (8,)
    assert count_parameters(2, (8,), 1) == 2 * 8 + 8 + 8 + 1
    assert equal_widths(2, 1, 2, 151) == (10, 10)
    assert equal_widths(2, 1, 3, 150) == (8, 7, 7)


@given(inputs=st.integers(1, 5), hidden=st.lists(st.integers(1, 9), min_size=1, max_size=4), outputs=st.integers(1, 4))
def test_parameters_are_those_of_torch(inputs: int, hidden: list[int], outputs: int) -> None:
    sizes = [inputs, *hidden, outputs]
    layers = [torch.nn.Linear(below, above) for below, above in itertools.pairwise(sizes)]
    assert count_parameters(inputs, tuple(hidden), outputs) == sum(
        parameter.numel() for layer in layers for parameter in layer.parameters()
    )


@given(inputs=st.integers(1, 9), outputs=st.integers(1, 4), depth=st.integers(1, 6), parameters=st.integers(60, 400))
def test_no_other_widths_are_nearer_and_of_two_the_smaller_is_taken(
    inputs: int, outputs: int, depth: int, parameters: int
) -> None:
    everything = [
        tuple(units // depth + (layer < units % depth) for layer in range(depth)) for units in range(depth, 420)
    ]
    nearest = min(everything, key=lambda hidden: abs(count_parameters(inputs, hidden, outputs) - parameters))
    assert equal_widths(inputs, outputs, depth, parameters) == nearest


def test_a_single_unit_a_layer_is_the_least() -> None:
    assert equal_widths(3, 2, 3, count_parameters(3, (1, 1, 1), 2)) == (1, 1, 1)
    message = "parameters must be at least 12, which 3 hidden layers of 1 unit have with 3 inputs and 2 outputs, got 11"
    with pytest.raises(ValueError, match=re.escape(message)):
        equal_widths(3, 2, 3, 11)
    with pytest.raises(ValueError, match="which 1 hidden layer of 1 unit has with 1 input and 1 output, got 3"):
        equal_widths(1, 1, 1, 3)


@pytest.mark.parametrize("name", ["inputs", "outputs", "depth"])
def test_sizes_below_one_are_refused(name: str) -> None:
    sizes = {"inputs": 2, "outputs": 1, "depth": 1} | {name: 0}
    with pytest.raises(ValueError, match=f"{name} must be at least 1, got 0"):
        equal_widths(**sizes, parameters=50)
