"""How often the nearest images show the same: precision at k."""

from __future__ import annotations

import torch
from torch import Tensor


def precision_at_k(distances: Tensor, labels: Tensor, most: int) -> Tensor:
    """The share of the k nearest that have the query's label, for k from 1 to `most`, averaged over all queries.

    Every image is a query once, and never among its own neighbours. Of equal distances the first place comes first.

    Shapes: distances (n, n); labels (n,); result (most,) float64, from 0 to 1.
    Raises: ValueError where `most` is not from 1 to n − 1, or the shapes do not fit.
    """
    count = len(labels)
    if distances.shape != (count, count):
        raise ValueError(f"distances: must be ({count}, {count}), as there are {count} labels")
    if not 1 <= most <= count - 1:
        raise ValueError(f"most: must be from 1 to {count - 1}, got {most}")
    others = distances.double().clone().fill_diagonal_(torch.inf)
    order = others.argsort(dim=1, stable=True)[:, :most]
    right = (labels[order] == labels[:, None]).double()
    return (right.cumsum(1) / torch.arange(1, most + 1)).mean(0)


def chance(labels: Tensor) -> float:
    """The precision of a ranking that is chance: how likely another image has the query's label."""
    counts = torch.bincount(labels).double()
    return float((counts * (counts - 1)).sum() / (len(labels) * (len(labels) - 1)))


def most_possible(labels: Tensor, k: int) -> float:
    """The precision at k of a perfect ranking: below 1 where there are fewer than k others with the same label."""
    others = torch.bincount(labels)[labels] - 1
    return float(others.clamp(max=k).double().mean() / k)
