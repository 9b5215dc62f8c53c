"""The learning-rate range test: train while the rate grows, and read off which rates bring the loss down."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.statistics.zones import median
from visualizer.engine.training.loop import Progress, train
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.schedules import Schedule
from visualizer.engine.training.update.parameters import Shape

_SMOOTHED = 2.0
"""How many steps to each side a loss is averaged with, as the deviation of a Gaussian."""


@dataclass(frozen=True, eq=False)
class RangeTest:
    """Losses (steps, nets) of nets whose rate grew from step to step: rates (steps,), those before the first step being
    start (nets,). NaN from the step on at which a net diverged."""

    rates: Tensor
    losses: Tensor
    start: Tensor


@dataclass(frozen=True)
class Suggestion:
    """What a range test says: the loss falls from `lower` on, falls fastest at `steepest`, and is lowest at `upper`.

    `steepest` is the rate to train with; `lower` and `upper` are the limits between which a cyclical rate would go.
    """

    lower: float
    steepest: float
    upper: float


def run_range_test(
    start: Tensor, shape: Shape, data: Data, recipe: Recipe, *, lowest: float, highest: float, steps: int
) -> Iterator[RangeTest]:
    """Train with a rate that grows by the same factor after every epoch; the test so far, again and again.

    Source: Smith 2017, "Cyclical learning rates for training neural networks", section 3.3. There the rate grows by the
    same amount after every update; here by the same factor after every epoch, as is usual since.

    Shapes: start (nets, P).
    Raises: ValueError naming the argument, its value and the limit.
    """
    if not 0 < lowest < highest < math.inf:
        raise ValueError(f"lowest must be above 0 and below highest, {highest:g}, got {lowest:g}")
    if steps < 2:
        raise ValueError(f"steps must be at least 2, got {steps}")
    factor = (highest / lowest) ** (1 / (steps - 1))
    growing = replace(
        recipe,
        epochs=steps,
        frames=steps + 1,
        schedule=Schedule("exponential", factor=factor),
        patience=None,
        record_parameters=False,
    )
    for progress in train(start, shape, data, growing, learning_rate=lowest):
        if progress.epoch:
            yield _so_far(progress, lowest, factor)


def suggest(test: RangeTest) -> Suggestion | None:
    """Read the rates off the median of the nets, smoothed; None where the loss never fell.

    The loss counts as falling from where it has covered a twentieth of its way down. Past the lowest loss nothing is
    looked at.

    Source: Smith 2017 for the limits; the steepest place as the rate to take is Howard & Gugger's (fastai, 2018).
    """
    losses, before = smoothed(test), median(test.start)
    start = float(before)
    lowest = int(losses.nan_to_num(math.inf, math.inf).argmin())
    fall = start - float(losses[lowest])
    if not fall > 0:
        return None
    path = torch.cat([before.reshape(1), losses[: lowest + 1]])
    steepest = int((path[:-1] - path[1:]).argmax())
    lower = int((losses <= start - fall / 20).nonzero()[0])
    rates = test.rates.tolist()
    return Suggestion(rates[min(lower, steepest)], rates[steepest], rates[lowest])


def smoothed(test: RangeTest) -> Tensor:
    """The median loss over nets (steps,), averaged with its neighbours; infinite where half of the nets diverged."""
    losses = median(test.losses)
    finite = torch.isfinite(losses)
    places = torch.arange(len(losses), dtype=torch.float64)
    weights = torch.exp(-((places[:, None] - places) ** 2) / (2 * _SMOOTHED**2)) * finite
    means = weights @ torch.where(finite, losses, 0.0) / weights.sum(dim=1)
    return torch.where(finite, means, math.inf)


def _so_far(progress: Progress, lowest: float, factor: float) -> RangeTest:
    losses = progress.run.train_loss
    steps = len(losses) - 1
    rates = lowest * factor ** torch.arange(steps, dtype=torch.float64)
    return RangeTest(rates, losses[1:], losses[0])
