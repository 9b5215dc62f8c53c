"""Whether the best of what was tried lies at the edge of it: what was not tried may then be better still."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor

Edge = Literal["first", "last", "only"]
FIRST: Edge = "first"
LAST: Edge = "last"
ONLY: Edge = "only"


def edge_of(place: int, count: int) -> Edge | None:
    """At which edge of a row of `count` a place lies; None inside, "only" where there is but one.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if not 0 <= place < count:
        raise ValueError(f"place must be from 0 to {count - 1}, got {place}")
    if count == 1:
        return ONLY
    return FIRST if place == 0 else LAST if place == count - 1 else None


@torch.no_grad()
def places_at(levels: Tensor, curve: Tensor) -> Tensor:
    """The places, as numbers between 0 and points − 1, at which a rising curve reaches levels, by straight lines.

    Where the curve falls it counts as level until it is higher again. NaN for levels beyond its ends.

    Shapes: levels (repeats, levels), curve (repeats, points), to (repeats, levels).
    """
    rising = curve.cummax(dim=1).values.contiguous()
    above = torch.searchsorted(rising, levels.contiguous()).clamp(1, curve.shape[1] - 1)
    low, high = rising.gather(1, above - 1), rising.gather(1, above)
    share = torch.where(high > low, (levels - low) / (high - low), 0.0)
    within = (levels >= rising[:, :1]) & (levels <= high)
    return (above - 1 + share).masked_fill(~within, torch.nan)


@torch.no_grad()
def values_at(places: Tensor, curve: Tensor) -> Tensor:
    """The values of a curve at places between its points, by straight lines; NaN at places that are NaN.

    Shapes: places (repeats, places), curve (repeats, points), to (repeats, places).
    """
    below = places.nan_to_num(0).floor().long().clamp(0, curve.shape[1] - 2)
    low, high = curve.gather(1, below), curve.gather(1, below + 1)
    return low + (places - below) * (high - low)
