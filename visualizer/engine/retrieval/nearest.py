"""Which images are the nearest, by the distance of what describes them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

COSINE, EUCLID = "cosine", "euclid"
MEASURES = (COSINE, EUCLID)
_TINY = 1e-300


@dataclass(frozen=True)
class Neighbour:
    """A place in the gallery and its distance from the query."""

    place: int
    distance: float


def distances(queries: Tensor, table: Tensor, measure: str) -> Tensor:
    """The distance of every query from every row of the table, float64.

    Cosine: 1 − cos of the angle, from 0 to 2; a vector of zeros has no angle, and is 1 from all others and 0 from
    another such. Euclid: the root of the sum of squared differences.

    Shapes: queries (m, d); table (n, d); result (m, n).
    Raises: ValueError for another measure or lengths that differ.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure: must be one of {', '.join(MEASURES)}, got {measure!r}")
    if queries.ndim != 2 or table.ndim != 2 or queries.shape[1] != table.shape[1]:
        raise ValueError(f"table: must have as many columns as queries, got {tuple(table.shape)}")
    a, b = queries.double(), table.double()
    if measure == EUCLID:
        # Not by a² + b² − 2ab, which loses the digits of small distances.
        return torch.as_tensor(torch.cdist(a, b, compute_mode="donot_use_mm_for_euclid_dist"))
    lengths = torch.linalg.vector_norm(a, dim=1)[:, None] * torch.linalg.vector_norm(b, dim=1)
    both_empty = (~a.any(1))[:, None] & ~b.any(1)
    apart: Tensor = 1 - a @ b.T / lengths.clamp_min(_TINY)
    return apart.clamp(0, 2).masked_fill(both_empty, 0.0)


def nearest(query: Tensor, table: Tensor, count: int, measure: str, *, without: int | None = None) -> list[Neighbour]:
    """The `count` nearest rows of the table, the nearest first; of equal ones the first in the table comes first.

    `without`: a place that is left out, the query's own. Shapes: query (d,); table (n, d).
    """
    found = distances(query[None], table, measure)[0]
    if without is not None:
        found[without] = torch.inf
    order = found.argsort(stable=True)[: min(count, len(table) - (without is not None))]
    return [Neighbour(place, float(found[place])) for place in order.tolist()]


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
