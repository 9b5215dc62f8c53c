from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import torch

from tests.engine.plain_training import data_for, plain_training, random_start
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.optimisers import OPTIMISERS
from visualizer.engine.training.update.parameters import Shape

TORCHS: dict[str, Callable[..., torch.optim.Optimizer]] = {
    "sgd": torch.optim.SGD,
    "momentum": partial(torch.optim.SGD, momentum=0.9),
    "nesterov": partial(torch.optim.SGD, momentum=0.9, nesterov=True),
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}
SHAPE = Shape((3, 5, 1))
RATES = (0.003, 0.05)


def test_all_are_held_against_torch() -> None:
    assert list(TORCHS) == list(OPTIMISERS)


@pytest.mark.parametrize("batch_size", [None, 5])
@pytest.mark.parametrize("l2", [0.0, 0.1])
@pytest.mark.parametrize("name", TORCHS)
def test_every_step_is_torchs(name: str, l2: float, batch_size: int | None) -> None:
    """With torch's weight_decay, on weights only: for all but AdamW it is the gradient of l2 / 2 · Σ w²."""
    data = data_for("logistic")
    recipe = Recipe("logistic", 30, batch_size, optimiser=name, precision=torch.float64, seed=2)
    start = random_start(SHAPE, len(RATES))
    run = train_all(start, SHAPE, data, recipe, learning_rate=torch.tensor(RATES), l2=l2)
    for net, rate in enumerate(torch.tensor(RATES).double().tolist()):
        wanted = plain_training(start[net], SHAPE, data, recipe, partial(TORCHS[name], lr=rate), l2)
        torch.testing.assert_close(run.parameters[:, net], wanted, rtol=1e-9, atol=1e-10)


def test_adamw_takes_a_share_of_each_weight() -> None:
    """All gradients 0: a weight of 2 becomes 2 (1 − 0.1 · 0.5), a bias stays."""
    data = data_for("squared", inputs=1, outputs=1)
    start = torch.tensor([[2.0, -1.0]])
    data.train_x.zero_()
    data.train_y.fill_(-1.0)
    changes: dict[str, Any] = {"learning_rate": 0.1, "l2": 0.5}
    run = train_all(start, Shape((1, 1)), data, Recipe("squared", 2, optimiser="adamw"), **changes)
    torch.testing.assert_close(run.parameters[:, 0, 0], torch.tensor([2, 1.9, 1.805]))
    assert run.parameters[:, 0, 1].tolist() == [-1, -1, -1]
