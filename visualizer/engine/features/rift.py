"""RIFT: histograms of gradients in rings, each direction measured from the way outwards."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.features.patches import circular_votes, disc, gradients, to_length_one

RINGS, DIRECTIONS = 4, 8


def outward_angle(patches: Tensor) -> tuple[Tensor, Tensor]:
    """Of every pixel: the angle from the way outwards to its gradient, and the gradient's length. (n, S, S)."""
    right, down = gradients(patches)
    _, outwards = disc(patches.shape[-1])
    return torch.atan2(down, right) - outwards, torch.hypot(right, down)


def rift(patches: Tensor, rings: int = RINGS, directions: int = DIRECTIONS) -> Tensor:
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
