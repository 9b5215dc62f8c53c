"""The answer of the view "Deeper": the best depth at as many parameters, and whether that is more than chance."""

from __future__ import annotations

import math

from visualizer.engine.statistics.comparisons import rank_sum
from visualizer.engine.statistics.range_edge import LAST, edge_of
from visualizer.engine.statistics.zones import median
from visualizer.labs.architecture.deeper.run import Depths
from visualizer.labs.architecture.error_axis import spread
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.text import error_phrase, error_text
from visualizer.labs.architecture.wider.reading import FEW, is_better
from visualizer.text.numbers import loss_text, percent, times
from visualizer.text.words import counted, listed
from visualizer.ui.answer import Answer, Figure

_HEAD = (
    "| hidden layers | units | parameters | test error, median | lowest – highest | training loss |\n"
    "| ---: | --- | ---: | ---: | ---: | ---: |\n"
)


def answer(settings: ArchitectureSettings, found: Depths) -> Answer:
    """Which depth does best, how it compares with one hidden layer and with the others, and why others fail."""
    errors = median(found.errors)
    best = best_depth(found)
    if not math.isfinite(float(errors[best])):
        return Answer("Training diverges at every depth: choose a lower learning rate.")
    words = f"{_verdict(settings, found, best)} {_against_one(settings, found, best)}".strip()
    more = [_others(found, best), _training(found, best), _deepest(found, best), _picked(found), _few(settings)]
    said = " ".join(part for part in more if part)
    return Answer(words, _figures(settings, found, best), f"{said}\n\n{_table(settings, found)}")


def best_depth(found: Depths) -> int:
    """The place of the depth with the lowest median test error, and of the lowest test loss where several have it."""
    errors, losses = median(found.errors).tolist(), median(found.test_losses).tolist()
    return min(range(len(errors)), key=lambda place: (errors[place], losses[place]))


def _verdict(settings: ArchitectureSettings, found: Depths, best: int) -> str:
    phrase = error_phrase(float(median(found.errors)[best]), settings.classes)
    about = f"with about {settings.parameters:,} parameters"
    if len(found.errors) == 1:
        return f"There is no deeper net to compare with: {about}, 1 hidden layer has {phrase}."
    if best == 0:
        return f"**Not here**: {about}, **1 hidden layer** does best, with {phrase}."
    said = "**It helps here**" if is_better(found.errors[best], found.errors[0]) else "**Hardly**"
    most = ", the most tried," if edge_of(best, len(found.errors)) == LAST else ""
    return f"{said}: {about}, **{counted(best + 1, 'hidden layer')}**{most} do best, with {phrase}."


def _against_one(settings: ArchitectureSettings, found: Depths, best: int) -> str:
    """The best depth beside one hidden layer, and whether the seeds alone could make that difference."""
    if best == 0:
        return ""
    alone, error = (float(median(found.errors)[place]) for place in (0, best))
    factor = f", {times(alone / error)} times as much" if error > 0 and math.isfinite(alone) and alone > error else ""
    words = f"1 hidden layer has {error_text(alone, settings.classes)}{factor}"
    if settings.nets < FEW:
        return f"{words}."
    ranks = rank_sum(found.errors[0], found.errors[best])
    beyond = "is **more than chance**" if ranks.lower else "**may be chance**"
    wins = f"of all pairs of nets, the deeper one wins {percent(ranks.share, 0)}"
    overlap = bool(found.errors[best].max() >= found.errors[0].min())
    still = ", though single nets of both overlap" if ranks.lower and overlap else ""
    return f"{words}. That {beyond}{still}: {wins}."


def _others(found: Depths, best: int) -> str:
    """Which depths do about as well, and which are worse."""
    alike = [
        place
        for place in range(len(found.errors))
        if place != best and not is_better(found.errors[best], found.errors[place])
    ]
    worse = [place for place in range(len(found.errors)) if place != best and place not in alike]
    words = []
    if alike:
        words.append(f"Not clearly worse: {_depths(alike)}.")
    if worse:
        words.append(f"Clearly worse: {_depths(worse)}.")
    return " ".join(words)


def _depths(places: list[int]) -> str:
    """The depths at these places: "1, 4 and 5 hidden layers"."""
    return f"{listed([str(place + 1) for place in places])} hidden layer{'' if places == [0] else 's'}"


def _training(found: Depths, best: int) -> str:
    """What depth does to the training loss, where it does anything good."""
    losses = median(found.train_losses).tolist()
    lowest = min(range(len(losses)), key=losses.__getitem__)
    if len(losses) == 1 or (lowest == 0 and best):
        return ""
    if lowest == 0:
        return "The training points are fitted best by 1 hidden layer, too."
    return (
        f"The training points are fitted best by {counted(lowest + 1, 'hidden layer')}: squared error "
        f"{loss_text(losses[lowest])}, "
        f"with 1 layer {loss_text(losses[0])}."
    )


def _deepest(found: Depths, best: int) -> str:
    """Why the deepest nets are worse, where they are: they can't be trained as well, or they fit the noise."""
    last = len(found.errors) - 1
    if last == best or not is_better(found.errors[best], found.errors[last]):
        return ""
    losses = median(found.train_losses)
    fitted = f"With {counted(last + 1, 'hidden layer')}, the training points are fitted"
    if float(losses[last]) > float(losses[best]):
        return f"{fitted} less well, too: such nets are harder to train."
    return f"{fitted} better, but not the test points: such nets overfit."


def _picked(found: Depths) -> str:
    if len(found.errors) == 1:
        return ""
    return "The best depth is chosen by the same test points that its error is measured on, which flatters it a little."


def _few(settings: ArchitectureSettings) -> str:
    if settings.nets < FEW:
        return f"With fewer than {FEW} nets of each depth nothing is known of their spread: take more."
    return ""


def _figures(settings: ArchitectureSettings, found: Depths, best: int) -> tuple[Figure, ...]:
    errors, losses = median(found.errors).tolist(), median(found.train_losses).tolist()
    spread, most = found.errors[best], "at least " if best and edge_of(best, len(errors)) == LAST else ""
    low, high = (error_text(float(each), settings.classes) for each in (spread.min(), spread.max()))
    return (
        Figure(
            "Best depth", f"{most}{counted(best + 1, 'hidden layer')}", "The one with the lowest median test error."
        ),
        Figure("Error there", error_text(errors[best], settings.classes), f"From {low} to {high} over the nets."),
        Figure("With 1 layer", error_text(errors[0], settings.classes), "The median test error."),
        Figure(
            "Training loss there", loss_text(losses[best]), f"The median; with 1 layer it is {loss_text(losses[0])}."
        ),
    )


def _table(settings: ArchitectureSettings, found: Depths) -> str:
    """The nets of every depth, and what they came to."""
    errors, losses = median(found.errors).tolist(), median(found.train_losses).tolist()
    lows, highs = (each.tolist() for each in spread(found.errors))
    rows = []
    for place, shape in enumerate(found.shapes):
        error, low, high = (error_text(each[place], settings.classes) for each in (errors, lows, highs))
        sizes = " · ".join(str(size) for size in shape.sizes[1:-1])
        cells = (str(place + 1), sizes, f"{shape.count:,}", error, f"{low} – {high}", loss_text(losses[place]))
        rows.append(f"| {' | '.join(cells)} |")
    return _HEAD + "\n".join(rows)
