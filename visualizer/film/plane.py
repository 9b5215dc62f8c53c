"""Where a film's units are evaluated, on a plane of two inputs or a line of one, and their values as whole numbers on
a fixed range, so that a film is small."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

SMALL, LARGE = 30, 60
"""Points along each side of a hidden unit's map, and of an output's."""
SMALL_LINE, LARGE_LINE = 121, 241
_MARGIN = 0.1


@dataclass(frozen=True)
class Plane:
    """The range of each input that is drawn: from `low` to `high`, a number for each of one or two inputs."""

    low: tuple[float, ...]
    high: tuple[float, ...]

    def points(self, *, large: bool) -> Tensor:
        """The points that a map is made of: (points, inputs), float64.

        On a plane row by row from the top, each the middle of its cell; along a line both ends are among them.
        """
        if len(self.low) == 1:
            return torch.linspace(self.low[0], self.high[0], self.sides(large)[0], dtype=torch.float64)[:, None]
        side = self.sides(large)[0]
        shares = (torch.arange(side, dtype=torch.float64) + 0.5) / side
        across, up = (low + shares * (high - low) for low, high in zip(self.low, self.high, strict=True))
        grid = torch.meshgrid(up.flip(0), across, indexing="ij")
        return torch.stack((grid[1], grid[0]), dim=-1).reshape(-1, 2)

    def sides(self, large: bool) -> tuple[int, ...]:
        """How a map's points lie: (rows, columns) or (points,)."""
        if len(self.low) == 1:
            return (LARGE_LINE if large else SMALL_LINE,)
        return (LARGE, LARGE) if large else (SMALL, SMALL)


def plane_of(x: Tensor) -> Plane | None:
    """The plane or line around examples x (m, inputs), with a margin of a tenth; None for more than two inputs."""
    if x.shape[1] > 2:
        return None
    low, high = x.double().amin(dim=0), x.double().amax(dim=0)
    margin = torch.where(high > low, _MARGIN * (high - low), torch.ones_like(low))
    return Plane(tuple((low - margin).tolist()), tuple((high + margin).tolist()))


_KNOWN = {"tanh": (-1.0, 1.0, 0.0), "sigmoid": (0.0, 1.0, 0.5)}
_GROWTH = 4.0
"""A frame is clipped where its largest activation is more than this many times the median frame's."""


@dataclass(frozen=True)
class Range:
    """The range that is shown, and the value that is drawn in the colour of the ground.

    Levels are finest at the centre, where a boundary is to be found: they go with the square root of the distance.
    """

    low: float
    high: float
    centre: float

    def levels(self, values: Tensor, dtype: torch.dtype) -> Tensor:
        """The nearest of the levels that the whole-number type has; NaN is drawn as the centre."""
        most = torch.iinfo(dtype).max
        low, high = self.roots
        inside = values.nan_to_num(self.centre, posinf=self.high, neginf=self.low).clamp(self.low, self.high)
        away = (inside - self.centre) / self._reach
        shares = (away.abs().sqrt_().copysign_(away) - low) / (high - low)
        return (shares * most).round_().to(dtype)

    @property
    def roots(self) -> tuple[float, float]:
        """The ends of the range as roots of their distance from the centre, in units of the largest."""
        return -math.sqrt((self.centre - self.low) / self._reach), math.sqrt((self.high - self.centre) / self._reach)

    @property
    def _reach(self) -> float:
        return max(self.high - self.centre, self.centre - self.low)


def range_of_activation(activation: str, maps: Tensor) -> Range:
    """The activation's own range, or for one without bounds that of a unit's values, maps (frames, points)."""
    if activation in _KNOWN:
        return Range(*_KNOWN[activation])
    finite = maps.nan_to_num(0.0, posinf=0.0, neginf=0.0)
    reach = finite.abs().amax(dim=1)
    largest = min(float(reach.max()), _GROWTH * float(reach.median())) or 1.0
    low, high = max(min(float(finite.min()), 0.0), -largest), min(max(float(finite.max()), 0.0), largest)
    return Range(low, high if high > low else low + largest, 0.0)


def range_of_numbers(answers: Tensor) -> Range:
    """Around 0, as far as the answers (m, outputs) reach and a quarter more."""
    reach = 1.25 * float(answers.abs().max()) or 1.0
    return Range(-reach, reach, 0.0)
