from __future__ import annotations

import pytest
import torch

from tests.engine.plain_training import data_for, random_start
from visualizer.engine.training.loop import Recipe, TrainingRun, train_all
from visualizer.engine.training.update.parameters import Shape

SHAPE = Shape((3, 6, 1))
DATA = data_for("logistic", examples=20, tests=10)
RATES = torch.tensor([3.0, 0.001, 0.3, 0.0])
EPOCHS = 60


def run_with(patience: int | None, epochs: int = EPOCHS, rates: torch.Tensor = RATES) -> TrainingRun:
    """Labels at random: the test loss soon rises where the rate is large."""
    recipe = Recipe("logistic", epochs, 5, patience=patience, precision=torch.float64)
    start = random_start(SHAPE).expand(len(rates), -1)
    return train_all(start, SHAPE, DATA, recipe, learning_rate=rates)


@pytest.mark.parametrize("patience", [1, 3, 10])
def test_it_stops_at_its_time_with_the_best_parameters(patience: int) -> None:
    free, run = run_with(None), run_with(patience)
    for net in range(len(RATES)):
        losses = free.test_loss[1:, net].tolist()
        best, lowest, waited, stopped = 0, float("inf"), 0, -1
        for epoch, loss in enumerate(losses, start=1):
            best, lowest, waited = (epoch, loss, 0) if loss < lowest else (best, lowest, waited + 1)
            if waited == patience:
                stopped = epoch
                break
        assert run.stopped[net] == stopped
        assert torch.equal(run.parameters[-1, net], free.parameters[best, net])
        until = stopped if stopped > 0 else len(run.epochs) - 1
        assert torch.equal(run.parameters[:until, net], free.parameters[:until, net])
        assert torch.equal(run.parameters[until:, net], run.parameters[-1:, net].expand(len(run.epochs) - until, -1))
        assert bool((run.learning_rates[until + 1 :, net] == 0).all())
    assert bool((run.stopped > 0).any())


def test_the_run_ends_where_all_have_stopped() -> None:
    run = run_with(3, rates=RATES[[0, 3]])
    assert run.stopped[1] == 4  # a rate of 0: never lower than after the first epoch
    assert run.epochs[-1] == run.stopped.max() < EPOCHS
    assert len(run.epochs) == len(run.train_loss) == len(run.parameters) == run.epochs[-1] + 1


def test_the_best_is_kept_by_those_that_never_stop() -> None:
    free, run = run_with(None, 12), run_with(12, 12)
    assert run.stopped.tolist() == [-1] * 4
    best = free.test_loss[1:].argmin(dim=0) + 1
    for net in range(4):
        assert torch.equal(run.parameters[-1, net], free.parameters[best[net], net])
        assert float(run.test_loss[-1, net]) == pytest.approx(float(free.test_loss[1:, net].min()), rel=1e-12)


def test_a_diverged_net_does_not_stop_early() -> None:
    recipe = Recipe("squared", 30, patience=3)
    start = random_start(SHAPE).expand(2, -1)
    run = train_all(start, SHAPE, DATA, recipe, learning_rate=torch.tensor([1e20, 0.01]))
    assert run.diverged[0] > 0 and run.stopped[0] == -1
    assert bool(run.parameters[-1, 0].isnan().all()) and bool(run.parameters[-1, 1].isfinite().all())
