"""What trained nets come to, against nets whose every number is known."""

from __future__ import annotations

import math

import pytest
import torch

from visualizer.engine.data.examples import Data
from visualizer.engine.data.train_validation_test import Parts
from visualizer.engine.measures.fit_metrics import NEAR_ZERO, Fits, measure_fits, stacked
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.parameters import Shape

SHAPE = Shape((1, 1))
SIGNS = torch.tensor([[1.0], [-1.0]])
PARTS = Parts(Data(SIGNS, SIGNS, 2 * SIGNS, SIGNS), torch.tensor([[3.0], [1.0], [-1.0]]), torch.ones(3, 1))


def measured(start: list[list[float]], **more: float) -> Fits:
    """Nets of a weight and a bias that a learning rate of 0 leaves as they are."""
    run = train_all(torch.tensor(start), SHAPE, PARTS.fitted, Recipe("logistic", 1), learning_rate=0.0)
    return measure_fits(run, SHAPE, PARTS, "logistic", **({"limit": 2.0, "bins": 4} | more))


def test_losses_and_errors_are_of_their_parts() -> None:
    found = measured([[1.0, 0.0], [-1.0, 0.5]])
    assert found.train_loss[0] == pytest.approx(math.log(1 + math.exp(-1)))
    assert found.validation_loss[0] == pytest.approx(math.log(1 + math.exp(-2)))
    expected = sum(math.log(1 + math.exp(-z)) for z in (3, 1, -1)) / 3
    assert found.test_loss[0] == pytest.approx(expected)
    assert found.train_error.tolist() == [0, 1]
    assert found.test_error.tolist() == pytest.approx([1 / 3, 2 / 3])
    assert found.stopped.tolist() == [-1, -1]


def test_weights_are_counted_without_biases() -> None:
    found = measured([[1.5, 9.0], [-0.5, 9.0], [NEAR_ZERO / 2, 9.0], [-7.0, 0.0]])
    assert found.norm.tolist() == pytest.approx([1.5, 0.5, NEAR_ZERO / 2, 7.0])
    assert found.near_zero.tolist() == [0, 0, 1, 0]
    assert found.bins.tolist() == [[0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]]


def test_a_net_that_diverged_has_no_numbers_and_no_weights() -> None:
    parts = Parts(Data(SIGNS, SIGNS, SIGNS, SIGNS), SIGNS, SIGNS)
    rates = torch.tensor([0.1, 1e30])
    run = train_all(torch.ones(2, 2), SHAPE, parts.fitted, Recipe("squared", 20), learning_rate=rates)
    assert run.diverged.tolist()[0] == -1 and run.diverged[1] > 0
    found = measure_fits(run, SHAPE, parts, "squared", limit=1.0, bins=3)
    for values in (found.train_loss, found.test_loss, found.norm, found.near_zero):
        assert values.isnan().tolist() == [False, True]
    assert found.bins.sum(dim=1).tolist() == [1, 0]
    assert bool(found.test_error.isnan().all())


def test_repeats_get_an_axis_in_front() -> None:
    found = stacked([measured([[1.0, 0.0], [2.0, 0.0]]), measured([[3.0, 0.0], [4.0, 0.0]])])
    assert found.norm.tolist() == [[1, 2], [3, 4]]
    assert found.bins.shape == (2, 2, 4)
