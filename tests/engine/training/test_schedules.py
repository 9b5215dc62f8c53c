from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import torch

from tests.engine.plain_training import data_for, plain_training, random_start
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.schedules import CONSTANT, Rates, Schedule
from visualizer.engine.training.update.parameters import Shape

EPOCHS = 32
CASES: list[tuple[Schedule, Callable[..., Any]]] = [
    (Schedule("step", every=7, factor=0.5), partial(torch.optim.lr_scheduler.StepLR, step_size=7, gamma=0.5)),
    (Schedule("step"), partial(torch.optim.lr_scheduler.StepLR, step_size=30)),
    (Schedule("cosine"), partial(torch.optim.lr_scheduler.CosineAnnealingLR, T_max=EPOCHS)),
    (Schedule("exponential", factor=1.02), partial(torch.optim.lr_scheduler.ExponentialLR, gamma=1.02)),
    (
        Schedule("plateau", patience=2, factor=0.3),
        partial(torch.optim.lr_scheduler.ReduceLROnPlateau, patience=2, factor=0.3),
    ),
]


@pytest.mark.parametrize(("schedule", "torchs"), CASES)
def test_training_is_torchs(schedule: Schedule, torchs: Callable[..., Any]) -> None:
    """Some rates creep and others jump about: the plateaus differ from net to net."""
    shape, data = Shape((3, 4, 1)), data_for("squared", outputs=1)
    recipe = Recipe("squared", EPOCHS, 4, schedule=schedule, precision=torch.float64)
    rates = (0.01, 0.05, 0.3)
    start = random_start(shape).expand(3, -1)
    run = train_all(start, shape, data, recipe, learning_rate=torch.tensor(rates, dtype=torch.float64))
    for net, rate in enumerate(rates):
        descent = partial(torch.optim.SGD, lr=rate)
        wanted = plain_training(start[net], shape, data, recipe, descent, schedule=torchs)
        torch.testing.assert_close(run.parameters[:, net], wanted, rtol=1e-8, atol=1e-9)
    if schedule.kind == "plateau":
        assert run.learning_rates[-1, 0] == 0.01 and run.learning_rates[-1, 2] < 0.1


def test_a_plateau_turns_down_after_more_epochs_than_its_patience() -> None:
    rates = Rates(Schedule("plateau", patience=2, factor=0.5), torch.tensor([1.0, 1.0]), 9)
    found: list[list[float]] = []
    for loss in (4.0, 3.9997, 3.9997, 3.9997, 3.9997, 3.9997, 3.9997):
        rates.see(torch.tensor([loss, loss / (1 + len(found))]))
        found.append(rates.at(0).tolist())
    assert [each[0] for each in found] == [1, 1, 1, 0.5, 0.5, 0.5, 0.25]  # 0.0075% lower is not lower
    assert [each[1] for each in found] == [1] * 7


def test_constant_stays() -> None:
    rates = Rates(CONSTANT, torch.tensor([0.1, 0.2]), 9)
    rates.see(torch.tensor([1.0, 1.0]))
    assert torch.equal(rates.at(0), rates.at(8)) and not rates.wants_losses


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "linear"}, "kind must be constant, step, cosine, plateau or exponential, got 'linear'"),
        ({"factor": 0.0}, "factor must be finite and above 0, got 0.0"),
        ({"factor": float("nan")}, "factor"),
        ({"every": 0}, "every must be at least 1, got 0"),
        ({"patience": -1}, "patience must be at least 0, got -1"),
    ],
)
def test_refusals(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Schedule(**changes)
