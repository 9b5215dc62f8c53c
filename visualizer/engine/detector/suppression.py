"""Boxes that a scan gives: how far two overlap, and non-maximum suppression."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def overlaps(boxes: Tensor, others: Tensor) -> Tensor:
    """Intersection over union of each box with each of the others, from 0 (apart) to 1 (the same).

    Shapes: boxes (m, 4), others (n, 4), each top, left, height, width in pixels; result (m, n), float64.
    """
    first, second = boxes.double()[:, None], others.double()[None]
    starts = torch.maximum(first[..., :2], second[..., :2])
    ends = torch.minimum(first[..., :2] + first[..., 2:], second[..., :2] + second[..., 2:])
    shared = (ends - starts).clamp(min=0).prod(dim=-1)
    union = first[..., 2:].prod(dim=-1) + second[..., 2:].prod(dim=-1) - shared
    return torch.where(union > 0, shared / union.clamp(min=1e-300), 0.0)


def suppress(boxes: Tensor, scores: Tensor, most_overlap: float) -> Tensor:
    """Greedy non-maximum suppression: which boxes stay, the best first.

    The best box stays, every other one that overlaps it by more than `most_overlap` goes, and so on with what is left.
    Of equal scores the first in the list comes first. A box can only be suppressed by one with a better score, so
    suppression and a threshold on the score may come in either order.

    Shapes: boxes (n, 4) top, left, height, width; scores (n,); result (kept,), int64.
    Raises: ValueError for an overlap that is no share, or unequal counts.
    Source: Rosenfeld & Thurston 1971 (as thinning of edges); for boxes Dalal & Triggs 2005, Felzenszwalb et al. 2010.
    """
    if not 0 <= most_overlap <= 1:
        raise ValueError(f"most_overlap must be from 0 to 1, got {most_overlap}")
    if len(boxes) != len(scores):
        raise ValueError(f"scores must be as many as boxes, {len(boxes)}, got {len(scores)}")
    order = torch.argsort(scores, descending=True, stable=True)
    # NumPy: a step is a few operations on short rows, and those begin sooner there.
    starts, sides = (boxes.double()[order][:, part].T.numpy() for part in (slice(0, 2), slice(2, 4)))
    ends, areas = starts + sides, sides.prod(axis=0)
    left, kept = np.arange(len(order)), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(int(best))
        low, high = np.maximum(starts[:, best, None], starts[:, left]), np.minimum(ends[:, best, None], ends[:, left])
        shared = np.maximum(high - low, 0.0).prod(axis=0)
        left = left[shared <= most_overlap * (areas[best] + areas[left] - shared)]
    return order[kept]
