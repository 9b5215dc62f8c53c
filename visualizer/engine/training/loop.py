"""Many nets of one shape trained at once, as batched products with hand-written gradients."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.training.divergence import Divergence
from visualizer.engine.training.early_stopping import EarlyStopping
from visualizer.engine.training.nets import Nets
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.run import Progress, Recorder, TrainingRun, moments
from visualizer.engine.training.schedules import Rates
from visualizer.engine.training.update.losses import check_answers
from visualizer.engine.training.update.parameters import Shape

__all__ = ["MAX_NUMBERS", "Progress", "Recipe", "TrainingRun", "train", "train_all"]

MAX_NUMBERS = 10**8
"""How many parameters a run may record, over all frames and nets: 400 MB in float32."""

PerNet = float | Tensor


def train(
    start: Tensor,
    shape: Shape,
    data: Data,
    recipe: Recipe,
    *,
    learning_rate: PerNet,
    l2: PerNet = 0.0,
    l1: PerNet = 0.0,
    dropout: PerNet = 0.0,
) -> Iterator[Progress]:
    """Trains N nets, and reports at every frame; nothing is computed between two reports that are not asked for.

    All nets see the same examples in the same order. Per net, each a number or (N,): the learning rate; l2, which adds
    l2 / 2 · Σ w² to the loss, and l1, which adds l1 · Σ |w|, both over weights only, not biases (with AdamW, l2 is no
    part of the loss: each update takes the share learning rate · l2 off each weight); and the share of hidden units
    that dropout turns off. A net that diverges is told of in the result, and the others go on. Once every net has
    stopped or diverged, the run ends, with a frame.

    Shapes: start (N, P), not changed.
    Raises: ValueError naming the argument, its value and the limit.
    """
    _check(start, shape, data, recipe)
    nets = len(start)
    rates = _per_net("learning_rate", learning_rate, nets)
    given = {"l2": l2, "l1": l1, "dropout": dropout}
    strengths = {name: _per_net(name, value, nets) for name, value in given.items()}
    if bool((strengths["dropout"] >= 1).any()):
        raise ValueError(f"dropout must be from 0 and below 1, got {float(strengths['dropout'].max())}")
    with _outside_of_grad():
        return _Run(Nets(start.detach(), shape, data, recipe, **strengths), rates).frames()


def train_all(
    start: Tensor,
    shape: Shape,
    data: Data,
    recipe: Recipe,
    *,
    learning_rate: PerNet,
    l2: PerNet = 0.0,
    l1: PerNet = 0.0,
    dropout: PerNet = 0.0,
) -> TrainingRun:
    """`train`, to its end."""
    for progress in train(start, shape, data, recipe, learning_rate=learning_rate, l2=l2, l1=l1, dropout=dropout):
        run = progress.run
    return run


class _Run:
    """A run as it goes on."""

    def __init__(self, nets: Nets, rates: Tensor) -> None:
        recipe, shape = nets.recipe, nets.shape
        self._nets, self._epochs = nets, recipe.epochs
        self._schedule = Rates(recipe.schedule, rates, recipe.epochs)
        self._scheduled = self._rates = torch.empty(0)
        self._divergence = Divergence(nets)
        self._stopping = None if recipe.patience is None else EarlyStopping(nets, recipe.patience)
        self._done = torch.zeros(nets.count, dtype=torch.bool)
        self._over = False
        self._moments = moments(recipe.epochs, recipe.frames)
        self._follow_schedule(0)
        self._recorder = Recorder(
            self._moments, nets.count, shape.count, shape.depth, recipe.precision, every_frame=recipe.record_parameters
        )

    def frames(self) -> Iterator[Progress]:
        """A report at each moment. Between two the caller's own grad mode holds."""
        epoch = 0
        for moment in self._moments:
            with _outside_of_grad():
                while epoch < moment and not self._over:
                    self._epoch(epoch)
                    epoch += 1
                report = self._frame(epoch)
            yield report
            if self._over:
                return

    def _epoch(self, epoch: int) -> None:
        self._follow_schedule(epoch)
        changed = self._divergence.epoch(epoch)
        if self._schedule.wants_losses:
            self._schedule.see(self._nets.train.loss_and_accuracy()[0])
        if self._stopping is not None:
            lost = self._divergence.lost
            changed |= self._stopping.see(epoch + 1, self._nets.test.loss_and_accuracy()[0], lost)
            if epoch + 1 == self._epochs:
                self._stopping.restore(~lost)
        if changed:
            self._set_aside()

    def _follow_schedule(self, epoch: int) -> None:
        scheduled = self._schedule.at(epoch)
        if scheduled is not self._scheduled:
            self._scheduled = scheduled
            self._hand_out()

    def _hand_out(self) -> None:
        self._rates = self._scheduled.masked_fill(self._done, 0)
        self._nets.set_rates(self._rates)

    def _set_aside(self) -> None:
        """The nets that have stopped or diverged learn no more."""
        self._done = (self._stopped >= 0) | self._divergence.lost
        self._over = bool(self._done.all())
        self._hand_out()

    @property
    def _stopped(self) -> Tensor:
        return torch.full_like(self._divergence.update, -1) if self._stopping is None else self._stopping.epoch

    def _frame(self, epoch: int) -> Progress:
        nets, divergence = self._nets, self._divergence
        train_loss, train_accuracy = nets.train.loss_and_accuracy()
        if divergence.see(train_loss, epoch * len(nets.batches)):
            self._set_aside()
        norms = nets.gradient_norms()
        test_loss, test_accuracy = nets.test.loss_and_accuracy()
        curves = [train_loss, test_loss, train_accuracy, test_accuracy, self._rates]
        self._recorder.add(epoch, nets.shape.by_net(nets.parameters), curves, norms, divergence.lost)
        run = self._recorder.run(divergence.update, divergence.cause, self._stopped)
        return Progress(epoch, self._epochs, run)


