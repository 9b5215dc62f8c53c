from __future__ import annotations

import pytest
import torch

from tests.engine.plain_training import data_for
from visualizer.engine.experiments.scale_sweep import Start, train_starts
from visualizer.engine.measures.layer_spread import layer_spread
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape

SHAPE, DATA = Shape((3, 5, 4, 3)), data_for("softmax")
RECIPE = Recipe("softmax", 8, frames=5, precision=torch.float64)
STARTS = (Start("normal", 0.1), Start("he"), Start("zeros"))
SEEDS = (3, 4)


def test_every_start_trains_as_alone() -> None:
    found = list(train_starts(STARTS, SHAPE, DATA, RECIPE, seeds=SEEDS, learning_rate=0.5))[-1]
    for place, start in enumerate(STARTS):
        drawn = start_networks(SHAPE, start.kind, scale=start.scale, seeds=SEEDS)
        alone = train_all(drawn, SHAPE, DATA, RECIPE, learning_rate=0.5)
        torch.testing.assert_close(found.loss[place], alone.train_loss[-1])
        torch.testing.assert_close(found.start_loss[place], alone.train_loss[0])
        torch.testing.assert_close(found.test_loss[place], alone.test_loss[-1])
        torch.testing.assert_close(found.gradient_norms[place], alone.gradient_norms[0])
        spread = layer_spread(drawn, SHAPE, DATA, "softmax")
        torch.testing.assert_close(found.spread.activations[2 * place : 2 * place + 2], spread.activations)
    assert found.diverged.tolist() == [[-1, -1]] * 3
    assert found.starts == STARTS


def test_what_there_is_comes_frame_after_frame() -> None:
    found = list(train_starts(STARTS, SHAPE, DATA, RECIPE, seeds=SEEDS, learning_rate=0.5))
    assert [each.epoch for each in found] == [0, 2, 4, 6, 8]
    assert {each.whole for each in found} == {8}
    assert torch.equal(found[0].loss, found[0].start_loss)
    assert torch.equal(found[0].start_loss, found[-1].start_loss)


def test_a_start_that_diverges_is_told() -> None:
    starts = (Start("he"), Start("normal", 100.0))
    shape, data = Shape((3, 5, 4, 2), "identity"), data_for("squared")
    recipe = Recipe("squared", 8, frames=3)
    found = list(train_starts(starts, shape, data, recipe, seeds=SEEDS, learning_rate=0.01))[-1]
    assert found.diverged[0].tolist() == [-1, -1]
    assert bool((found.diverged[1] > 0).all()) and bool(found.loss[1].isnan().all())


def test_a_median_per_start_leaves_out_what_is_no_number() -> None:
    found = list(train_starts(STARTS, SHAPE, DATA, RECIPE, seeds=(1, 2, 3), learning_rate=0.5))[-1]
    nan = float("nan")
    medians = found.per_start(torch.tensor([1.0, 2.0, 9.0, nan, 4.0, nan, nan, nan, nan]))
    assert medians[:2].tolist() == [2.0, 4.0] and bool(medians[2].isnan())


def test_no_starts_are_refused() -> None:
    with pytest.raises(ValueError, match="starts must be at least 1"):
        next(train_starts((), SHAPE, DATA, RECIPE, seeds=SEEDS, learning_rate=0.5))
