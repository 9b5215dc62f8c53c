"""What the steps of a pooling mean, in plain language: titles, notes, the summary."""

from __future__ import annotations

from functools import lru_cache

from visualizer.engine.walks.convolution.notes import image_words
from visualizer.engine.walks.pooling.layer import Pooling

_KEPT = "Where it stood, its switch, is kept for the way back."


@lru_cache(maxsize=4096)
def maximum_words(inside: int, whole: int, winners: int) -> tuple[str, str]:
    """The title and note of a maximum over `inside` numbers, `winners` of which are equally large."""
    border = " at the border" if inside < whole else ""
    if inside == 1:
        return f"The only number of the window{border}", f"The window sees one number, which is its largest. {_KEPT}"
    title = f"The largest of {inside} numbers{border}"
    padding = "What lies past the border never wins. " if border else ""
    if winners > 1:
        return (
            title,
            f"{padding}{winners} numbers are equally large here; the first of them counts as the winner. {_KEPT}",
        )
    return title, f"{padding}The largest number under the window goes on, the others are dropped. {_KEPT}"


@lru_cache(maxsize=4096)
def mean_words(inside: int, count: int, whole: int) -> tuple[str, str]:
    """The title and note of a mean over `inside` numbers of a window of `whole`, divided by `count`."""
    border = " at the border" if inside < whole else ""
    title = f"The mean of {inside} number{'s' if inside > 1 else ''}{border}"
    if inside == whole:
        return title, f"The numbers under the window, added up and divided by {count}: each has the same say."
    if inside == count:
        return (
            title,
            f"{inside} of the window's {whole} places lie on the image, and only they count: divided by {count}.",
        )
    beyond = " What reaches even past the padding does not count." if count < whole else ""
    return (
        title,
        f"Of the window's {whole} places {inside} lie on the image, {count - inside} on zeros of the padding. The "
        f"zeros count too, so the sum is divided by {count}.{beyond}",
    )


UNSEEN = "No window sees this number: the output stays the same whatever it is, and so does the loss."


@lru_cache(maxsize=4096)
def switched_note(won: int, windows: int) -> str:
    """The note of a number that won in `won` of the windows that see it."""
    if windows == 0:
        return UNSEEN
    if won == 0:
        seen = "The one window that sees it" if windows == 1 else f"Each of the {windows} windows that see it"
        return f"{seen} has another winner. A number that is dropped has no part in the loss: no gradient passes."
    if won == 1:
        return (
            "This number won one window: the window's switch, cached in the forward pass, points to it. The gradient "
            "goes the same way back, unchanged."
        )
    return (
        f"The cached switches of {won} windows point to this number: it won them all. Each hands its gradient back "
        f"unchanged, and they add up."
    )


@lru_cache(maxsize=4096)
def spread_note(windows: int) -> str:
    """The note of a number that so many windows average over."""
    if windows == 0:
        return UNSEEN
    if windows == 1:
        return (
            "One window averages over this number. It hands back its gradient divided by what its sum was divided by, "
            "the same to each of its numbers."
        )
    return (
        f"{windows} windows average over this number. Each hands back its gradient divided by what its sum was divided "
        f"by, and the parts add up."
    )


def grad_title(pooling: Pooling) -> str:
    what = "pixel of the image" if pooling.source == "x" else "number before pooling"
    return f"How much does the loss change with this {what}?"


# ---- the whole pooling -------------------------------------------------------------------------------------------


def pooling_title(pooling: Pooling) -> str:
    rows, columns = pooling.grid.kernel
    return f"{pooling.kind.capitalize()} pooling in windows of {rows}×{columns} over " + image_words(
        pooling.channels, *pooling.size
    )


def pooling_summary(pooling: Pooling, backward: bool) -> str:
    """Three sentences: what goes on, what it is good for, where the walk goes."""
    rows, columns = pooling.grid.kernel
    kept = "its largest number" if pooling.kind == "max" else "the mean of its numbers"
    return (
        f"From each window of {rows}×{columns} only {kept} goes on, in every channel by itself; there are no weights. "
        f"So the output is {_smaller(pooling)}, and what the image shows may stand a little elsewhere without much "
        f"change. {_walk(pooling, backward)}"
    )


def _smaller(pooling: Pooling) -> str:
    (rows, columns), (height, width) = pooling.grid.outputs, pooling.size
    return f"{rows}×{columns} instead of {height}×{width}"


def _walk(pooling: Pooling, backward: bool) -> str:
    if not backward:
        return "We work out the output, one number after the other."
    if pooling.kind == "max":
        return "We go forward and note each winner, then hand each window's gradient back to its winner alone."
    return "We go forward, then spread each window's gradient evenly over what it averaged."
