"""Many rates at once, on a net that can be computed by hand: one weight, ½ (1 − w)², from w = 0.

An update with the rate η takes 1 − w to (1 − η) (1 − w).
"""

from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.engine.data.examples import Data
from visualizer.engine.experiments.rate_sweep import RateSweep, sweep_rates
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.parameters import Shape

ONE = torch.ones(1, 1, dtype=torch.float64)
DATA = Data(ONE, ONE, ONE, 2 * ONE)
SHAPE = Shape((1, 1), bias=False)
RATES = torch.tensor([0.5, 1.0, 1.5, 2.5], dtype=torch.float64)
EPOCHS = 10


def swept(start: torch.Tensor, **recipe: Any) -> list[RateSweep]:
    made = Recipe("squared", EPOCHS, precision=torch.float64, **recipe)
    return list(sweep_rates(start, SHAPE, DATA, made, RATES))


def test_losses_by_hand() -> None:
    sweep = swept(torch.zeros(1, 1))[-1]
    epochs = torch.arange(EPOCHS + 1, dtype=torch.float64)
    expected = 0.5 * (1 - RATES) ** (2 * epochs[:, None])
    torch.testing.assert_close(sweep.train_loss[:, :, 0], expected)
    assert sweep.start.tolist() == [0.5]
    assert sweep.final[:, 0].tolist() == pytest.approx(expected[-1].tolist())
    w = 1 - (1 - RATES) ** EPOCHS
    assert sweep.final_test[:, 0].tolist() == pytest.approx((0.5 * (2 - w) ** 2).tolist())
    assert sweep.diverged.tolist() == [[-1]] * 4


def test_the_end_is_the_mean_over_the_last_tenth() -> None:
    losses = torch.arange(40, dtype=torch.float64).view(40, 1, 1)
    sweep = RateSweep(RATES[:1], torch.arange(40), 39, losses, losses + 1, losses, torch.full((1, 1), -1))
    assert sweep.final.tolist() == [[37.5]]
    assert sweep.final_test.tolist() == [[38.5]]


def test_every_rate_trains_every_net_as_alone() -> None:
    start = torch.tensor([[0.0], [0.7]])
    sweep = swept(start)[-1]
    alone = train_all(start, SHAPE, DATA, Recipe("squared", EPOCHS, precision=torch.float64), learning_rate=1.5)
    torch.testing.assert_close(sweep.train_loss[:, 2], alone.train_loss)
    torch.testing.assert_close(sweep.first(3).train_loss[:, 2], alone.train_loss)
    assert sweep.first(3).rates.tolist() == RATES[:3].tolist()


def test_what_there_is_grows_and_stays() -> None:
    sweeps = swept(torch.zeros(1, 1), frames=5)
    assert [len(sweep.epochs) for sweep in sweeps] == [1, 2, 3, 4, 5]
    assert {sweep.whole for sweep in sweeps} == {EPOCHS}
    assert torch.equal(sweeps[1].train_loss, sweeps[-1].train_loss[:2])


@pytest.mark.parametrize("rates", [torch.ones(0), torch.ones(2, 2)])
def test_rates_of_another_shape_are_refused(rates: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="rates must be"):
        next(sweep_rates(torch.zeros(1, 1), SHAPE, DATA, Recipe("squared", 2), rates))
