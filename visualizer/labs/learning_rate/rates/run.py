"""The view "Rates": 24 rates at once, and what each comes to."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.experiments.rate_sweep import RateSweep, sweep_rates
from visualizer.engine.statistics.range_edge import FIRST, edge_of
from visualizer.engine.statistics.zones import Zones, find_zones, median
from visualizer.labs.kit.choices import edge_words
from visualizer.labs.kit.cost import Cost
from visualizer.labs.learning_rate.settings import RATES, RateSettings
from visualizer.text.numbers import loss_text, percent, rate_text, times
from visualizer.text.words import LOSSES, counted
from visualizer.ui.answer import Answer, Figure
from visualizer.ui.run import Progress


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
    """The best of the rates, and the limits of the zones; where it is at the edge, that it may lie beyond."""
    zones, rates = zones_of(sweep), sweep.rates.tolist()
    start = float(median(sweep.start))
    if zones.best is None:
        return Answer(f"None of these rates lowers the loss from {loss_text(start)}. {_no_rate(zones, rates)}")
    losses = zones.losses.tolist()
    fell = (
        f"the {LOSSES[settings.chosen.loss]} falls lowest, from {loss_text(start)} to {loss_text(losses[zones.best])}"
    )
    more = " ".join(filter(None, [_below(zones, losses), _above(zones, sweep), _test(sweep)]))
    return Answer(_best(zones, rates, fell, start), _figures(zones, sweep), more)


def _best(zones: Zones, rates: list[float], fell: str, start: float) -> str:
    best = rate_text(rates[zones.best or 0])
    if zones.edge is None:
        return f"About **{best}**: there {fell}. {_from_to(rates, zones)}{_share(start)}."
    bound, far, beyond = ("At most", "lowest", "lower") if zones.edge == FIRST else ("At least", "highest", "higher")
    return (
        f"**{bound} {best}**: there {fell}, and that is the {far} rate tried. A {beyond} one may be better still, so "
        "which rates are good can't be said yet."
    )


def _figures(zones: Zones, sweep: RateSweep) -> tuple[Figure, ...]:
    best, rates = zones.best or 0, sweep.rates.tolist()
    spread = sweep.final[best]
    bound = {None: "", FIRST: "at most "}.get(zones.edge, "at least ")
    return (
        Figure("Best rate", f"{bound}{rate_text(rates[best])}", "Of the 24, its nets end with the lowest median loss."),
        Figure(
            "Loss there",
            loss_text(float(zones.losses[best])),
            f"The median; from {loss_text(float(spread.min()))} to {loss_text(float(spread.max()))} over "
            f"{len(spread)} nets.",
        ),
        Figure("Good, from – to", *_good(zones, rates)),
        Figure(
            "Diverging from",
            "—" if zones.diverging is None else rate_text(rates[zones.diverging]),
            "From here on, at every rate at least half of the nets end above the loss they began with.",
        ),
    )


def _good(zones: Zones, rates: list[float]) -> tuple[str, str]:
    """The good rates, short, and a word more."""
    low, high = rate_text(rates[zones.low]), rate_text(rates[zones.high])
    if zones.edge is not None:
        return "—", "The best rate is at the edge of those tried: what is good shows once a rate beyond it is worse."
    if zones.high + 1 == len(rates):
        return f"from {low} on", f"Up to {high}, the highest tried."
    return (f"up to {high}", f"From {low}, the lowest tried.") if zones.low == 0 else (f"{low} – {high}", "")


def _from_to(rates: list[float], zones: Zones) -> str:
    if zones.low == zones.high:
        return "Only this rate is good"
    factor = times(rates[zones.high] / rates[zones.low])
    return f"Good is {rate_text(rates[zones.low])} to {rate_text(rates[zones.high])}, a factor of {factor}"


def _share(start: float) -> str:
    return f": the loss covers at least {percent(0.9, 0)} of the best rate's way down from {loss_text(start)}"


def _no_rate(zones: Zones, rates: list[float]) -> str:
    if zones.diverging is None:
        return "They are too small for so few epochs, or the net can't learn this."
    return f"It diverges from {rate_text(rates[zones.diverging])} on."


def _below(zones: Zones, losses: list[float]) -> str:
    if zones.low == 0:
        return "No rate here is too small: try a lower one."
    return f"Below, training is too slow for these epochs: the lowest rate only gets to {loss_text(losses[0])}."


def _above(zones: Zones, sweep: RateSweep) -> str:
    """What is wrong with the rates that are too large: some learn less well, others end above where they began."""
    above = zones.losses[zones.high + 1 :]
    if not len(above):
        return "No rate here is too large: try a higher one."
    less = int(above.isfinite().sum())
    lost = len(above) - less
    kinds = []
    if less:
        kinds.append(f"{less} {'learns' if less == 1 else 'learn'} less well")
    if lost:
        kinds.append(f"with {lost} at least half of the nets end above the loss they began with")
    words = f"Above, {'1 rate is' if len(above) == 1 else f'{len(above)} rates are'} too large: {', and '.join(kinds)}."
    gone = sweep.diverged[zones.high + 1 :]
    updates = gone[gone >= 0]
    if not len(updates):
        return words
    nets = counted(len(updates), "net")
    return f"{words} In {nets} the loss is NaN, first at update {int(updates.min()):,}."


def _test(sweep: RateSweep) -> str:
    """What the test points say, where there are any."""
    losses = median(sweep.final_test)
    best = int(losses.argmin())
    if losses[best].isinf():
        return ""
    rate, far = rate_text(float(sweep.rates[best])), edge_words(edge_of(best, len(losses)))
    return f"On the test points {rate}{f' ({far})' if far else ''} is best, with {loss_text(float(losses[best]))}."
