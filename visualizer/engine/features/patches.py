"""Patches cut out of an image around points, turned and scaled, and the gradients in them.

Angles are in radians, counted from the right downwards, as rows are. Points are (row, column) in pixels.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional


def cut_patches(
    image: Tensor, points: Tensor, radius: float | Tensor, *, side: int = 41, angle: float | Tensor = 0.0
) -> Tensor:
    """Square patches around points, by bilinear interpolation; beyond the image its border goes on.

    Shapes: image (H, W); points (n, 2); radius, in pixels of the image, and angle, which is turned to the right, are
    numbers or (n,). Returns (n, side, side); with side 2 · radius + 1 and angle 0 they are the pixels themselves.
    """
    steps = torch.linspace(-1, 1, side, dtype=torch.float64)
    down, right = torch.meshgrid(steps, steps, indexing="ij")
    numbers = (torch.as_tensor(each, dtype=torch.float64) for each in (radius, angle))
    size, turn = (each.expand(len(points))[:, None, None] for each in numbers)
    rows = points[:, 0].double()[:, None, None] + size * (turn.cos() * down + turn.sin() * right)
    columns = points[:, 1].double()[:, None, None] + size * (turn.cos() * right - turn.sin() * down)
    return sampled(image, rows, columns)


def sampled(image: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """An image's brightness (H, W) at places between pixels, bilinear; beyond the image its border goes on."""
    height, width = image.shape
    grid = torch.stack([2 * columns / max(1, width - 1) - 1, 2 * rows / max(1, height - 1) - 1], dim=-1)
    found = functional.grid_sample(
        image.double()[None, None], grid.reshape(1, 1, -1, 2), padding_mode="border", align_corners=True
    )
    return found.reshape(rows.shape)


def gradients(patches: Tensor) -> tuple[Tensor, Tensor]:
    """Differences of brightness (..., H, W) to the right and down, half of those between both neighbours."""
    down, right = torch.gradient(patches.double(), dim=(-2, -1))
    return right, down


def disc(side: int) -> tuple[Tensor, Tensor]:
    """Of a patch's pixels: distance from the middle as a share of the radius, and the angle from there outwards."""
    steps = torch.linspace(-1, 1, side, dtype=torch.float64)
    down, right = torch.meshgrid(steps, steps, indexing="ij")
    return torch.hypot(right, down), torch.atan2(down, right)


def dominant_angle(patches: Tensor) -> Tensor:
    """The direction in which most of a patch's brightness grows, (n,): the peak of a histogram, by a parabola.

    Source: Lowe 2004, section 5.
    """
    votes = _directions(patches)
    return _peak(votes, votes.argmax(dim=1))


def dominant_angles(patch: Tensor) -> Tensor:
    """All directions of a patch (S, S): the highest peak of the histogram first, and those of at least 80% of it.

    Source: Lowe 2004, section 5.
    """
    votes = _directions(patch[None])
    row = votes[0]
    peaks = (row >= row.roll(1)) & (row > row.roll(-1)) & (row >= 0.8 * row.max())
    bins = peaks.nonzero()[:, 0]
    if not len(bins):
        return torch.zeros(1, dtype=torch.float64)
    order = bins[row[bins].argsort(descending=True)]
    return _peak(votes.expand(len(order), -1), order)


_BINS = 36


def _directions(patches: Tensor) -> Tensor:
    """Smoothed histograms of gradient directions, (n, 36), pixels near the middle counting more."""
    right, down = gradients(patches)
    distance, _ = disc(patches.shape[-1])
    weight = torch.hypot(right, down) * torch.exp(-2 * distance**2) * (distance <= 1)
    votes = circular_votes(torch.atan2(down, right), weight, torch.zeros_like(patches).long(), 1, _BINS)[:, 0]
    for _ in range(2):
        votes = (votes.roll(1, 1) + votes + votes.roll(-1, 1)) / 3
    return votes


def _peak(votes: Tensor, bins: Tensor) -> Tensor:
    """The angle of a peak (n,), from its bin and the two beside it."""
    before, most, after = (votes.gather(1, ((bins + shift) % _BINS)[:, None])[:, 0] for shift in (-1, 0, 1))
    bend = before - 2 * most + after
    offset = torch.where(bend < 0, 0.5 * (before - after) / bend.clamp(max=-1e-12), 0.0)
    return (bins + offset) * 2 * math.pi / _BINS


def circular_votes(angle: Tensor, weight: Tensor, place: Tensor, places: int, bins: int) -> Tensor:
    """Histograms of angles: each is shared between its two nearest bins, whose centres lie at multiples of 360°/bins.

    Shapes: angle, weight, place (n, H, W), place counting the histograms from 0; returns (n, places, bins).
    """
    at = (angle / (2 * math.pi) * bins) % bins
    low = at.floor()
    share = at - low
    votes = torch.zeros(len(angle), places * bins, dtype=torch.float64)
    for shift, part in ((0, 1 - share), (1, share)):
        index = place * bins + (low.long() + shift) % bins
        votes.scatter_add_(1, index.flatten(1), (weight * part).flatten(1))
    return votes.reshape(len(angle), places, bins)


def to_length_one(histograms: Tensor) -> Tensor:
    """Each of (n, …) divided by its length; zeros where there is nothing."""
    length = histograms.flatten(1).norm(dim=1).reshape(-1, *[1] * (histograms.dim() - 1))
    return histograms / torch.where(length > 1e-12, length, torch.inf)
