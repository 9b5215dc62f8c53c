"""Nets that start from weights of many scales, trained at once: the sensitivity analysis of a start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.measures.layer_spread import LayerSpread, layer_spread
from visualizer.engine.training.loop import TrainingRun, train
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape


@dataclass(frozen=True)
class Start:
    """A way to draw the parameters that nets start from."""

    kind: str
    scale: float = 1.0


@dataclass(frozen=True, eq=False)
class StartsRun:
    """What nets from each start came to, so far: after `epoch` of `whole` epochs.

    starts, and for each of them nets: start_loss, loss and test_loss (starts, nets), NaN where a net has diverged;
    gradient_norms (starts, nets, layers) and spread (starts · nets) before training; diverged (starts, nets): the
    update at which a net did, or −1.
    """

    starts: tuple[Start, ...]
    epoch: int
    whole: int
    start_loss: Tensor
    loss: Tensor
    test_loss: Tensor
    gradient_norms: Tensor
    spread: LayerSpread
    diverged: Tensor

    def per_start(self, values: Tensor) -> Tensor:
        """The median (starts,) of values (starts · nets,), of those that are numbers; NaN where none is."""
        return values.view(len(self.starts), -1).nanmedian(dim=1).values


def train_starts(
    starts: Sequence[Start], shape: Shape, data: Data, recipe: Recipe, *, seeds: Sequence[int], learning_rate: float
) -> Iterator[StartsRun]:
    """Train nets from every start and with every seed, as one batch; what there is so far, frame after frame.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if not starts:
        raise ValueError("starts must be at least 1, got none")
    drawn = torch.cat([start_networks(shape, each.kind, scale=each.scale, seeds=seeds) for each in starts])
    spread = layer_spread(drawn, shape, data, recipe.loss)
    recipe = replace(recipe, record_parameters=False)
    for progress in train(drawn, shape, data, recipe, learning_rate=learning_rate):
        yield _found(tuple(starts), progress.epoch, recipe.epochs, spread, progress.run)


def _found(starts: tuple[Start, ...], epoch: int, whole: int, spread: LayerSpread, run: TrainingRun) -> StartsRun:
    sizes = (len(starts), -1)
    return StartsRun(
        starts=starts,
        epoch=epoch,
        whole=whole,
        start_loss=run.train_loss[0].view(sizes),
        loss=run.train_loss[-1].view(sizes),
        test_loss=run.test_loss[-1].view(sizes),
        gradient_norms=run.gradient_norms[0].view(*sizes, run.gradient_norms.shape[2]),
        spread=spread,
        diverged=run.diverged.view(sizes),
    )
