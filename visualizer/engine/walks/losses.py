"""Losses of a net or a convolution: their values, how their steps are written, and what the steps mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Expression,
    Mean,
    Product,
    Ref,
    Sum,
)

TITLE = "How wrong is the net, in one number?"
_GOAL = "Training tries to make this number small."
_SQUARED = "The squared error: never negative, and four times as large when the error doubles."
_HALF_SQUARED = "Half the squared error: never negative, and four times as large when the error doubles."
_SUM = "The contributions of all outputs, added up and not averaged."
_MEAN = "The contributions of all outputs, added up and divided by {count}: the mean over the {things}."
_GRAD_SOFTMAX = (
    "The derivatives of softmax and logarithm cancel: added up over the paths through all outputs, and because the "
    "targets add up to 1, only the cached output minus the target remains."
)
_GRAD_CROSS_ENTROPY = (
    "The chain rule starts here: the derivative of −y ln(out) is −y/out, from the cached output. It is 0 where the "
    "target is 0."
)
_GRAD_SQUARED = (
    "The chain rule starts here. The derivative of {square} with respect to e is {derivative}, and e = y − out falls "
    "as the output rises: so the first factor is −{derivative}, from the cached error."
)
_AVERAGED = "The loss is a mean, so it is also divided by {count}."


@dataclass(frozen=True)
class Loss:
    """A loss: the sum or the mean of what each output adds, ½e², e² (with the error e = y − out) or −y ln(out).

    `label` is for people. With `softmax` the outputs are a softmax's. `halved` is the slide's ½. `averaged` is torch's
    mean: over all numbers for the squared error, over the examples for cross-entropy.
    """

    name: str
    label: str
    softmax: bool = False
    halved: bool = False
    averaged: bool = False

    @property
    def least_outputs(self) -> int:
        return 2 if self.softmax else 1

    def count(self, y: Tensor) -> int:
        """How many the sum is divided by; 1 where it is not."""
        return (len(y) if self.softmax else y.numel()) if self.averaged else 1

    # ---- numbers --------------------------------------------------------------------------------------------------

    def shares(self, error: Tensor) -> Tensor:
        """What each output adds to the sum, from its error y − out."""
        return error.square() * (0.5 if self.halved else 1.0)

    def by_torch(self, out: Tensor, y: Tensor, reduction: str = "") -> Tensor:
        """The loss in torch's usual way, from the outputs, or from the scores of a softmax."""
        reduction = reduction or ("mean" if self.averaged else "sum")
        if self.softmax:
            return functional.cross_entropy(out, y, reduction=reduction)
        return functional.mse_loss(out, y, reduction=reduction) * (0.5 if self.halved else 1.0)

    def grad_out(self, y: Tensor, out: Tensor) -> Tensor:
        """How the loss changes with the outputs."""
        if self.softmax:
            return torch.where(y == 0, 0.0, -y / out) / self.count(y)
        return (out - y) * (1.0 if self.halved else 2.0) / self.count(y)

    # ---- steps ----------------------------------------------------------------------------------------------------

    def share_step(self, error: Ref) -> Expression:
        return Product((0.5, error, error)) if self.halved else Product((error, error))

    def total_step(self, losses: Ref, y: Tensor) -> Expression:
        return Mean(losses, self.count(y)) if self.count(y) > 1 else Sum((losses,))

    def grad_step(self, error: Ref, y: Tensor) -> Expression:
        """−e, or −2e, over the count."""
        return self._over_count(Apply("negative", (error,)) if self.halved else Product((-2.0, error)), y)

    def grad_cross_entropy_step(self, y_of_one: Ref, out_of_one: Ref, y: Tensor) -> Expression:
        """−y / out, over the count."""
        return self._over_count(Apply("cross_entropy'", (y_of_one, out_of_one)), y)

    def grad_softmax_step(self, out_of_one: Ref, y_of_one: Ref, y: Tensor) -> Expression:
        """out − y, over the count."""
        return self._over_count(Difference(out_of_one, y_of_one), y)

    def _over_count(self, expression: Expression, y: Tensor) -> Expression:
        return Mean(expression, self.count(y)) if self.count(y) > 1 else expression

    # ---- notes ----------------------------------------------------------------------------------------------------

    @property
    def note_of_share(self) -> str:
        return _HALF_SQUARED if self.halved else _SQUARED

    def note_of_total(self, y: Tensor) -> str:
        if y.numel() == 1:
            return f"{self.note_of_share} {_GOAL}"
        if not self.averaged:
            return f"{_SUM} {_GOAL}"
        mean = _MEAN.format(count=self.count(y), things="examples" if self.softmax else "errors")
        return f"{mean} {_GOAL}"

    def note_of_grad(self, y: Tensor) -> str:
        """On the gradient of an output."""
        if self.softmax:
            return self._averaging(_GRAD_CROSS_ENTROPY, y)
        square, derivative = ("½e²", "e") if self.halved else ("e²", "2e")
        return self._averaging(_GRAD_SQUARED.format(square=square, derivative=derivative), y)

    def note_of_softmax_grad(self, y: Tensor) -> str:
        return self._averaging(_GRAD_SOFTMAX, y)

    def _averaging(self, note: str, y: Tensor) -> str:
        return f"{note} {_AVERAGED.format(count=self.count(y))}" if self.count(y) > 1 else note


_LOSSES = (
    Loss("squared", "squared error, ½ Σ (y − out)²", halved=True),
    Loss("cross_entropy", "softmax and cross-entropy, −Σ y ln out", softmax=True),
    Loss("sum_squared", "squared error without ½, Σ (y − out)²"),
    Loss("mse", "mean squared error", averaged=True),
    Loss("mean_cross_entropy", "softmax and cross-entropy, mean over the examples", softmax=True, averaged=True),
)
LOSSES: Mapping[str, Loss] = {loss.name: loss for loss in _LOSSES}
SQUARED = tuple(loss.name for loss in _LOSSES if not loss.softmax)
"""The losses that need no softmax, by name."""
