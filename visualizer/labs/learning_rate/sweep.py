"""The view "Rates": 24 rates at once, and what each comes to."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.rate_sweep import RateSweep, sweep_rates
from visualizer.engine.rate_zones import Zones, find_zones, median
from visualizer.labs.answer import Answer, Figure
from visualizer.labs.cost import Cost
from visualizer.labs.learning_rate.settings import RATES, RateSettings
from visualizer.labs.run import Progress
from visualizer.labs.words import LOSSES, loss_text, rate_text, times


def run(settings: RateSettings) -> Iterator[Progress[RateSweep]]:
    """Train the nets with all rates."""
    recipe = settings.recipe(settings.optimiser)
    for sweep in sweep_rates(settings.start(), settings.shape, settings.data, recipe, settings.rates):
        yield Progress(*progress_of(sweep), sweep)


def progress_of(sweep: RateSweep) -> tuple[float, str]:
    """The share of a sweep that is done, and in words."""
    epoch = int(sweep.epochs[-1])
    return epoch / sweep.whole, f"Epoch {epoch:,} of {sweep.whole:,}"


def cost(settings: RateSettings) -> Cost:
    return settings.cost(RATES)


def zones_of(sweep: RateSweep) -> Zones:
    return find_zones(sweep.start, sweep.final)


def answer(settings: RateSettings, sweep: RateSweep) -> Answer:
    """The best of the rates, and the limits of the zones."""
    zones, rates = zones_of(sweep), sweep.rates.tolist()
    start = float(median(sweep.start))
    if zones.best is None:
        return Answer(f"None of these rates brings the loss down from {loss_text(start)}. {_no_rate(zones, rates)}")
    best, losses = zones.best, zones.losses.tolist()
    spread = sweep.final[best]
    words = (
        f"About **{rate_text(rates[best])}**: there the {LOSSES[settings.chosen.loss]} falls lowest, from "
        f"{loss_text(start)} to {loss_text(losses[best])}. "
        f"Right is {_from_to(rates, zones)}{_share(zones, start)}."
    )
    figures = (
        Figure("Best rate", rate_text(rates[best]), "The one of the 24 whose nets end with the lowest median loss."),
        Figure(
            "Loss there",
            loss_text(losses[best]),
            f"The median; from {loss_text(float(spread.min()))} to {loss_text(float(spread.max()))} over "
            f"{len(spread)} nets.",
        ),
        Figure("Right, from – to", f"{rate_text(rates[zones.low])} – {rate_text(rates[zones.high])}"),
        Figure("Diverging from", "—" if zones.diverging is None else rate_text(rates[zones.diverging])),
    )
    return Answer(words, figures, " ".join(filter(None, [_below(zones, losses), _above(zones, sweep), _test(sweep)])))


def _from_to(rates: list[float], zones: Zones) -> str:
    if zones.low == zones.high:
        return "this rate alone"
    factor = times(rates[zones.high] / rates[zones.low])
    return f"{rate_text(rates[zones.low])} to {rate_text(rates[zones.high])}, a factor of {factor}"


def _share(zones: Zones, start: float) -> str:
    return f": the loss covers at least 90 % of the best rate's way down from {loss_text(start)}"


def _no_rate(zones: Zones, rates: list[float]) -> str:
    if zones.diverging is None:
        return "They are too small for so few epochs, or the net can't learn this."
    return f"It diverges from {rate_text(rates[zones.diverging])} on."


def _below(zones: Zones, losses: list[float]) -> str:
    if zones.low == 0:
        return "No rate here is too small: try a lower one."
    return f"Below, training is too slow for these epochs: the lowest rate only gets to {loss_text(losses[0])}."


def _above(zones: Zones, sweep: RateSweep) -> str:
    if zones.high + 1 == len(sweep.rates):
        return "No rate here is too large: try a higher one."
    count = len(sweep.rates) - 1 - zones.high
    some = f"Above, {'1 rate is' if count == 1 else f'{count} rates are'} too large"
    if zones.diverging is None:
        return f"{some}: the loss jumps about, but ends below where it began."
    lost = sweep.diverged[zones.diverging :]
    updates = lost[lost >= 0]
    if not len(updates):
        return f"{some}: it ends above where it began."
    return f"{some}; in {len(updates)} nets the loss is no number any more, first at update {int(updates.min()):,}."


def _test(sweep: RateSweep) -> str:
    """What the test points say, where there are any."""
    losses = median(sweep.final_test)
    best = int(losses.argmin())
    if losses[best].isinf():
        return ""
    return f"On the test points {rate_text(float(sweep.rates[best]))} is best, with {loss_text(float(losses[best]))}."
