"""What nets of one shape have come to once they are trained: how well they fit, and how large their weights are."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.train_validation_test import Parts
from visualizer.engine.measures.evaluation import outputs
from visualizer.engine.training.run import TrainingRun
from visualizer.engine.training.update.losses import LossName, Measure
from visualizer.engine.training.update.parameters import Shape

NEAR_ZERO = 1e-3
"""A weight below this, either sign, counts as 0: a gradient step is not exact enough to stay there."""


@dataclass(frozen=True, eq=False)
class Fits:
    """Trained nets: losses (nets,) per example and without penalty, and errors, the share of examples that are wrong,
    NaN where numbers are learned; all of a net's are NaN if it diverged. Over a net's weights, biases left out: their
    norm, the share near 0, and how many of them are in each of some bins, (nets, bins). `stopped` (nets,) is the epoch
    at which early stopping ended a net, or −1.
    """

    train_loss: Tensor
    validation_loss: Tensor
    test_loss: Tensor
    train_error: Tensor
    test_error: Tensor
    norm: Tensor
    near_zero: Tensor
    bins: Tensor
    stopped: Tensor


@torch.no_grad()
def measure_fits(run: TrainingRun, shape: Shape, parts: Parts, loss: LossName, *, limit: float, bins: int) -> Fits:
    """The nets as they are in the last frame of a run. The bins reach from −limit to limit, the first and the last with
    all that is beyond."""
    flat = run.parameters[-1]
    measure = Measure(loss, parts.test_y.to(flat.dtype))
    z = outputs(flat, shape, parts.test_x).transpose(1, 2)
    weights = weights_of(flat, shape)
    lost = weights.isnan().any(dim=1)
    near = (weights.abs() < NEAR_ZERO).double().mean(dim=1).masked_fill(lost, torch.nan)
    held = weights.nan_to_num(torch.inf).clamp(-limit, limit)
    counts = torch.stack([torch.histc(each, bins, -limit, limit) for each in held])
    return Fits(
        train_loss=run.train_loss[-1],
        validation_loss=run.test_loss[-1],
        test_loss=measure.loss(z),
        train_error=1 - run.train_accuracy[-1],
        test_error=(1 - measure.accuracy(z)).masked_fill(lost, torch.nan),
        norm=weights.double().norm(dim=1),
        near_zero=near,
        bins=counts.masked_fill(lost.unsqueeze(1), 0).long(),
        stopped=run.stopped,
    )


def weights_of(flat: Tensor, shape: Shape) -> Tensor:
    """The weights (N, weights) of parameters (N, P), without the biases."""
    return flat[:, shape.weight_mask().bool()]


def stacked(repeats: Sequence[Fits]) -> Fits:
    """The same nets trained again and again, as one, with an axis in front of all others: (repeats, nets, …)."""
    names = [field.name for field in dataclasses.fields(Fits)]
    return Fits(**{name: torch.stack([getattr(each, name) for each in repeats]) for name in names})
