"""Where a film's units are evaluated: on a plane of two inputs, or along a line of one."""

from __future__ import annotations

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
