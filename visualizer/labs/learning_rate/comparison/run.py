"""Training methods, each over all rates and at one rate of its own: what schedules and optimisers are compared by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.experiments.rate_sweep import RateSweep, sweep_rates
from visualizer.engine.statistics.range_edge import Edge, edge_of
from visualizer.engine.statistics.zones import Zones, find_zones, median, median_losses
from visualizer.engine.training.recipe import Recipe
from visualizer.labs.kit.choices import edge_words
from visualizer.labs.kit.cost import Cost
from visualizer.labs.learning_rate.rates.run import progress_of
from visualizer.labs.learning_rate.settings import RATES, RateSettings
from visualizer.text.numbers import rate_text
from visualizer.ui.run import Progress


@dataclass(frozen=True)
class TrainingMethod:
    """A training method: its name, its recipe, the rate at which it is looked at closely, and its weight decay."""

    name: str
    recipe: Recipe
    rate: float
    decay: float = 0.0


@dataclass(frozen=True, eq=False)
class BestRate:
    """The rate at which a training method ends lowest: the median loss there, every net's (nets,), and at which edge of
    the rates tried it lies."""

    rate: float
    loss: float
    nets: Tensor
    edge: Edge | None


@dataclass(frozen=True, eq=False)
class MethodResult:
    """What a training method came to so far: how each rate started and ended, the last being its own, and every
    frame at its own."""

    method: TrainingMethod
    sweep: RateSweep
    own: RateSweep

    @property
    def rates(self) -> Tensor:
        """The rates that all methods have (rates,)."""
        return self.sweep.rates[:-1]

    @property
    def zones(self) -> Zones:
        """The zones of these rates."""
        return find_zones(self.sweep.start, self.sweep.final[:-1])

    @property
    def final(self) -> Tensor:
        """The losses at its own rate (nets,), infinite for what diverged."""
        return self._known(self.sweep.final[-1])

    @property
    def median(self) -> float:
        """The median of them."""
        return float(median(self.final))

    @property
    def test(self) -> Tensor:
        """The test losses at its own rate (nets,), infinite for what diverged and without a test set."""
        return self._known(self.sweep.final_test[-1])

    @property
    def best(self) -> BestRate | None:
        """The rate at which the loss ends lowest, its own among them; None where none brings it down."""
        losses = median_losses(self.sweep.start, self.sweep.final)
        place = int(losses.argmin())
        if not bool(losses[place] < median(self.sweep.start)):
            return None
        rate = float(self.sweep.rates[place])
        tried = sorted(set(self.sweep.rates.tolist()))
        edge = edge_of(tried.index(rate), len(tried))
        return BestRate(rate, float(losses[place]), self._known(self.sweep.final[place]), edge)

    def _known(self, losses: Tensor) -> Tensor:
        return losses.nan_to_num(torch.inf, torch.inf)


def method_result(method: TrainingMethod, sweep: RateSweep) -> MethodResult:
    """What is kept of a sweep whose last rate is the method's own: all that figures and answers need."""
    return MethodResult(method, sweep.ends(), sweep.last_rate())


Comparison = tuple[MethodResult, ...]
"""The methods so far, in their order."""


def compare(settings: RateSettings, methods: Sequence[TrainingMethod]) -> Iterator[Progress[Comparison]]:
    """Train the same nets by each method, one after the other."""
    done: Comparison = ()
    for count, method in enumerate(methods):
        rates = torch.cat([settings.rates, settings.rates.new_tensor([method.rate])])
        start, shape, data = settings.start(), settings.shape, settings.data
        for sweep in sweep_rates(start, shape, data, method.recipe, rates, l2=method.decay):
            share, text = progress_of(sweep)
            so_far = (*done, method_result(method, sweep))
            yield Progress((count + share) / len(methods), f"{method.name}: {text[0].lower()}{text[1:]}", so_far)
        done = so_far


def tried_text(best: BestRate) -> str:
    """A best rate, and whether it is at the edge of what was tried."""
    far = edge_words(best.edge)
    return f"{rate_text(best.rate)} ({far})" if far else rate_text(best.rate)


def cost(settings: RateSettings, methods: int) -> Cost:
    return settings.cost(RATES + 1, methods)
