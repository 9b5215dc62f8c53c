"""Dropout on the hidden layers of many nets at once."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor

from visualizer.engine.training.update.operation import Operation


class Dropout:
    """Masks that are 0 with a net's probability, and else 1 / (1 − probability), so that sums stay the same on average.

    All nets share the draws: a unit that is off at some probability is off at any higher one, and a net is trained the
    same alone or beside others.

    Shapes: probabilities (N,), each from 0 and below 1.
    Source: Srivastava et al. 2014, in its inverted form: scaled at training, so that a test needs no change.
    """

    def __init__(self, probabilities: Tensor, generator: torch.Generator) -> None:
        self._threshold = probabilities.view(-1, 1, 1)
        self._scale = 1 / (1 - self._threshold)
        self._generator = generator

    def draw(self, mask: Tensor) -> list[Operation]:
        """Fills mask (N, units, examples)."""
        noise = mask.new_empty(mask.shape[1:])
        return [
            partial(noise.uniform_, generator=self._generator),
            partial(torch.ge, noise, self._threshold, out=mask),
            partial(mask.mul_, self._scale),
        ]
