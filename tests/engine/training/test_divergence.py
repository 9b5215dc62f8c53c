from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from tests.engine.plain_training import data_for, plain_gradient, random_start
from visualizer.engine.data.examples import Data
from visualizer.engine.training.loop import Recipe, TrainingRun, train_all
from visualizer.engine.training.schedules import Schedule
from visualizer.engine.training.update.optimisers import OPTIMISERS
from visualizer.engine.training.update.parameters import Shape


def one_weight(count: int = 1) -> Data:
    """Answers 0 for inputs 1: the loss of a weight w is ½ w², its gradient w."""
    return Data(torch.ones(count, 1), torch.zeros(count, 1), torch.ones(1, 1), torch.zeros(1, 1))


LINE = Shape((1, 1), bias=False)


@pytest.mark.parametrize("batch_size", [None, 1, 3])
def test_the_update_is_the_first_after_which_it_is_too_large(batch_size: int | None) -> None:
    """By hand: a rate of 11 takes w times −10, so that 2 is 2 · 10^18 after 18 updates, where 10^18 is the limit."""
    recipe = Recipe("squared", 40, batch_size)
    run = train_all(torch.full((1, 1), 2.0), LINE, one_weight(4), recipe, learning_rate=11.0)
    assert run.diverged.tolist() == [18]
    assert run.cause == ["a weight of layer 1 grew past 10¹⁸; one update before, all were within ±2.0·10¹⁷"]


def test_a_bias_is_called_a_bias() -> None:
    data = Data(torch.zeros(1, 1), torch.zeros(1, 1), torch.ones(1, 1), torch.zeros(1, 1))
    run = train_all(torch.tensor([[3.0, 2.0]]), Shape((1, 1)), data, Recipe("squared", 40), learning_rate=11.0)
    assert run.diverged.tolist() == [18]
    assert run.cause == ["a bias of layer 1 grew past 10¹⁸; one update before, all were within ±2.0·10¹⁷"]


def test_in_float64_it_takes_longer() -> None:
    recipe = Recipe("squared", 200, precision=torch.float64)
    run = train_all(torch.full((1, 1), 2.0), LINE, one_weight(), recipe, learning_rate=11.0)
    assert run.diverged.tolist() == [153]


def test_frames_are_nan_from_there_on() -> None:
    run = train_all(torch.full((1, 1), 2.0), LINE, one_weight(4), Recipe("squared", 9, 1), learning_rate=11.0)
    assert run.diverged.tolist() == [18]  # within the fifth epoch of 4 updates
    assert run.epochs.tolist() == [0, 1, 2, 3, 4, 5]  # nobody is left to go on
    for values in (run.parameters, run.train_loss, run.test_loss, run.gradient_norms, run.learning_rates):
        frames = values.flatten(1)
        assert bool(frames[:5].isfinite().all()) and bool(frames[5:].isnan().all())


@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_the_others_go_on_as_if_alone(optimiser: str, batch_size: int | None) -> None:
    shape, data = Shape((3, 4, 4, 2)), data_for("squared")
    recipe = Recipe("squared", 12, batch_size, optimiser=optimiser)
    rates = torch.tensor([0.01, 1e19, 1e3, 0.02, 1e30])
    start = random_start(shape).expand(5, -1)

    def trained(rates: Tensor) -> TrainingRun:
        return train_all(start[: len(rates)], shape, data, recipe, learning_rate=rates, dropout=0.1)

    together, calm = trained(rates), trained(rates[[0, 3]])
    assert (together.diverged[[1, 4]] > 0).all() and (together.diverged[[0, 3]] == -1).all()
    assert [bool(words) for words in together.cause] == (together.diverged >= 0).tolist()
    torch.testing.assert_close(together.parameters[:, [0, 3]], calm.parameters, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(together.train_loss[:, [0, 3]], calm.train_loss, rtol=1e-4, atol=1e-5)


def test_the_update_is_that_of_the_plain_way() -> None:
    shape, data = Shape((3, 4, 2), "relu"), data_for("squared")
    recipe = Recipe("squared", 60, precision=torch.float64)
    rates = torch.tensor([2.0, 3.0, 5.0, 50.0], dtype=torch.float64)
    start = random_start(shape).expand(4, -1)
    run = train_all(start, shape, data, recipe, learning_rate=rates)
    for net, rate in enumerate(rates.tolist()):
        flat, update = start[net], 0
        while bool((flat.abs() < 1e153).all()) and update < 60:
            flat = flat - rate * plain_gradient(flat, shape, data.train_x, data.train_y, "squared")
            update += 1
        assert run.diverged[net] in ((update - 1, update) if update < 60 else (-1,))  # outputs may be first


def test_outputs_may_grow_before_weights_do() -> None:
    """Six linear layers of one weight 5000 each: 5000⁶ is 1.6e22."""
    shape = Shape((1,) * 7, "identity", bias=False)
    run = train_all(torch.full((1, 6), 5000.0), shape, one_weight(), Recipe("squared", 5), learning_rate=0.0)
    assert run.diverged.tolist() == [0]
    assert run.cause == ["an output grew past 10¹⁸; the largest weight or bias, 5.0·10³, was in layer 1"]
    assert bool(run.train_loss[1:].isnan().all())


def test_after_the_last_update_it_is_seen_too() -> None:
    run = train_all(torch.ones(1, 1), LINE, one_weight(), Recipe("squared", 1), learning_rate=1e30)
    assert run.diverged.tolist() == [1] and bool(run.train_loss[-1].isnan().all())


def test_rates_past_all_numbers_diverge_and_leave_frozen_layers_finite() -> None:
    shape, data = Shape((3, 4, 2)), data_for("squared")
    recipe = Recipe("squared", 400, frozen_layers=(0,), schedule=Schedule("exponential", factor=10.0))
    run = train_all(random_start(shape), shape, data, recipe, learning_rate=torch.tensor([1e-3]))
    assert run.diverged[0] > 0 and "layer 2" in run.cause[0]
    huge = train_all(random_start(shape), shape, data, replace(recipe, epochs=2), learning_rate=1e300)
    assert huge.diverged.tolist() == [1] and "layer 2" in huge.cause[0]


def test_a_large_rate_alone_is_no_divergence() -> None:
    """A logistic loss has bounded gradients."""
    recipe = Recipe("logistic", 50, 4)
    run = train_all(random_start(Shape((3, 4, 1))), Shape((3, 4, 1)), data_for("logistic"), recipe, learning_rate=1e3)
    assert run.diverged.tolist() == [-1] and bool(run.train_loss.isfinite().all())
    calm = train_all(torch.ones(1, 1), LINE, one_weight(), replace(recipe, loss="squared"), learning_rate=1.99)
    assert calm.diverged.tolist() == [-1]
