"""Two groups of numbers compared, on the same repeats or with nothing in common: is the difference more than chance?"""

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


CLEAR_RANKS = 1.96
"""How many standard deviations a rank sum has to be from what chance gives: 1 time in 20 it is by chance."""


@dataclass(frozen=True)
class RankSum:
    """Of all pairs of one number from each group, the `share` in which the second group's is lower, ties as half; and
    how many standard deviations that is above the half that chance gives, NaN where all numbers are the same."""

    share: float
    deviations: float

    @property
    def lower(self) -> bool:
        """Whether the second group is lower beyond what chance explains."""
        return self.deviations > CLEAR_RANKS

    @property
    def higher(self) -> bool:
        """Whether it is higher beyond that."""
        return self.deviations < -CLEAR_RANKS


def rank_sum(first: Tensor, second: Tensor) -> RankSum:
    """The groups (n,) and (k,) compared by ranks alone: one number that is far off counts no more than one that is just
    off, and infinity is a number like others. Between groups of one or two numbers nothing is ever clear.

    Raises: ValueError for a group that is empty or holds NaN.
    Source: Mann & Whitney 1947, with the normal approximation and its correction for ties.
    """
    for name, group in (("first", first), ("second", second)):
        if group.dim() != 1 or not len(group) or bool(group.isnan().any()):
            raise ValueError(f"{name} must be at least 1 number, none of them NaN, got {group.tolist()}")
    pairs = len(first) * len(second)
    lower = (second[:, None] < first).sum() + 0.5 * (second[:, None] == first).sum()
    total = len(first) + len(second)
    everything = torch.cat([first, second])
    alike = (everything[:, None] == everything).sum(dim=1).double()
    tied = float((alike**2 - 1).sum()) / (total * (total - 1))
    variance = pairs / 12 * (total + 1 - tied)
    above = float(lower) - pairs / 2
    return RankSum(float(lower) / pairs, above / math.sqrt(variance) if variance > 0 else math.nan)
