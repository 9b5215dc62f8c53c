"""The losses that nets are trained with, on many nets at once: value, what the gradient needs, accuracy; and
penalties."""

from __future__ import annotations

import math
from functools import partial
from typing import Literal, TypeAlias

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.training.update.operation import Operation

LossName: TypeAlias = Literal["squared", "logistic", "softmax"]
LOSS_NAMES: tuple[LossName, ...] = ("squared", "logistic", "softmax")


def targets(loss: LossName, y: Tensor) -> Tensor:
    """What a prediction is held against: the answers, and for logistic, whose answers are ±1, 0 or 1."""
    return (y + 1) / 2 if loss == "logistic" else y


def predict(loss: LossName, z: Tensor, out: Tensor) -> tuple[Tensor, list[Operation]]:
    """Predictions from outputs (N, outputs, examples): the outputs, their sigmoid or softmax; where, and how to get it.

    For all three losses, an example's gradient with respect to the outputs is prediction − target.
    """
    if loss == "logistic":
        return out, [partial(torch.sigmoid, z, out=out)]
    if loss == "softmax":
        return out, [partial(torch.softmax, z, dim=1, out=out)]
    return z, []


class Measure:
    """The mean loss and the accuracy on a set of examples, which may be empty. Shapes: y (examples, outputs)."""

    def __init__(self, loss: LossName, y: Tensor) -> None:
        self._loss = loss
        self._y = y.t().contiguous()
        self._minus_y = -self._y
        self._right = self._y > 0 if loss == "logistic" else self._y.argmax(dim=0)
        self._zero = y.new_zeros(())
        # Of no examples: infinite, and 0 · ∞ is NaN.
        self._share, self._right_share = (
            1 / torch.tensor(count, dtype=torch.float64) for count in (len(y), self._right.numel())
        )

    def loss(self, z: Tensor) -> Tensor:
        """The mean per example (N,), float64; NaN without examples. Shapes: z (N, outputs, examples).

        squared: ½ Σ (y − z)². logistic: Σ ln(1 + e^(−y z)). softmax: cross-entropy in nats. Sums over outputs.
        """
        if self._loss == "squared":
            each = (z - self._y).square_().mul_(0.5)
        elif self._loss == "logistic":
            each = functional.softplus(z * self._minus_y, threshold=40.0)
        else:
            each = z.logsumexp(dim=1, keepdim=True) - (z * self._y).sum(dim=1, keepdim=True)
        return each.sum(dim=(1, 2), dtype=torch.float64).mul_(self._share)

    def accuracy(self, z: Tensor) -> Tensor:
        """The share of right answers (N,), float64: by the sign for logistic, by the largest for softmax; NaN for
        squared error and without examples."""
        if self._loss == "squared":
            return z.new_full((len(z),), math.nan, dtype=torch.float64)
        guess = z.gt(self._zero) if self._loss == "logistic" else z.argmax(dim=1, keepdim=True)
        return guess.eq(self._right).sum(dim=(1, 2), dtype=torch.float64).mul_(self._right_share)


def check_answers(loss: LossName, y: Tensor, name: str) -> None:
    """Raises: ValueError for answers that the loss can't be computed from."""
    if loss == "logistic" and not bool((y.abs() == 1).all()):
        raise ValueError(f"{name} must be 1 or −1 everywhere for the logistic loss")
    if loss == "softmax" and y.shape[1] < 2:
        raise ValueError(f"{name} must have at least 2 columns for softmax, got {y.shape[1]}")
    if loss == "softmax" and not bool(((y == 0) | (y == 1)).all() and (y.sum(dim=1) == 1).all()):
        raise ValueError(f"{name} must have one 1 a row, and 0 elsewhere, for softmax")


def add_l2(strength: Tensor, parameters: Tensor, gradient: Tensor) -> list[Operation]:
    """Adds the gradient of strength / 2 · Σ w², which is strength · w.

    Shapes: all (N · P,), strength with 0 for biases; the same in `add_l1`.
    """
    return [partial(gradient.addcmul_, parameters, strength)] if bool(strength.any()) else []


def add_l1(strength: Tensor, parameters: Tensor, gradient: Tensor) -> list[Operation]:
    """Adds the gradient of strength · Σ |w|, which is ± strength; at 0 it is taken as 0."""
    if not bool(strength.any()):
        return []
    signs = torch.empty_like(parameters)
    return [partial(torch.sign, parameters, out=signs), partial(gradient.addcmul_, signs, strength)]


class Decay:
    """AdamW's way with L2, which is no part of the loss there: before an update each weight loses the share rate ·
    strength, whatever its gradient.

    Source: Loshchilov & Hutter 2019, algorithm 2; as torch's AdamW has it, but for biases.
    """

    def __init__(self, strength: Tensor, parameters: Tensor) -> None:
        self._strength, self._parameters = strength, parameters
        self._kept = torch.ones_like(parameters)

    def set_rates(self, rates: Tensor) -> None:
        torch.mul(rates, self._strength, out=self._kept).neg_().add_(1)

    def update(self) -> list[Operation]:
        return [partial(self._parameters.mul_, self._kept)] if bool(self._strength.any()) else []
