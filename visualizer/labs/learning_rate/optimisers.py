"""The view "Optimisers": each at torch's default rate, and at the rate where it does best."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from visualizer.engine.rate_zones import median
from visualizer.labs.answer import Answer, Figure
from visualizer.labs.cost import Cost
from visualizer.labs.lab import Experiment
from visualizer.labs.learning_rate import compare
from visualizer.labs.learning_rate.compare import Comparison, Way, WayResult
from visualizer.labs.learning_rate.compare_view import draw_comparison
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.labs.learning_rate.table import OPTIMISER_NAMES
from visualizer.labs.run import Progress
from visualizer.labs.words import loss_text, rate_text, times

DEFAULT_RATES = {"sgd": 1e-3, "momentum": 1e-3, "nesterov": 1e-3, "rmsprop": 1e-2, "adam": 1e-3, "adamw": 1e-3}
DEFAULT_DECAYS = {"adamw": 1e-2}
"""Those of torch.optim's SGD, RMSprop, Adam and AdamW; the others have no weight decay."""


def ways(settings: RateSettings) -> tuple[Way, ...]:
    """The optimisers at their defaults."""
    return tuple(
        Way(label, settings.recipe(name), DEFAULT_RATES[name], DEFAULT_DECAYS.get(name, 0.0))
        for name, label in OPTIMISER_NAMES.items()
    )


def run(settings: RateSettings) -> Iterator[Progress[Comparison]]:
    return compare.compare(settings, ways(settings))


def cost(settings: RateSettings) -> Cost:
    return compare.cost(settings, len(OPTIMISER_NAMES))


def answer(settings: RateSettings, results: Comparison) -> Answer:
    """Who won at the defaults, and how much of that is the default rate's doing."""
    ranked = sorted(results, key=lambda result: result.median)
    best, start = ranked[0], start_of(results)
    figures = tuple(
        Figure(f"{each.way.name}, {rate_text(each.way.rate)}", loss_text(each.median), _help(each)) for each in results
    )
    if not best.median < start:
        return Answer(f"None: at its default rate no optimiser brings the loss below {loss_text(start)}.", figures)
    last = ranked[-1]
    ends = f" with {loss_text(last.median)}" if math.isfinite(last.median) else ", which diverges"
    words = (
        f"**{best.way.name}**, with a default rate of {rate_text(best.way.rate)}: it ends at {loss_text(best.median)}; "
        f"last is {last.way.name}{ends}, from {loss_text(start)} at the start."
    )
    return Answer(words, figures, _at_best_rates(results))


def start_of(results: Comparison) -> float:
    """The median loss before training."""
    return float(median(results[0].sweep.start))


def _at_best_rates(results: Comparison) -> str:
    found = [(result.best, result) for result in results]
    ranked = sorted(((*best, result) for best, result in found if best), key=lambda each: each[1])
    if len(ranked) < 2:
        return ""
    (rate, loss, first), (_, worst, last) = ranked[0], ranked[-1]
    rate_off, _, off = max(ranked, key=lambda each: abs(math.log(each[0] / each[2].way.rate)))
    factor = rate_off / off.way.rate
    many = f"{times(factor)} times" if factor > 1 else f"1/{times(1 / factor)} of"
    return (
        f"At the best of all rates for each, they end between {loss_text(loss)} ({first.way.name}, at "
        f"{rate_text(rate)}) and {loss_text(worst)} ({last.way.name}). {off.way.name}'s best rate, "
        f"{rate_text(rate_off)}, is {many} its default."
    )


def _help(result: WayResult) -> str:
    if result.best is None:
        return "The median over the nets. At no rate does the loss go down."
    rate, loss = result.best
    return f"The median over the nets, at the default rate. At its best rate, {rate_text(rate)}: {loss_text(loss)}."


OPTIMISERS = Experiment("learning_rate_optimisers", run, cost, partial(draw_comparison, "optimisers"), answer)
