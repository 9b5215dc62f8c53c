"""The view "Range test": one quick run that suggests a rate, and the 24 rates that say whether it was right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from visualizer.engine.experiments.range_test import RangeTest, Suggestion, run_range_test, suggest
from visualizer.engine.experiments.rate_sweep import RateSweep, sweep_rates
from visualizer.engine.statistics.range_edge import FIRST
from visualizer.engine.statistics.zones import GOOD, TOO_SMALL, Zones, find_zones, median
from visualizer.labs.kit.cost import Cost
from visualizer.labs.learning_rate.rates.run import progress_of
from visualizer.labs.learning_rate.settings import RATES, RateSettings
from visualizer.text.numbers import loss_text, rate_text, times
from visualizer.ui.answer import Answer, Figure
from visualizer.ui.run import Progress

STEPS = 100
_TEST_SHARE = 0.1


@dataclass(frozen=True, eq=False)
class RangeResult:
    """The test, what it suggests, and, later, the sweep. With a suggestion the last rate of the sweep is that."""

    test: RangeTest
    suggestion: Suggestion | None = None
    sweep: RateSweep | None = None

    @property
    def zones(self) -> Zones | None:
        """The zones of the 24 rates; None before there are any."""
        return find_zones(self.sweep.start, self.sweep.final[:RATES]) if self.sweep else None

    @property
    def suggested_loss(self) -> float | None:
        """The median loss at the end of training with the suggested rate."""
        if not (self.sweep and self.suggestion):
            return None
        return float(median(self.sweep.final[RATES]))


def run(settings: RateSettings) -> Iterator[Progress[RangeResult]]:
    """The range test, then the sweep with the suggested rate as one more."""
    recipe, shape, data, start = settings.recipe(settings.optimiser), settings.shape, settings.data, settings.start()
    limits = {"lowest": settings.lowest, "highest": settings.highest}
    for test in run_range_test(start, shape, data, recipe, **limits, steps=STEPS):
        share = _TEST_SHARE * len(test.rates) / STEPS
        yield Progress(share, f"Range test: rate {rate_text(float(test.rates[-1]))}", RangeResult(test))
    suggestion = suggest(test)
    rates = settings.rates
    if suggestion:
        rates = torch.cat([rates, rates.new_tensor([suggestion.steepest])])
    for sweep in sweep_rates(start, shape, data, recipe, rates):
        share, text = progress_of(sweep)
        whole = RangeResult(test, suggestion, sweep.ends())
        yield Progress(_TEST_SHARE + (1 - _TEST_SHARE) * share, f"All rates: {text[0].lower()}{text[1:]}", whole)


def cost(settings: RateSettings) -> Cost:
    """The test trains each net once, the sweep with every rate."""
    return settings.cost(RATES + 1)


def answer(settings: RateSettings, result: RangeResult) -> Answer:
    """What the test suggests, and whether the sweep agrees."""
    suggestion, zones = result.suggestion, result.zones
    if suggestion is None or zones is None or result.sweep is None:
        return Answer("**No**: while the rate grew, the loss never fell." if zones else "The test is not at its end.")
    figures = (
        Figure("Suggested", rate_text(suggestion.steepest), "Where the loss falls fastest while the rate grows."),
        Figure("Falls from – to", f"{rate_text(suggestion.lower)} – {rate_text(suggestion.upper)}"),
        Figure("Loss with it", loss_text(result.suggested_loss or 0.0), "The median after the whole training."),
        Figure("Best of 24", "—" if zones.best is None else loss_text(float(zones.losses[zones.best]))),
    )
    return Answer(_verdict(suggestion, zones, result), figures, _price(settings))


def _verdict(suggestion: Suggestion, zones: Zones, result: RangeResult) -> str:
    said = f"the test suggests {rate_text(suggestion.steepest)}"
    if result.sweep is None or zones.best is None:
        return f"It can't be said: {said}, but none of the 24 rates lowers the loss in training."
    rates = result.sweep.rates[:RATES].tolist()
    place = _zone_of(suggestion.steepest, zones, rates)
    right = f"{rate_text(rates[zones.low])} to {rate_text(rates[zones.high])} is good"
    ended = f"training with it ends at {loss_text(result.suggested_loss or 0.0)}"
    best = f"the best of 24 rates, {rate_text(rates[zones.best])}, at {loss_text(float(zones.losses[zones.best]))}"
    if zones.edge is not None:
        right = f"the best rate is {_far(zones)}, so which rates are good is not known"
    if place == GOOD:
        yes = "**Yes**" if zones.edge is None else "**As far as was tried**"
        return f"{yes}: {said}, and {right}. {ended[0].upper()}{ended[1:]}; {best}."
    limit = rates[zones.low] if place == TOO_SMALL else rates[zones.high]
    factor = times(max(limit / suggestion.steepest, suggestion.steepest / limit))
    return f"**Not here**: {said}, {factor} times {place}: {right}. {ended[0].upper()}{ended[1:]}; {best}."


def _far(zones: Zones) -> str:
    return "at most the lowest tried" if zones.edge == FIRST else "at least the highest tried"


def _zone_of(rate: float, zones: Zones, rates: list[float]) -> str:
    """The zone of a rate between those of the sweep, which count as reaching to the middle of the next."""
    half = (rates[-1] / rates[0]) ** (0.5 / (len(rates) - 1))
    if rate < rates[zones.low] / half:
        return TOO_SMALL
    return GOOD if rate <= rates[zones.high] * half else "too large"


def _price(settings: RateSettings) -> str:
    epochs = RATES * settings.epochs
    return (
        f"The test took {STEPS} epochs of each net, the {RATES} rates {epochs:,}: {times(epochs / STEPS)} times as "
        "many. Each epoch had a rate a little above the one before (Smith 2017)."
    )
