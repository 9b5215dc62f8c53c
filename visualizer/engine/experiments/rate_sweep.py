"""The same nets trained with many learning rates at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.training.loop import TrainingRun, train
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.parameters import Shape


@dataclass(frozen=True, eq=False)
class RateSweep:
    """What nets come to with each of the rates, frame by frame so far.

    rates (rates,); epochs (frames,), of which there will be `whole`; train_loss, test_loss and learning_rates
    (frames, rates, nets), NaN from the frame on in which a net has diverged, test_loss also without a test set;
    diverged (rates, nets): the update at which it did, or −1.
    """

    rates: Tensor
    epochs: Tensor
    whole: int
    train_loss: Tensor
    test_loss: Tensor
    learning_rates: Tensor
    diverged: Tensor

    @property
    def start(self) -> Tensor:
        """The training loss (nets,) before training."""
        return self.train_loss[0, 0]

    @property
    def final(self) -> Tensor:
        """What the training loss (rates, nets) comes to: its mean over the last tenth of the frames there are.

        With small batches the last one alone is a matter of chance. NaN where a net has diverged.
        """
        return _end(self.train_loss)

    @property
    def final_test(self) -> Tensor:
        """The same of the test loss."""
        return _end(self.test_loss)

    def ends(self) -> RateSweep:
        """The sweep with two frames, the first and what it comes to: `start` and both `final` stay as they are."""
        both = {"train_loss": self.final, "test_loss": self.final_test, "learning_rates": self.learning_rates[-1]}
        cut: dict[str, Any] = {name: torch.stack([getattr(self, name)[0], last]) for name, last in both.items()}
        return replace(self, epochs=self.epochs[[0, -1]], **cut)

    def last_rate(self) -> RateSweep:
        """The last of the rates alone."""
        cut = {name: getattr(self, name)[:, -1:].clone() for name in ("train_loss", "test_loss", "learning_rates")}
        return replace(self, rates=self.rates[-1:].clone(), diverged=self.diverged[-1:].clone(), **cut)

    def first(self, count: int) -> RateSweep:
        """The first so many of the rates."""
        cut = {name: getattr(self, name)[:, :count] for name in ("train_loss", "test_loss", "learning_rates")}
        return replace(self, rates=self.rates[:count], diverged=self.diverged[:count], **cut)


def sweep_rates(
    start: Tensor, shape: Shape, data: Data, recipe: Recipe, rates: Tensor, *, l2: float = 0.0
) -> Iterator[RateSweep]:
    """Train every net with every rate, as one batch; what there is so far, frame after frame.

    The losses are without the penalty `l2`, as in `train`.

    Shapes: start (nets, P), rates (rates,).
    Raises: ValueError naming the argument, its value and the limit.
    """
    if rates.dim() != 1 or not len(rates):
        raise ValueError(f"rates must be (rates,), at least one, got shape {tuple(rates.shape)}")
    nets = len(start)
    recipe = replace(recipe, record_parameters=False)
    each = rates.repeat_interleave(nets)
    for progress in train(start.repeat(len(rates), 1), shape, data, recipe, learning_rate=each, l2=l2):
        yield _sweep(rates, nets, recipe.epochs, progress.run)


def _end(losses: Tensor) -> Tensor:
    return losses[-max(1, len(losses) // 10) :].mean(dim=0)


def _sweep(rates: Tensor, nets: int, whole: int, run: TrainingRun) -> RateSweep:
    sizes = (len(rates), nets)
    return RateSweep(
        rates=rates,
        epochs=run.epochs,
        whole=whole,
        train_loss=run.train_loss.view(-1, *sizes),
        test_loss=run.test_loss.view(-1, *sizes),
        learning_rates=run.learning_rates.view(-1, *sizes),
        diverged=run.diverged.view(sizes),
    )
