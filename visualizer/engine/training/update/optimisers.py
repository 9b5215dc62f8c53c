"""Ways to update parameters by their gradients, in place, on one long row of the parameters of all nets.

The formulas and the numbers are torch.optim's defaults, so that a run here is a run there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial

import torch
from torch import Tensor

from visualizer.engine.training.update.operation import Operation

MOMENTUM = 0.9
RMSPROP_DECAY = 0.99
BETAS = (0.9, 0.999)
EPSILON = 1e-8


class Optimiser:
    """Plain gradient descent, w ← w − η g, and what all others share. An update may spoil the gradient.

    Shapes: parameters, gradient, rates and each memory (N · P,); a rate of 0 leaves a parameter as it is.
    """

    memories = 0
    """How many numbers it keeps beside each parameter."""

    def __init__(self, parameters: Tensor, gradient: Tensor) -> None:
        self.parameters, self.gradient = parameters, gradient
        self.minus_rates = torch.zeros_like(parameters)
        self.memory = [torch.zeros_like(parameters) for _ in range(self.memories)]
        self.updates = 0

    def set_rates(self, rates: Tensor) -> None:
        torch.neg(rates, out=self.minus_rates)

    def update(self) -> list[Operation]:
        return [partial(self.parameters.addcmul_, self.gradient, self.minus_rates)]


class Momentum(Optimiser):
    """v ← 0.9 v + g; w ← w − η v. Source: Polyak 1964, in torch's form (the rate outside the sum)."""

    memories = 1

    def update(self) -> list[Operation]:
        (velocity,) = self.memory
        return [
            partial(torch.add, self.gradient, velocity, alpha=MOMENTUM, out=velocity),
            partial(self.parameters.addcmul_, velocity, self.minus_rates),
        ]


class Nesterov(Momentum):
    """v ← 0.9 v + g; w ← w − η (g + 0.9 v). Source: Sutskever et al. 2013, in torch's form."""

    def update(self) -> list[Operation]:
        (velocity,) = self.memory
        return [
            partial(torch.add, self.gradient, velocity, alpha=MOMENTUM, out=velocity),
            partial(self.gradient.add_, velocity, alpha=MOMENTUM),
            partial(self.parameters.addcmul_, self.gradient, self.minus_rates),
        ]


class RMSProp(Optimiser):
    """s ← 0.99 s + 0.01 g²; w ← w − η g / (√s + 1e-8). Source: Tieleman & Hinton 2012, in torch's form."""

    memories = 1

    def update(self) -> list[Operation]:
        (square,) = self.memory
        number, root = square.new_tensor, torch.empty_like(square)
        return [
            partial(torch.mul, square, number(RMSPROP_DECAY), out=square),
            partial(square.addcmul_, self.gradient, self.gradient, value=1 - RMSPROP_DECAY),
            partial(torch.sqrt, square, out=root),
            partial(torch.add, root, number(EPSILON), out=root),
            partial(self.gradient.mul_, self.minus_rates),
            partial(self.parameters.addcdiv_, self.gradient, root),
        ]


class Adam(Optimiser):
    """m ← 0.9 m + 0.1 g; s ← 0.999 s + 0.001 g²; w ← w − η m̂ / (√ŝ + 1e-8), where m̂ and ŝ are m and s without their
    bias towards the 0 that they start from. Source: Kingma & Ba 2015, algorithm 1, in torch's form."""

    memories = 2

    def update(self) -> list[Operation]:
        mean, square = self.memory
        number, root = square.new_tensor, torch.empty_like(square)

        def count_and_correct() -> None:
            self.updates += 1
            root.mul_(1 / math.sqrt(1 - BETAS[1] ** self.updates))

        def move() -> None:
            self.parameters.addcdiv_(self.gradient, root, value=1 / (1 - BETAS[0] ** self.updates))

        return [
            partial(mean.lerp_, self.gradient, 1 - BETAS[0]),
            partial(torch.mul, square, number(BETAS[1]), out=square),
            partial(square.addcmul_, self.gradient, self.gradient, value=1 - BETAS[1]),
            partial(torch.sqrt, square, out=root),
            count_and_correct,
            partial(torch.add, root, number(EPSILON), out=root),
            partial(torch.mul, mean, self.minus_rates, out=self.gradient),
            move,
        ]


OPTIMISERS: Mapping[str, Callable[[Tensor, Tensor], Optimiser]] = {
    "sgd": Optimiser,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "rmsprop": RMSProp,
    "adam": Adam,
    "adamw": Adam,
}
"""AdamW is Adam with another way to let weights decay: see `penalties.Decay`."""
