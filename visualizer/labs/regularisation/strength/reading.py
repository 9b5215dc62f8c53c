"""What the sweeps over strengths say: the best strength of each kind, what it is worth, and where it is too much."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.statistics.comparisons import Difference, paired_difference
from visualizer.engine.statistics.range_edge import Edge, edge_of
from visualizer.engine.statistics.zones import StrengthZones, find_strength_zones
from visualizer.labs.regularisation.sweeps import NONE, Sweep, Sweeps


@dataclass(frozen=True, eq=False)
class Chosen:
    """A kind at the strength that validation chose. `test` and `error` (repeats,) are the test losses and errors there;
    `gain` is how much higher they are than without regularisation, so that below 0 is better."""

    sweep: Sweep
    place: int
    zones: StrengthZones
    test: Tensor
    error: Tensor
    gain: Difference

    @property
    def kind(self) -> str:
        return self.sweep.kind

    @property
    def strength(self) -> float:
        return float(self.sweep.strengths[self.place])

    @property
    def edge(self) -> Edge | None:
        """At which edge of the strengths tried it lies; None where the kind has none."""
        count = len(self.sweep.strengths)
        return edge_of(self.place, count) if count > 1 else None

    @property
    def mean(self) -> float:
        """The mean test loss."""
        return float(self.test.mean())


def zones_of(sweep: Sweep) -> StrengthZones:
    return find_strength_zones(sweep.fits.validation_loss, sweep.fits.test_loss)


def none_test(sweeps: Sweeps) -> Tensor:
    """The test losses (repeats,) without regularisation."""
    return sweeps.kinds[NONE].fits.test_loss[:, 0]


def none_error(sweeps: Sweeps) -> Tensor:
    """The shares of test points (repeats,) that are wrong without regularisation; NaN for numbers."""
    return sweeps.kinds[NONE].fits.test_error[:, 0]


def ranked(sweeps: Sweeps) -> list[Chosen]:
    """Every kind of regularisation at its chosen strength, the lowest test loss first; without those that diverged."""
    plain = none_test(sweeps)
    found = [_chosen(sweep, plain) for kind, sweep in sweeps.kinds.items() if kind != NONE]
    known = [each for each in found if each is not None and torch.isfinite(each.test).all()]
    return sorted(known, key=lambda each: each.mean)


def _chosen(sweep: Sweep, plain: Tensor) -> Chosen | None:
    zones = zones_of(sweep)
    if zones.best is None:
        return None
    test, error = sweep.fits.test_loss[:, zones.best], sweep.fits.test_error[:, zones.best]
    return Chosen(sweep, zones.best, zones, test, error, paired_difference(plain, test))