@contextmanager
def _outside_of_grad() -> Iterator[None]:
    """Whatever the caller's mode is: a run that begins in inference mode may go on outside of it."""
    with torch.inference_mode(False), torch.no_grad():
        yield


def _check(start: Tensor, shape: Shape, data: Data, recipe: Recipe) -> None:
    if start.dim() != 2 or start.shape[1] != shape.count or len(start) < 1:
        raise ValueError(f"start must be (nets, {shape.count}), got shape {tuple(start.shape)}")
    if not bool(torch.isfinite(start).all()):
        raise ValueError("start must be finite")
    if (data.inputs, data.outputs) != (shape.sizes[0], shape.sizes[-1]):
        raise ValueError(
            f"shape must have {data.inputs} inputs and {data.outputs} outputs, as the data, got {list(shape.sizes)}"
        )
    for name in ("train_y", "test_y"):
        check_answers(recipe.loss, getattr(data, name), name)
    if any(not 0 <= layer < shape.depth for layer in recipe.frozen_layers):
        raise ValueError(f"frozen_layers must be from 0 to {shape.depth - 1}, got {recipe.frozen_layers}")
    if recipe.patience is not None and not data.tested:
        raise ValueError(f"patience must be None without a test set, got {recipe.patience}")
    frames = min(recipe.frames, recipe.epochs + 1) if recipe.record_parameters else 1
    if frames * start.numel() > MAX_NUMBERS:
        raise ValueError(
            f"frames × nets × parameters must be at most {MAX_NUMBERS}, got {frames} × {len(start)} × {shape.count}"
        )


def _per_net(name: str, value: PerNet, nets: int) -> Tensor:
    """(N,), float64, a copy."""
    numbers = torch.as_tensor(value, dtype=torch.float64).detach().clone()
    if numbers.dim() == 0:
        numbers = numbers.expand(nets).clone()
    if numbers.shape != (nets,):
        raise ValueError(f"{name} must be a number or have shape ({nets},), got shape {tuple(numbers.shape)}")
    if not bool((torch.isfinite(numbers) & (numbers >= 0)).all()):
        wrong = next(number for number in numbers.tolist() if not (math.isfinite(number) and number >= 0))
        raise ValueError(f"{name} must be finite and at least 0, got {wrong}")
    return numbers
