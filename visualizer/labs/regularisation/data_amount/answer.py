"""The answer of the view "How much data?"."""

from __future__ import annotations

import math
from collections.abc import Sequence

from visualizer.engine.statistics.comparisons import paired_difference
from visualizer.labs.regularisation.data_amount.reading import ENOUGH, enough, halved, helps_up_to, reached
from visualizer.labs.regularisation.data_amount.run import Amount
from visualizer.labs.regularisation.settings import RegSettings, mean_over_repeats
from visualizer.labs.regularisation.text import NAMES, give_or_take, kind_text
from visualizer.text.numbers import loss_text, percent
from visualizer.text.words import capital
from visualizer.ui.answer import Answer, Figure

_ONE_REPEAT = "One repeat has no spread to hold differences against: more repeats say what regularisation is worth."


def answer(settings: RegSettings, result: Amount) -> Answer:
    """How many points are enough, how many halve the gap, and what regularisation changes about it."""
    if len(result.sizes) < 2:
        return Answer("There is nothing to compare yet.")
    if not bool(result.curve("test_loss").isfinite().all()):
        return Answer("It can't be said: training diverges. A lower learning rate helps.")
    name = kind_text(settings.kind, settings.strength)
    words = f"{_enough(result, name)} {_halved(result)}"
    more = f"{_last_step(result)} {_helps(result, name)}" if settings.repeats > 1 else _ONE_REPEAT
    return Answer(words, tuple(_figures(settings, result)), f"{more}\n\n{_how(settings, result)}")


def _enough(result: Amount, name: str) -> str:
    test, sizes = result.curve("test_loss"), result.sizes
    without, regularised = (_points(enough(sizes, each), sizes) for each in test)
    last = [loss_text(value, 3) for value in test.mean(dim=1)[:, -1].tolist()]
    near = f"to within {percent(ENOUGH)} of what {sizes[-1]:,} do ({last[0]})"
    return (
        f"Without regularisation **{without}** lower the test loss {near}; with {name} {regularised} do so "
        f"({last[1]} with {sizes[-1]:,})."
    )


def _points(size: float | None, sizes: Sequence[int]) -> str:
    return "no number of points" if size is None else f"{size_text(size, sizes)} points"


def size_text(size: float, sizes: Sequence[int]) -> str:
    """A number of points; what lies between those that were run is read off the curve, and only about right."""
    whole = round(size)
    return f"{whole:,}" if whole in sizes else f"about {float(f'{size:.2g}'):,.0f}"


def _last_step(result: Amount) -> str:
    """Whether more data would still help."""
    test, sizes = result.curve("test_loss")[0], result.sizes
    step = paired_difference(test[:, -2], test[:, -1])
    words = f"The last step, from {sizes[-2]:,} to {sizes[-1]:,} points without regularisation,"
    if step.clear and step.mean < 0:
        return f"{words} still lowers the test loss, by {give_or_take(step)}."
    return f"{words} no longer clearly lowers the test loss."


def _halved(result: Amount) -> str:
    gap = result.curve("test_loss")[0] - result.curve("train_loss")[0]
    first, size = halved(result.sizes, gap)
    largest, begun = float(mean_over_repeats(gap)[first]), f"{result.sizes[first]:,}"
    if largest <= 0:
        return "There is no gap between test and training loss to be closed."
    if size is None:
        return (
            f"The gap between test and training loss, {loss_text(largest, 3)} at {begun} points, is never halved here."
        )
    factor = size / result.sizes[first]
    return (
        f"The gap between test and training loss is largest at {begun} points, {loss_text(largest, 3)}; "
        f"**{factor:.1f} times as much data**, {_points(size, result.sizes)}, halves it."
    )


def _helps(result: Amount, name: str) -> str:
    """At which sizes regularisation helps, and how much data it is worth."""
    sizes = result.sizes
    last, harms = helps_up_to(result.curve("test_loss"))
    if last is None:
        lead = f"{capital(name)} clearly lowers the test loss at no size."
    else:
        up_to = f"up to {sizes[last]:,} points"
        lead = f"{capital(name)} clearly lowers the test loss {up_to}. {_worth(result)}"
    return lead if harms is None else f"{lead} With {sizes[harms]:,} points it raises it: there it is too strong."


def _worth(result: Amount) -> str:
    place, size = worth(result)
    if place is None:
        return ""
    few = f"With it {result.sizes[place]:,} points do as well as"
    many = f"all {result.sizes[-1]:,}" if size is None else size_text(size, result.sizes)
    return f"{few} {many} without."


def worth(result: Amount) -> tuple[int | None, float | None]:
    """The place of the smallest size at which regularisation clearly helps, and the size that does as well
    without; None where none does, or none here."""
    test = result.curve("test_loss")
    for place in range(len(result.sizes)):
        difference = paired_difference(test[0, :, place], test[1, :, place])
        if difference.clear and difference.mean < 0:
            without, level = mean_over_repeats(test[0]).tolist(), float(test[1, :, place].mean())
            return place, reached(result.sizes[place:], without[place:], level)
    return None, None


def _figures(settings: RegSettings, result: Amount) -> list[Figure]:
    sizes, test = result.sizes, result.curve("test_loss")
    hint = f"Points that lower the test loss to within {percent(ENOUGH)} of that with {sizes[-1]:,}."
    found = []
    for name, curve in zip(("Enough without", f"Enough with {NAMES[settings.kind]}"), test, strict=True):
        size = enough(sizes, curve)
        found.append(Figure(name, "—" if size is None else size_text(size, sizes), hint))
    first, half = halved(sizes, test[0] - result.curve("train_loss")[0])
    value = "—" if half is None else f"× {half / sizes[first]:.1f}"
    hint = f"Beginning with {sizes[first]:,} points, without regularisation."
    found.append(Figure("Halves the gap", value, hint))
    place, size = worth(result)
    if place is not None:
        hint = "So many points without regularisation lower the test loss as far."
        value = f"> {sizes[-1]:,}" if size is None else size_text(size, sizes)
        found.append(Figure(f"With {NAMES[settings.kind]}, {sizes[place]:,} are worth", value, hint))
    return found


def _how(settings: RegSettings, result: Amount) -> str:
    others = settings.points - settings.trained
    words = (
        f"Each repeat draws {settings.trained:,} points to train on, the smaller sets being parts of the larger, and "
        f"tests on {others // 2:,} others. “About” a number of points is read off between two that were run. ± is one "
        "standard error over the repeats; more than two of them make a difference that is called clear."
    )
    few, many = result.curve("test_error")[0].mean(dim=0)[[0, -1]].tolist()
    if math.isnan(few):
        return words
    sizes = f"with {result.sizes[0]:,} points, and {percent(many)} with {result.sizes[-1]:,}"
    return f"{words} Without regularisation {percent(few)} of the test points are wrong {sizes}."
