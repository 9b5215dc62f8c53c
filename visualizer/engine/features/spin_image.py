"""The spin image of a region: how brightness is spread at each distance from the middle."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.features.patches import disc

DISTANCES, BRIGHTNESSES = 10, 10
REACH = 2.0
"""Brightness from this many standard deviations below the region's mean to as many above."""


def normalised_brightness(patches: Tensor) -> Tensor:
    """Brightness with mean 0 and standard deviation 1 within the disc; 0 where all of it is equal. (n, S, S)."""
    inside = disc(patches.shape[-1])[0] <= 1
    values = patches[:, inside]
    spread = values.std(dim=1, unbiased=False)
    spread = torch.where(spread > 1e-6, spread, torch.inf)
    return (patches - values.mean(dim=1)[:, None, None]) / spread[:, None, None]


def spin_image(patches: Tensor, distances: int = DISTANCES, brightnesses: int = BRIGHTNESSES) -> Tensor:
    """Soft histograms of distance and brightness: (n, distances, brightnesses), each distance with the sum 1.

    Shapes: patches (n, S, S), of which the inscribed disc counts. A pixel's share falls off as a Gaussian of its
    distance from a bin's centre, half a bin wide, in both directions. Turning the region changes nothing, nor do more
    light and more contrast.

    Source: Lazebnik, Schmid & Ponce 2003, 2005 (after Johnson & Hebert 1999). The papers leave the widths open, and
    take regions that a detector has brought to one shape.
    """
    distance, _ = disc(patches.shape[-1])
    inside = distance <= 1
    rings = (torch.arange(distances, dtype=torch.float64) + 0.5) / distances
    levels = (torch.arange(brightnesses, dtype=torch.float64) + 0.5) / brightnesses * 2 * REACH - REACH
    near = torch.exp(-0.5 * ((distance[inside] - rings[:, None]) * 2 * distances) ** 2)
    values = normalised_brightness(patches)[:, inside].clamp(-REACH, REACH)
    like = torch.exp(-0.5 * ((values[:, None] - levels[:, None]) * brightnesses / REACH) ** 2)
    votes = torch.einsum("dp,nbp->ndb", near, like)
    return votes / votes.sum(dim=2, keepdim=True)
