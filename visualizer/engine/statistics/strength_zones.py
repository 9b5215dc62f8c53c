"""Over the strengths of a regularisation: where a net overfits, where it is best, where it underfits."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.statistics.paired_difference import paired_difference


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
