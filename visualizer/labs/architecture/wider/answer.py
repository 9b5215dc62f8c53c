"""The answer of the view "Wider"."""

from __future__ import annotations

import math

from visualizer.engine.statistics.zones import median
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.text import error_phrase, error_text
from visualizer.labs.architecture.wider.reading import FEW, Reading, overfits_from, read
from visualizer.labs.architecture.wider.run import LEARNED, SOLVED, TRAINED, WAYS, Widths
from visualizer.text.numbers import loss_text, times
from visualizer.text.words import counted, listed
from visualizer.ui.answer import Answer, Figure

_LAGS = 1.5
"""The trained read-out lags behind if its error is so many times that of least squares."""


def answer(settings: ArchitectureSettings, found: Widths) -> Answer:
    """From which width on more no longer helps, and what random features are worth beside learned ones."""
    reading = read(found)
    if not math.isfinite(float(reading.learned[reading.enough])):
        return Answer("Training diverges at every width: choose a lower learning rate.")
    parts = [
        _width(settings, found, reading),
        _winners(settings, found, reading),
        _same_width(settings, found, reading),
        _match(settings, found, reading),
    ]
    words = " ".join(part for part in parts if part)
    more = [
        _harder(settings, found, reading),
        _most(found, reading),
        _lag(settings, found, reading),
        _overfit(settings, found, reading),
        _spread(settings),
    ]
    return Answer(words, _figures(settings, found, reading), " ".join(part for part in more if part))


