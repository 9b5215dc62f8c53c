"""Which learning rates are too small, good and too large, by what training with each of them came to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from visualizer.engine.statistics.comparisons import paired_difference
from visualizer.engine.statistics.range_edge import Edge, edge_of

Zone = Literal["too small", "good", "best tried", "too large"]
TOO_SMALL: Zone = "too small"
GOOD: Zone = "good"
BEST_TRIED: Zone = "best tried"
"""As good as the best, which is the lowest or the highest tried: what lies beyond may be better, so none is known to be
good."""
TOO_LARGE: Zone = "too large"

TOLERANCE = 0.1
"""How much of the fall of the best rate's loss a rate may miss and still be good."""


@dataclass(frozen=True, eq=False)
class Zones:
    """Rates sorted into zones, by their places in a rising row.

    `losses` (rates,) is what each comes to, as `median_losses` gives it; up to `limit` one is good.
    `best` is the place of the lowest; the good ones are `low` to `high`, both included. `diverging` is the first place
    from which on every rate diverges, or None. `best` is None where no rate brought the loss down; all before
    `diverging` are then too small, and none is good.
    """

    losses: Tensor
    best: int | None
    low: int
    high: int
    diverging: int | None
    limit: float = -math.inf

    @property
    def edge(self) -> Edge | None:
        """At which edge of the rates the best one lies; None inside, and where none is best."""
        return None if self.best is None else edge_of(self.best, len(self.losses))

    def zone(self, place: int) -> Zone:
        """The zone of the rate at this place."""
        if place < self.low:
            return TOO_SMALL
        if place > self.high:
            return TOO_LARGE
        return GOOD if self.edge is None else BEST_TRIED


def find_zones(start: Tensor, final: Tensor) -> Zones:
    """Zones of learning rates in rising order.

    A run diverges if its loss is no longer finite or ends above where it began. Right is a rate whose loss has covered
    at least 90% of the way that the best rate's did; so is, as chance has its part in it, every rate between two such.

    Shapes: start (seeds,), the loss before training; final (rates, seeds), the loss after it.
    """
    losses = median_losses(start, final)
    before = median(start)
    return _around_the_best(losses, float(before)) if bool((losses < before).any()) else _none(losses)


def median_losses(start: Tensor, final: Tensor) -> Tensor:
    """What each rate comes to (rates,): the median of its last losses, infinite where at least half diverged.

    Shapes: start (seeds,), final (rates, seeds).
    Raises: ValueError naming the argument, its value and the limit.
    """
    if final.dim() != 2 or start.shape != final.shape[1:] or not len(final):
        raise ValueError(f"final must be (rates, {len(start)}), got shape {tuple(final.shape)}")
    lost = ~torch.isfinite(final) | (final > start)
    return median(torch.where(lost, torch.inf, final))


def median(losses: Tensor) -> Tensor:
    """The median over the last axis, of an even number the larger one of the two in the middle: what is infinite for at
    least half is infinite. What is not finite counts as infinite."""
    return losses.nan_to_num(torch.inf, torch.inf).quantile(0.5, dim=-1, interpolation="higher")


def _around_the_best(losses: Tensor, start: float) -> Zones:
    best = int(losses.argmin())
    limit = losses[best] + TOLERANCE * (start - losses[best])
    good = losses <= limit
    places = good.nonzero()
    return Zones(losses, best, int(places[0]), int(places[-1]), _diverging(losses), float(limit))


def _none(losses: Tensor) -> Zones:
    place = _diverging(losses)
    first = len(losses) if place is None else place
    return Zones(losses, None, first, first - 1, place)


def _diverging(losses: Tensor) -> int | None:
    """The first place from which on all losses are infinite."""
    finite = torch.isfinite(losses).nonzero()
    first = int(finite[-1]) + 1 if len(finite) else 0
    return first if first < len(losses) else None


@dataclass(frozen=True)
class StrengthZones:
    """Places in a rising row of strengths. `best` is the one that validation chooses; up to `overfits` the test loss is
    higher than there because the regularisation is too weak, from `underfits` on because it is too strong; None where
    no strength is so. `best` is None where no strength's loss is known in every repeat."""

    best: int | None
    overfits: int | None = None
    underfits: int | None = None


def find_strength_zones(validation: Tensor, test: Tensor) -> StrengthZones:
    """Validation and test losses (repeats, strengths), strengths rising.

    Higher means: on average over the repeats, and beyond their spread. Strengths with a repeat that has no loss are
    left out.
    """
    mean = validation.mean(dim=0).nan_to_num(torch.inf, torch.inf)
    best = int(mean.argmin())
    if bool(mean[best].isinf()):
        return StrengthZones(None)
    higher = [place for place in range(len(mean)) if _higher(test[:, best], test[:, place])]
    return StrengthZones(
        best,
        max((place for place in higher if place < best), default=None),
        min((place for place in higher if place > best), default=None),
    )


def _higher(best: Tensor, other: Tensor) -> bool:
    difference = paired_difference(best, other)
    return difference.clear and difference.mean > 0
