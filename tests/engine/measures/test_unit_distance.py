from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.plain_training import data_for
from visualizer.engine.measures.evaluation import outputs
from visualizer.engine.measures.unit_distance import SAME, largest_differences, merge_units, unit_distances
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape, flatten

SHAPE = Shape((2, 3, 1))


def net(units: list[list[float]]) -> torch.Tensor:
    """2-3-1: rows of two weights and a bias."""
    hidden = torch.tensor(units, dtype=torch.float64)
    return flatten([hidden[:, :2], torch.ones(1, 3, dtype=torch.float64)], [hidden[:, 2], torch.zeros(1)])


def test_distances_by_hand() -> None:
    flat = net([[0, 0, 1], [3, 4, 1], [0, 0, 1]])  # pairs are 5, 0 and 5 apart
    assert unit_distances(flat, SHAPE).tolist() == pytest.approx([(50 / 3) ** 0.5])
    assert float(largest_differences(flat, SHAPE)) == 4


@settings(max_examples=40)
@given(st.integers(0, 1000))
def test_distances_are_those_of_all_pairs(seed: int) -> None:
    shape = Shape((3, 6, 5, 2))
    flat = start_networks(shape, "normal", seeds=[seed, seed + 1])
    found = unit_distances(flat, shape)
    for layer, matrices in enumerate(shape.matrices(flat)[:-1]):
        for each in range(2):
            expected = torch.pdist(matrices[each]).square().mean().sqrt()
            torch.testing.assert_close(found[each, layer], expected)


def test_frames_and_nets_may_stand_before_the_parameters() -> None:
    flat = torch.stack([net([[0, 0, 1], [3, 4, 1], [0, 0, 1]])] * 6).view(2, 3, -1)
    assert unit_distances(flat, SHAPE).shape == (2, 3, 1)
    assert largest_differences(flat, SHAPE).shape == (2, 3)


@pytest.mark.parametrize("kind", ["zeros", "equal"])
def test_copies_are_exactly_no_distance_apart(kind: str) -> None:
    shape = Shape((2, 7, 5, 1))
    flat = start_networks(shape, kind, scale=0.1, seeds=[0])
    assert unit_distances(flat, shape).tolist() == [[0.0, 0.0]]
    assert largest_differences(flat, shape).tolist() == [0.0]


def test_one_unit_is_no_distance_from_itself() -> None:
    shape = Shape((2, 1, 1))
    assert unit_distances(start_networks(shape, "normal", seeds=[0]), shape).tolist() == [[0.0]]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_copies_stay_copies_and_merge_into_one_unit(activation: str) -> None:
    shape, data = Shape((3, 6, 5, 3), activation), data_for("softmax")
    start = start_networks(shape, "equal", scale=0.2, seeds=[0])
    recipe = Recipe("softmax", 50, precision=torch.float64)
    trained = train_all(start, shape, data, recipe, learning_rate=0.3).parameters[-1]
    assert float((trained - start).abs().max()) > 0.1
    assert float(largest_differences(trained, shape)) < SAME
    merged, narrow = merge_units(trained[0], shape)
    assert narrow.sizes == (3, 1, 1, 3)
    torch.testing.assert_close(
        outputs(merged[None], narrow, data.train_x), outputs(trained, shape, data.train_x), rtol=0, atol=1e-9
    )


def test_units_that_differ_do_not_merge() -> None:
    shape, data = Shape((3, 6, 2), bias=False), data_for("softmax")
    start = start_networks(shape, "normal", seeds=[0])
    merged, narrow = merge_units(start[0], shape)
    assert narrow.bias is False and merged.shape == (3 + 2,)
    gap = outputs(merged[None], narrow, data.train_x) - outputs(start, shape, data.train_x)
    assert float(gap.abs().max()) > 0.1
