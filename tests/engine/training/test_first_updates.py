"""The first updates are those of `train`, and the examples named are those that were used."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.engine.data.examples import Data
from visualizer.engine.superscripts import scientific
from visualizer.engine.training.first_updates import FirstUpdates, first_updates
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape

SHAPE = Shape((2, 3, 1))


def data(count: int = 6) -> Data:
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(count, 2, generator=generator, dtype=torch.float64)
    return Data(x, x[:, :1].sign(), x[:2] + 1, x[:2, :1].sign())


def updates(count: int, recipe: Recipe, *, rate: float = 0.1, **strengths: float) -> FirstUpdates:
    start = start_networks(SHAPE, "xavier", seeds=[0])
    return first_updates(start, SHAPE, data(), recipe, updates=count, learning_rate=rate, **strengths)


@pytest.mark.parametrize("optimiser", ["sgd", "adam", "adamw"])
@pytest.mark.parametrize("batch_size", [1, 4, None])
def test_after_whole_epochs_the_net_is_that_of_train(optimiser: str, batch_size: int | None) -> None:
    recipe = Recipe("logistic", 3, batch_size, optimiser, precision=torch.float64, seed=7)
    per_epoch = -(-6 // (batch_size or 6))
    strengths: dict[str, Any] = {"l2": 0.01, "dropout": 0.2}
    found = updates(3 * per_epoch, recipe, **strengths).run
    start = start_networks(SHAPE, "xavier", seeds=[0])
    whole = train_all(start, SHAPE, data(), recipe, learning_rate=0.1, **strengths)
    assert found.epochs.tolist() == list(range(3 * per_epoch + 1))
    for name in ("parameters", "train_loss", "test_loss", "train_accuracy", "gradient_norms"):
        assert torch.equal(getattr(found, name)[::per_epoch], getattr(whole, name)), name


def test_a_frame_names_the_examples_of_its_update() -> None:
    found = updates(6, Recipe("squared", 9, 1, precision=torch.float64))
    assert found.examples.shape == (7, 1)
    assert found.examples[0].tolist() == [-1]
    assert sorted(found.examples[1:, 0].tolist()) == [0, 1, 2, 3, 4, 5]
    parameters = found.run.parameters[:, 0]
    weights, biases = SHAPE.weights(parameters[:-1]), SHAPE.biases(parameters[:-1])
    x, y = data().train_x[found.examples[1:, 0]], data().train_y[found.examples[1:, 0]]
    hidden = torch.tanh(torch.einsum("fui,fi->fu", weights[0], x) + biases[0])
    error = torch.einsum("fou,fu->fo", weights[1], hidden) + biases[1] - y
    torch.testing.assert_close(SHAPE.biases(parameters)[1].diff(dim=0), -0.1 * error)


def test_a_short_last_batch_leaves_places_empty() -> None:
    found = updates(2, Recipe("squared", 1, 4))
    assert (found.examples[1] >= 0).all()
    assert (found.examples[2] >= 0).sum() == 2


def test_a_run_that_diverges_ends_with_its_update() -> None:
    found = updates(50, Recipe("squared", 9, 1), rate=1e30)
    count = int(found.run.diverged)
    assert 0 < count < 50
    assert found.run.epochs[-1] == count
    assert len(found.examples) == count + 1
    assert found.run.train_loss[-1].isnan()
    largest = max(float(matrix.abs().amax()) for matrix in SHAPE.matrices(found.run.parameters[-2, 0]))
    assert found.run.cause[0].startswith("the loss was NaN; one update before, the largest weight or ")
    assert scientific(largest) in found.run.cause[0]


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="updates must be at least 1, got 0"):
        updates(0, Recipe("squared", 1))
    with pytest.raises(ValueError, match="start must be"):
        first_updates(torch.zeros(2, 13), SHAPE, data(), Recipe("squared", 1), updates=1, learning_rate=0.1)