def _width(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    width, error = found.widths[reading.enough], float(reading.learned[reading.enough])
    phrase = error_phrase(error, settings.classes)
    if len(found.widths) == 1:
        return f"There is no wider net to compare with: {counted(width, 'unit')} with learned features has {phrase}."
    if reading.edge:
        return f"**Wider helps all the way to {counted(width, 'unit')}**: there learned features have {phrase}."
    if reading.enough == 0:
        return (
            f"**Wider does not help**: {counted(width, 'unit')} with learned features has {phrase}; no wider net is "
            f"better."
        )
    return f"**Wider helps up to {counted(width, 'unit')}** with learned features: {phrase}; no wider net is better."


def _winners(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    """With how many units learned features win, and with how many random ones."""
    few = settings.nets < FEW
    learned = [at for at, each in enumerate(reading.wins) if each.lower or (few and each.share > 0.5)]
    random = [at for at, each in enumerate(reading.wins) if each.higher or (few and each.share < 0.5)]
    many = len(found.widths) > 1
    if not learned and not random:
        return f"Learned or random features make **no clear difference**{' at any width' if many else ''}."
    if not random:
        return f"**Learned features beat random ones** {_where(learned, found)}."
    if not learned:
        return f"**Random features beat learned ones** {_where(random, found)}."
    return f"**Learned features win {_where(learned, found)}, random ones {_where(random, found)}**."


def _where(places: list[int], found: Widths) -> str:
    """At which widths: "at every width", "with 2 to 64 units", "with 1 and 8 units"."""
    widths = [str(found.widths[place]) for place in places]
    if len(places) == len(found.widths):
        return "at every width" if len(places) > 1 else f"with {counted(found.widths[places[0]], 'unit')}"
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"with {widths[0]} to {widths[-1]} units"
    return f"with {listed(widths)} unit{'' if widths == ['1'] else 's'}"


def _same_width(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    learned, random = float(reading.learned[reading.enough]), float(reading.random[reading.enough])
    text, here = error_text(random, settings.classes), counted(found.widths[reading.enough], "unit")
    if random == learned:
        return f"With {here}, random ones do just as well: {text}."
    factor = _factor(random, learned) if random > learned else ""
    return f"With {here}, random ones come to {text}{factor}."


def _factor(more: float, less: float) -> str:
    """How many times as much it is, where that is known and shows."""
    known = less > 0 and math.isfinite(more) and more / less >= 1.05
    return f", {times(more / less)} times as much" if known else ""


def _match(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    """How many random features do as well, and what they come to at best."""
    best, width = _best_random(settings, found, reading), found.widths[reading.enough]
    if reading.match is None:
        return "" if reading.edge else f"Not even {found.widths[-1]} random features do as well."
    matching = found.widths[reading.match]
    if matching == width:
        return best
    if matching < width:
        kind, verb = ("feature", "does") if matching == 1 else ("features", "do")
        return f"{matching} random {kind} {verb} as well as {width} learned ones. {best}".strip()
    more = f"It takes **{matching} random features** to do as well, {times(matching / width)} times as many."
    return f"{more} {best}".strip()


def _best_random(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    """What random features come to at best, where that is less than learned ones come to at any width."""
    place = int(reading.random.argmin())
    random, lowest = float(reading.random[place]), float(reading.learned.min())
    if not random < lowest or place == reading.enough:
        return ""
    return (
        f"At best, with {found.widths[place]}, they come to {error_text(random, settings.classes)}; learned ones to "
        f"{error_text(lowest, settings.classes)}."
    )


def _figures(settings: ArchitectureSettings, found: Widths, reading: Reading) -> tuple[Figure, ...]:
    place = reading.enough
    way = int(reading.better[place])
    match = f"more than {found.widths[-1]}" if reading.match is None else f"{found.widths[reading.match]}"
    return (
        _wide_enough(found, reading),
        Figure("Learned, there", error_text(float(reading.learned[place]), settings.classes), "The median test error."),
        Figure(
            "Random, there",
            error_text(float(reading.random[place]), settings.classes),
            f"The median test error of the better of the two ways: {WAYS[way]}.",
        ),
        Figure("Random needed", match, "The fewest random features that do as well as the learned ones."),
    )


def _wide_enough(found: Widths, reading: Reading) -> Figure:
    count = counted(found.widths[reading.enough], "unit")
    if reading.edge:
        return Figure("Wide enough", f"at least {count}", "No wider net was tried, and narrower ones are worse.")
    return Figure("Wide enough", count, "With a trained hidden layer no wider net is better.")


def _harder(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    """That the widest nets fit even the training points less well: it is no overfitting."""
    if reading.harder is None:
        return ""
    best, widest = (loss_text(float(median(found.losses[LEARNED])[at])) for at in (reading.harder, -1))
    return (
        f"With learned features the median training loss is lowest with "
        f"{counted(found.widths[reading.harder], 'unit')}, {best}, "
        f"and {widest} with {found.widths[-1]}: after {settings.epochs:,} epochs at the rate {settings.rate:g} the "
        "widest nets fit even the training points no better. So that wider is not better here is no sign of "
        "overfitting; another rate or more epochs may change it."
    )


def _most(found: Widths, reading: Reading) -> str:
    """Where learned features win by most."""
    learned = reading.learned.tolist()
    factors = [
        random / mine if mine > 0 and math.isfinite(random) else 0.0
        for mine, random in zip(learned, reading.random.tolist(), strict=True)
    ]
    place = max(range(len(factors)), key=factors.__getitem__)
    if place == reading.enough or factors[place] < 1.1:
        return ""
    times_more = f"{times(factors[place])} times the error"
    return (
        f"Learned features win by most at {counted(found.widths[place], 'unit')}, where random ones have {times_more}."
    )


def _lag(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    """Whether training the output layer has come to where least squares is at once."""
    trained, solved = (float(reading.medians[way].min()) for way in (TRAINED, SOLVED))
    if not (trained > _LAGS * solved):
        return ""
    if not math.isfinite(trained):
        return "With random features, training the output layer diverges at every width: least squares alone gives one."
    return (
        f"With random features, {settings.epochs:,} epochs do not train the output layer to its end: it gets to "
        f"{error_text(trained, settings.classes)} at best, least squares at once to "
        f"{error_text(solved, settings.classes)}."
    )


def _overfit(settings: ArchitectureSettings, found: Widths, reading: Reading) -> str:
    place = overfits_from(found, reading)
    if place is None:
        return ""
    points, widest = len(settings.data.train_x), found.widths[-1]
    why = f" With {points} training points, that many features fit the noise, too." if widest > points / 2 else ""
    best, last = (error_text(float(reading.medians[SOLVED, at]), settings.classes) for at in (place, -1))
    return f"More is not always better: least squares has {best} with {found.widths[place]}, {last} with {widest}.{why}"


def _spread(settings: ArchitectureSettings) -> str:
    if settings.nets < FEW:
        return f"With fewer than {FEW} nets of each shape nothing is known of their spread: take more."
    return ""
