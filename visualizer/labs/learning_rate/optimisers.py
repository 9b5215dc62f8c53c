"""The view "Optimisers": each at torch's default rate, and at the rate where it does best."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from visualizer.engine.statistics.comparisons import paired_difference
from visualizer.engine.statistics.zones import median
from visualizer.labs.kit.choices import OPTIMISER_NAMES
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.learning_rate.comparison import run as compare
from visualizer.labs.learning_rate.comparison.run import BestRate, Comparison, MethodResult, TrainingMethod, tried_text
from visualizer.labs.learning_rate.comparison.view import comparison_charts
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.text.numbers import loss_text, rate_text, times
from visualizer.text.words import listed
from visualizer.ui.answer import Answer, Figure
from visualizer.ui.run import Progress

DEFAULT_RATES = {"sgd": 1e-3, "momentum": 1e-3, "nesterov": 1e-3, "rmsprop": 1e-2, "adam": 1e-3, "adamw": 1e-3}
DEFAULT_DECAYS = {"adamw": 1e-2}
"""Those of torch.optim's SGD, RMSprop, Adam and AdamW; the others have no weight decay."""


def methods(settings: RateSettings) -> tuple[TrainingMethod, ...]:
    """The optimisers at their defaults."""
    return tuple(
        TrainingMethod(label, settings.recipe(name), DEFAULT_RATES[name], DEFAULT_DECAYS.get(name, 0.0))
        for name, label in OPTIMISER_NAMES.items()
    )


def run(settings: RateSettings) -> Iterator[Progress[Comparison]]:
    return compare.compare(settings, methods(settings))


def cost(settings: RateSettings) -> Cost:
    return compare.cost(settings, len(OPTIMISER_NAMES))


def answer(settings: RateSettings, results: Comparison) -> Answer:
    """Who won at the defaults, and how much of that is the default rate's doing."""
    ranked = sorted(results, key=lambda result: result.median)
    best, start = ranked[0], start_of(results)
    figures = tuple(
        Figure(f"{each.method.name}, {rate_text(each.method.rate)}", loss_text(each.median), _help(each))
        for each in results
    )
    if not best.median < start:
        return Answer(f"None: at its default rate no optimiser lowers the loss below {loss_text(start)}.", figures)
    last = ranked[-1]
    ends = f" with {loss_text(last.median)}" if math.isfinite(last.median) else ", which diverges"
    words = (
        f"At the defaults of torch.optim **{best.method.name}** ends lowest, at {loss_text(best.median)}; last is "
        f"{last.method.name}{ends}, from {loss_text(start)} at the start."
        f"{_because(best, ranked[1:])} {_at_best_rates(results)}"
    )
    return Answer(words.strip(), figures, _furthest(results))


def start_of(results: Comparison) -> float:
    """The median loss before training."""
    return float(median(results[0].sweep.start))


def _because(best: MethodResult, others: list[MethodResult]) -> str:
    """How large the winner's default rate is beside the others', where it is larger than all or smaller than all."""
    rates = [each.method.rate for each in others]
    if not rates or min(rates) <= best.method.rate <= max(rates):
        return ""
    if best.method.rate < min(rates):
        return f" Its default rate, {rate_text(best.method.rate)}, is the smallest of all."
    factor, theirs = times(best.method.rate / max(rates)), "those of the others" if len(rates) > 1 else "the other"
    most = "" if min(rates) == max(rates) else "at least "
    return f" **Its default rate, {rate_text(best.method.rate)}, is {most}{factor} times {theirs}**."


def _at_best_rates(results: Comparison) -> str:
    """The comparison that is fair to each: at the rate where it does best."""
    found = [(result.best, result.method.name) for result in results]
    ranked = sorted(((best, name) for best, name in found if best), key=lambda each: each[0].loss)
    if len(ranked) < 2:
        return ""
    each = ", ".join(f"{name} {loss_text(best.loss)}" for best, name in ranked)
    return f"With the best rate tried for each, {_first(ranked)}: {each}."


def _first(ranked: list[tuple[BestRate, str]]) -> str:
    """Who does best of those in order, together with whom the nets don't tell apart from it."""
    best, name = ranked[0]
    if len(best.nets) == 1:
        return f"{name} does best, as far as one net can tell"
    differences = [(paired_difference(best.nets, other.nets), other_name) for other, other_name in ranked[1:]]
    beside = [other for difference, other in differences if not (difference.clear and difference.mean > 0)]
    if not beside:
        return f"**{name}** does best"
    return f"{listed([name, *beside])} do best, within the spread of the nets"


def _furthest(results: Comparison) -> str:
    """Whose default is furthest from its best rate."""
    found = [(result.best, result) for result in results]
    known = [(best, result) for best, result in found if best]
    if not known:
        return ""
    best, off = max(known, key=lambda each: abs(math.log(each[0].rate / each[1].method.rate)))
    factor = best.rate / off.method.rate
    many = f"{times(factor)} times" if factor > 1 else f"1/{times(1 / factor)} of"
    return f"{off.method.name}'s best rate, {tried_text(best)}, is {many} its default."


def _help(result: MethodResult) -> str:
    if result.best is None:
        return "The median over the nets. At no rate does the loss go down."
    best = result.best
    return (
        f"The median over the nets, at the default rate. At its best rate, {tried_text(best)}: {loss_text(best.loss)}."
    )


OPTIMISERS = Experiment("learning_rate_optimisers", run, cost, partial(comparison_charts, "optimisers"), answer)
