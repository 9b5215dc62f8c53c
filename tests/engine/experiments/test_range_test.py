"""The range test, on a net that can be computed by hand: one weight, ½ (1 − w)², from w = 0."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.experiments.range_test import RangeTest, run_range_test, smoothed, suggest
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.parameters import Shape

ONE = torch.ones(1, 1, dtype=torch.float64)
NONE = torch.ones(0, 1, dtype=torch.float64)
DATA = Data(ONE, ONE, NONE, NONE)
SHAPE = Shape((1, 1), bias=False)


def ran(lowest: float, highest: float, steps: int) -> list[RangeTest]:
    recipe = Recipe("squared", 3, precision=torch.float64)
    return list(run_range_test(torch.zeros(1, 1), SHAPE, DATA, recipe, lowest=lowest, highest=highest, steps=steps))


def made(losses: list[float], start: float = 1.0) -> RangeTest:
    rates = 0.001 * 2.0 ** torch.arange(len(losses), dtype=torch.float64)
    return RangeTest(rates, torch.tensor(losses, dtype=torch.float64).unsqueeze(1), torch.tensor([start]).double())


def test_the_rate_grows_by_the_same_factor_and_the_loss_follows() -> None:
    found = ran(0.01, 1.28, 8)
    assert [len(each.rates) for each in found] == list(range(1, 9))
    rates = 0.01 * 2.0 ** torch.arange(8, dtype=torch.float64)
    torch.testing.assert_close(found[-1].rates, rates)
    expected: Tensor = 0.5 * torch.cumprod(1 - rates, dim=0) ** 2
    torch.testing.assert_close(found[-1].losses[:, 0], expected)
    assert found[-1].start.tolist() == [0.5]


def test_the_suggestion_lies_where_the_loss_falls_fastest() -> None:
    steep = [1.0] * 20 + [0.98, 0.9, 0.5, 0.2, 0.19, 0.18, 0.3] + [2.0] * 5
    test = made(steep)
    suggestion = suggest(test)
    assert suggestion is not None
    rates = test.rates.tolist()
    assert rates[20] <= suggestion.steepest <= rates[23]
    assert suggestion.lower <= suggestion.steepest <= suggestion.upper
    assert rates[22] <= suggestion.upper <= rates[26]


def test_a_loss_that_never_falls_suggests_nothing() -> None:
    assert suggest(made([1.1, 1.2, 1.5, 3.0, math.nan])) is None
    assert suggest(made([math.nan] * 4)) is None
    assert suggest(ran(2.5, 10, 6)[-1]) is None


def test_what_diverged_does_not_spread_by_smoothing() -> None:
    losses = smoothed(made([1.0, 1.0, 1.0, math.nan, math.nan]))
    assert losses.tolist() == pytest.approx([1, 1, 1, math.inf, math.inf])


@pytest.mark.parametrize(
    ("limits", "words"),
    [((0.0, 1.0, 5), "lowest"), ((1.0, 1.0, 5), "lowest"), ((0.1, math.inf, 5), "lowest"), ((0.1, 1.0, 1), "steps")],
)
def test_limits_that_make_no_test_are_refused(limits: tuple[float, float, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ran(*limits)
