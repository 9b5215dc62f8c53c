"""GLOH: SIFT's histograms on a log-polar grid."""

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
