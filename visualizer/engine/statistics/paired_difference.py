"""Two ways compared on the same repeats: the difference, and whether it is more than their spread explains."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

CLEAR = 2.0
"""How many standard errors a difference has to be from 0."""


_ROUNDING = 1e-6


@dataclass(frozen=True)
class Difference:
    """The mean difference over repeats, its standard error, NaN for one repeat, and in how many of `count` repeats the
    difference was below 0. `scale` is the size of what was compared: differences of a millionth of it are rounding."""

    mean: float
    error: float
    lower: int
    count: int
    scale: float = 0.0

    @property
    def clear(self) -> bool:
        """Whether the difference is beyond the spread of the repeats; never for one repeat."""
        return math.isfinite(self.error) and abs(self.mean) > max(CLEAR * self.error, _ROUNDING * self.scale)


def paired_difference(first: Tensor, second: Tensor) -> Difference:
    """second − first, repeat by repeat, both (repeats,).

    Raises: ValueError naming the argument, its value and the limit.
    """
    if first.dim() != 1 or first.shape != second.shape or not len(first):
        raise ValueError(
            f"second must be as long as first, at least 1, got {tuple(second.shape)}, {tuple(first.shape)}"
        )
    differences = second.double() - first.double()
    count = len(differences)
    error = float(differences.std()) / math.sqrt(count) if count > 1 else math.nan
    scale = float(torch.stack([first, second]).abs().max())
    return Difference(float(differences.mean()), error, int((differences < 0).sum()), count, scale)
