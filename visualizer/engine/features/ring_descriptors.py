"""Descriptors over rings around a point: spin image, RIFT and GLOH."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from visualizer.engine.features.patches import circular_votes, disc, gradients, to_length_one

RADII = (6 / 15, 11 / 15, 1.0)
"""The rings' outer radii as shares of the region's: 6, 11 and 15 in the paper."""
SECTORS, DIRECTIONS = 8, 16
PLACES = 1 + 2 * SECTORS


def gloh_places(side: int) -> Tensor:
    """The place of the log-polar grid that each pixel belongs to, (side, side): 0 the middle; −1 beyond the disc."""
    distance, angle = disc(side)
    sector = ((angle / (2 * math.pi) * SECTORS + 0.5) % SECTORS).long()
    place = torch.where(distance <= RADII[0], 0, torch.where(distance <= RADII[1], 1, 1 + SECTORS) + sector)
    return torch.where(distance <= 1, place, -1)


def gloh(patches: Tensor) -> Tensor:
    """Gradient histograms of length 1: (n, 17 places, 16 directions).

    Shapes: patches (n, S, S), already turned to their dominant direction. The middle is one place; two rings around it
    have 8 sectors each.

    Source: Mikolajczyk & Schmid 2005. They bring the 272 numbers down to 128 by a PCA learned from 47,000 patches,
    which is left out here: it would need those patches.
    """
    right, down = gradients(patches)
    place = gloh_places(patches.shape[-1]).expand(patches.shape)
    length = torch.hypot(right, down) * (place >= 0)
    return to_length_one(circular_votes(torch.atan2(down, right), length, place.clamp(min=0), PLACES, DIRECTIONS))


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


RINGS, RELATIVE_DIRECTIONS = 4, 8


def outward_angle(patches: Tensor) -> tuple[Tensor, Tensor]:
    """Of every pixel: the angle from the way outwards to its gradient, and the gradient's length. (n, S, S)."""
    right, down = gradients(patches)
    _, outwards = disc(patches.shape[-1])
    return torch.atan2(down, right) - outwards, torch.hypot(right, down)


def rift(patches: Tensor, rings: int = RINGS, directions: int = RELATIVE_DIRECTIONS) -> Tensor:
    """Rotation-invariant descriptors of length 1: (n, rings, directions), the inmost ring first.

    Shapes: patches (n, S, S), of which the inscribed disc counts, in rings of equal width. A gradient votes with its
    length for the two directions nearest to it. When the region turns, the way outwards turns with it.

    Source: Lazebnik, Schmid & Ponce 2004, 2005: 4 rings, 8 directions.
    """
    distance, _ = disc(patches.shape[-1])
    angle, length = outward_angle(patches)
    inside = (distance <= 1 + 1e-9) & (distance > 1e-9)
    ring = (distance * rings - 1e-9).clamp(0, rings - 1).long().expand(patches.shape)
    return to_length_one(circular_votes(angle, length * inside, ring, rings, directions))
