"""What keeps weights small: L2 and L1. On weights only, never on biases, and each net with its own strength."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor

from visualizer.engine.training.update.operation import Operation


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
