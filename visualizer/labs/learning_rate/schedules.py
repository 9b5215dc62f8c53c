"""The view "Schedules": does it help to turn the rate down while training?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from visualizer.engine.training.schedules import CONSTANT, Schedule
from visualizer.labs.kit.cost import Cost
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.learning_rate.comparison import run as compare
from visualizer.labs.learning_rate.comparison.run import Comparison, MethodResult, TrainingMethod, tried_text
from visualizer.labs.learning_rate.comparison.view import comparison_charts
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.text.numbers import loss_text, percent, rate_text
from visualizer.ui.answer import Answer, Figure
from visualizer.ui.run import Progress

_STEPS = 3
"""How many parts the training has between which "step" turns the rate to a tenth."""
_PATIENCE = 10
"""In how many parts of the training a plateau is told: a part without a lower loss turns the rate to a tenth."""


def methods(settings: RateSettings) -> tuple[TrainingMethod, ...]:
    """The four schedules, from the same rate."""
    epochs = settings.epochs
    named = {
        "constant": CONSTANT,
        "step": Schedule("step", every=math.ceil(epochs / _STEPS)),
        "cosine": Schedule("cosine"),
        "when learning slows": Schedule("plateau", patience=max(1, epochs // _PATIENCE)),
    }
    return tuple(
        TrainingMethod(name, settings.recipe(settings.optimiser, each), settings.rate) for name, each in named.items()
    )


def run(settings: RateSettings) -> Iterator[Progress[Comparison]]:
    return compare.compare(settings, methods(settings))


def cost(settings: RateSettings) -> Cost:
    return compare.cost(settings, len(methods(settings)))


def answer(settings: RateSettings, results: Comparison) -> Answer:
    """Which schedule ends lowest at the rate chosen, by how much, and what is left of that at each one's best rate."""
    constant, others = results[0], results[1:]
    figures = tuple(Figure(result.method.name, loss_text(result.median), _spread(result)) for result in results)
    if not others:
        return Answer("There is nothing to compare yet.", figures)
    best = min(others, key=lambda result: result.median)
    words = f"{_at_the_rate(settings, constant, best)} {_at_best_rates(constant, others)}"
    return Answer(words, figures, _rates(results))


def _at_the_rate(settings: RateSettings, constant: MethodResult, best: MethodResult) -> str:
    rate, ended = rate_text(settings.rate), loss_text(best.median)
    if math.isinf(constant.median):
        if math.isinf(best.median):
            return f"At the rate {rate} no: training diverges with every schedule."
        return f"**Yes**, at the rate {rate}: kept constant it diverges, with “{best.method.name}” it ends at {ended}."
    if best.median >= constant.median:
        kept = loss_text(constant.median)
        return f"**No**, at the rate {rate}: kept constant it ends at {kept}, with the best schedule at {ended}."
    won = int((best.final < constant.final).sum())
    less = percent(1 - best.median / constant.median, 0)
    return (
        f"**Yes**, at the rate {rate}: “{best.method.name}” ends at {ended} instead of {loss_text(constant.median)}, "
        f"{less} less, and is lower for {won} of {len(constant.final)} nets."
    )


def _at_best_rates(constant: MethodResult, others: Comparison) -> str:
    """The comparison that is fair to each: at the rate where it does best."""
    found = [(result.best, result.method.name) for result in others]
    plain = constant.best
    known = [(best, name) for best, name in found if best]
    if plain is None or not known:
        return "No rate lowers the loss with a constant rate."
    best, name = min(known, key=lambda each: each[0].loss)
    where = f"{loss_text(best.loss)} with “{name}” from {tried_text(best)}"
    against = f"{loss_text(plain.loss)} with a constant {tried_text(plain)}"
    if best.loss >= plain.loss:
        return f"At the best of all rates tried for each, it does not: {where}, {against}."
    return (
        f"At the best of all rates tried for each, {where} against {against}: "
        f"{percent(1 - best.loss / plain.loss, 0)} less."
    )


def _rates(results: Comparison) -> str:
    """How far down the rate was at the end."""
    lasts = [
        f"“{each.method.name}” {rate_text(float(each.own.learning_rates[-1, 0].median()))}" for each in results[1:]
    ]
    return f"The rate of the last epoch: {', '.join(lasts)}."


def _spread(result: MethodResult) -> str:
    low, high = float(result.final.min()), float(result.final.max())
    nets = len(result.final)
    return f"The median; from {loss_text(low)} to {loss_text(high)} over {nets} nets." if nets > 1 else "Of one net."


SCHEDULES = Experiment("learning_rate_schedules", run, cost, partial(comparison_charts, "schedules"), answer)
