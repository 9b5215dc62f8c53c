"""The first updates of a training run, one a frame: what each batch, or each single example, does to a net."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.superscripts import scientific
from visualizer.engine.training.nets import Nets
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.run import Recorder, TrainingRun
from visualizer.engine.training.schedules import Rates
from visualizer.engine.training.update.parameters import Shape


@dataclass(frozen=True, eq=False)
class FirstUpdates:
    """The run, whose `epochs` count updates here, and which examples each frame's update was made of.

    Shapes: examples (F, batch) int64, the places in the training set; −1 where there is none, as in frame 0.
    """

    run: TrainingRun
    examples: Tensor


class _Enough(Exception):
    """All frames are there."""


def first_updates(
    start: Tensor,
    shape: Shape,
    data: Data,
    recipe: Recipe,
    *,
    updates: int,
    learning_rate: float,
    l2: float = 0.0,
    l1: float = 0.0,
    dropout: float = 0.0,
) -> FirstUpdates:
    """A net's first updates, exactly those that `train` makes with the same recipe and start.

    The run ends early where the loss is NaN. Of the recipe, `frames`, `patience` and
    `record_parameters` make no difference.

    Shapes: start (1, P), not changed.
    Raises: ValueError naming the argument, its value and the limit.
    """
    if start.shape != (1, shape.count):
        raise ValueError(f"start must be (1, {shape.count}), got shape {tuple(start.shape)}")
    if updates < 1:
        raise ValueError(f"updates must be at least 1, got {updates}")
    with torch.inference_mode(False), torch.no_grad():
        strengths = {"l2": l2, "l1": l1, "dropout": dropout}
        tensors = {name: torch.tensor([value], dtype=torch.float64) for name, value in strengths.items()}
        nets = Nets(start.detach(), shape, data, recipe, **tensors)
        return _Run(nets, len(data.train_x), updates, learning_rate).finished()


class _Run:
    def __init__(self, nets: Nets, count: int, updates: int, learning_rate: float) -> None:
        shape, recipe = nets.shape, nets.recipe
        self._nets, self._count, self._updates = nets, count, updates
        self._schedule = Rates(recipe.schedule, torch.tensor([learning_rate], dtype=torch.float64), recipe.epochs)
        self._recorder = Recorder(
            list(range(updates + 1)), 1, shape.count, shape.depth, recipe.precision, every_frame=True
        )
        self._examples = torch.full((updates + 1, min(recipe.batch_size or count, count)), -1, dtype=torch.int64)
        self._done, self._lost = 0, torch.zeros(1, dtype=torch.bool)

    def finished(self) -> FirstUpdates:
        epoch = 0
        self._rates = self._schedule.at(0)
        self._record()
        try:
            while True:
                self._epoch(epoch)
                epoch += 1
        except _Enough:
            pass
        at = torch.tensor([self._done if bool(self._lost) else -1])
        run = self._recorder.run(at, [""], torch.tensor([-1]))
        if bool(self._lost):
            run.cause = [self._cause(run.parameters[-2, 0] if self._done else self._nets.parameters)]
        return FirstUpdates(run, self._examples[: self._done + 1])

    def _cause(self, before: Tensor) -> str:
        """`before` are the last parameters (P,) with which the loss was a number."""
        sizes = [float(matrix.abs().amax()) for matrix in self._nets.shape.matrices(before)]
        layer = max(range(len(sizes)), key=sizes.__getitem__)
        largest = f"the largest weight or bias was {scientific(sizes[layer])}, in layer {layer + 1}"
        return f"the loss was NaN; one update before, {largest}"

    def _epoch(self, epoch: int) -> None:
        self._rates = self._schedule.at(min(epoch, self._nets.recipe.epochs - 1))
        self._nets.set_rates(self._rates)
        order = self._order(epoch)

        def after_update(_: object) -> None:
            size = self._examples.shape[1]
            place = self._done % len(self._nets.batches)
            seen = order[place * size : (place + 1) * size]
            self._done += 1
            self._examples[self._done, : len(seen)] = seen
            self._record()
            if self._done == self._updates or bool(self._lost):
                raise _Enough

        self._nets.epoch(epoch, after_update)
        if self._schedule.wants_losses:
            self._schedule.see(self._nets.train.loss_and_accuracy()[0])

    def _order(self, epoch: int) -> Tensor:
        """The order of the examples in an epoch: the first thing that `Nets.epoch` draws."""
        if len(self._nets.batches) == 1:
            return torch.arange(self._count)
        return torch.randperm(
            self._count, generator=torch.Generator().manual_seed(self._nets.recipe.seed * 2**31 + epoch)
        )

    def _record(self) -> None:
        nets = self._nets
        train_loss, train_accuracy = nets.train.loss_and_accuracy()
        norms = nets.gradient_norms()
        test_loss, test_accuracy = nets.test.loss_and_accuracy()
        self._lost = ~torch.isfinite(train_loss)
        curves = [train_loss, test_loss, train_accuracy, test_accuracy, self._rates]
        self._recorder.add(self._done, nets.shape.by_net(nets.parameters), curves, norms, self._lost)
