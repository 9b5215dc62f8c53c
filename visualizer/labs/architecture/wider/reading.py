"""What a run over widths says: where more no longer helps, and how random features compare with learned ones."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor

from visualizer.engine.statistics.comparisons import RankSum, rank_sum
from visualizer.engine.statistics.zones import median
from visualizer.labs.architecture.wider.run import LEARNED, SOLVED, TRAINED, Widths

MATTERS = 0.1
"""A lower error matters from this share of the other one on."""
FEW = 4
"""With fewer nets than this nothing can be said of their spread: 1 time in 10 it is by chance that all of 3 nets are
lower than all of 3 others, or higher."""


@dataclass(frozen=True, eq=False)
class Reading:
    """Places are among the widths of the run.

    medians (ways, widths): over the nets. `better` (widths,): which of the two random ways has the lower median error
    there. `enough`: the place from which on no wider net with a trained hidden layer is better; at the last width it is
    not known whether that is enough. `wins` (widths,): random features against learned ones there. `match`: the first
    place at which random features, by their better way, have no more than its error, or at `enough` itself, where it
    may be chance that they have more; None where at none. `against`: at `enough`, random features against learned ones.
    """

    medians: Tensor
    better: Tensor
    enough: int
    match: int | None
    wins: tuple[RankSum, ...]
    harder: int | None

    @property
    def against(self) -> RankSum:
        """At `enough`, random features against learned ones."""
        return self.wins[self.enough]

    @property
    def edge(self) -> bool:
        """Whether wider nets helped all the way."""
        return self.enough + 1 == len(self.wins)

    @property
    def learned(self) -> Tensor:
        """The median errors (widths,) of learned features."""
        return self.medians[LEARNED]

    @property
    def random(self) -> Tensor:
        """The median errors (widths,) of random features, by their better way."""
        return self.medians[TRAINED:].min(dim=0).values


def read(found: Widths) -> Reading:
    """What the widths so far say."""
    medians = median(found.errors)
    better = TRAINED + medians[TRAINED:].argmin(dim=0)
    learned = found.errors[LEARNED]
    enough = enough_width(learned)
    wins = tuple(rank_sum(found.errors[int(way), at], learned[at]) for at, way in enumerate(better))
    matching = medians[TRAINED:].min(dim=0).values <= medians[LEARNED, enough]
    if len(learned[enough]) >= FEW and not wins[enough].lower:
        matching[enough] = True
    matches = matching.nonzero().flatten().tolist()
    return Reading(
        medians=medians,
        better=better,
        enough=enough,
        match=matches[0] if matches else None,
        wins=wins,
        harder=_harder(found.losses[LEARNED]),
    )


def enough_width(errors: Tensor) -> int:
    """The first place from which on no later one has a lower error, (widths, nets)."""
    count = len(errors)
    return next(place for place in range(count) if not any(is_better(later, errors[place]) for later in errors[place:]))


def is_better(errors: Tensor, than: Tensor) -> bool:
    """Whether nets (nets,) have a lower error than others: by a tenth in the median, and beyond their spread, where
    there are enough of them to have one. Where half of the others or more diverged, those that don't are better."""
    here, there = float(median(errors)), float(median(than))
    if not math.isfinite(there):
        return math.isfinite(here)
    matters = here < (1 - MATTERS) * there
    return matters and (len(errors) < FEW or rank_sum(than, errors).lower)


def overfits_from(found: Widths, reading: Reading) -> int | None:
    """The place of the width whose least-squares output layer does best, where the widest does worse than that."""
    errors = found.errors[SOLVED]
    best = int(reading.medians[SOLVED].argmin())
    return best if is_better(errors[best], errors[-1]) else None


def _harder(losses: Tensor) -> int | None:
    """Where nets (widths, nets) are fitted best, if the widest are fitted less well: by a tenth, in the median."""
    medians = median(losses)
    best = int(medians.argmin())
    return best if float(medians[best]) < (1 - MATTERS) * float(medians[-1]) else None
