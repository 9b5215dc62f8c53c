"""What the steps of a pooling mean: titles, notes, the summary."""

from __future__ import annotations

from functools import lru_cache

from visualizer.engine.walks.convolution.notes import image_words
from visualizer.engine.walks.pooling.layer import Pooling

# ---- forward -----------------------------------------------------------------------------------------------------

# Titles by: does the window extend past the border?
_ONLY = {False: "The only value of the window", True: "The only value of the window at the border"}
_LARGEST = {False: "The largest of {inside} values", True: "The largest of {inside} values at the border"}
_MEAN_OF_ONE = {False: "The mean of 1 value", True: "The mean of 1 value at the border"}
_MEAN_OF = {False: "The mean of {inside} values", True: "The mean of {inside} values at the border"}
_SWITCH = "Its position, the switch, is cached for the backward pass."
_NO_PADDING = "Padding is never the maximum."
_ONE_VALUE = "The window covers one value, which is its maximum."
_MAXIMUM = "The largest value in the window is passed on, the others are dropped."
_TIE = "{winners} values are equally large here; the first of them counts as the maximum."
_MEAN = "The values in the window are added and divided by {count}, so each has the same weight."
_MEAN_OF_IMAGE = (
    "The window has {inside} of its {whole} positions on the image, and only these count: the sum is divided by "
    "{count}."
)
_MEAN_WITH_PADDING = (
    "The window has {inside} of its {whole} positions on the image and {zeros} on zeros of the padding. The zeros "
    "count too, so the sum is divided by {count}."
)
_BEYOND_PADDING = "Positions beyond the padding do not count."


@lru_cache(maxsize=4096)
def maximum_words(inside: int, whole: int, winners: int) -> tuple[str, str]:
    """The title and note of a maximum over `inside` values, `winners` of which are equally large."""
    border = inside < whole
    if inside == 1:
        return _ONLY[border], f"{_ONE_VALUE} {_SWITCH}"
    which = _TIE.format(winners=winners) if winners > 1 else _MAXIMUM
    sentences = (_NO_PADDING, which, _SWITCH) if border else (which, _SWITCH)
    return _LARGEST[border].format(inside=inside), " ".join(sentences)


@lru_cache(maxsize=4096)
def mean_words(inside: int, count: int, whole: int) -> tuple[str, str]:
    """The title and note of a mean over `inside` values of a window of `whole`, divided by `count`."""
    border = inside < whole
    title = (_MEAN_OF if inside > 1 else _MEAN_OF_ONE)[border].format(inside=inside)
    note = _MEAN_WITH_PADDING if inside < count else _MEAN_OF_IMAGE if border else _MEAN
    first = note.format(inside=inside, whole=whole, zeros=count - inside, count=count)
    return title, f"{first} {_BEYOND_PADDING}" if inside < count < whole else first


# ---- backward ----------------------------------------------------------------------------------------------------

UNSEEN = "No window covers this value, so neither the output nor the loss depends on it."
_LOST_ONE = (
    "In the one window that covers it, another value counts as the maximum. A dropped value has no effect on the loss, "
    "so its gradient is 0."
)
_LOST_ALL = (
    "In each of the {windows} windows that cover it, another value counts as the maximum. A dropped value has no "
    "effect on the loss, so its gradient is 0."
)
_WON_ONE = (
    "This value is the maximum of one window: the window's switch, cached in the forward pass, points to it. It "
    "receives that window's gradient, unchanged."
)
_WON_SOME = (
    "This value is the maximum of {won} windows: their cached switches point to it. It receives the gradient of each, "
    "unchanged, and they add up."
)
_SPREAD_ONE = (
    "One window averages over this value. The window's gradient is divided by the same number as its sum, and each of "
    "its values receives the same part."
)
_SPREAD_SOME = (
    "{windows} windows average over this value. The gradient of each is divided by the same number as its sum, and "
    "the parts add up."
)


@lru_cache(maxsize=4096)
def switched_note(won: int, windows: int) -> str:
    """The note of a value that is the maximum of `won` of the windows that cover it."""
    if windows == 0:
        return UNSEEN
    if won == 0:
        return _LOST_ONE if windows == 1 else _LOST_ALL.format(windows=windows)
    return _WON_ONE if won == 1 else _WON_SOME.format(won=won)


@lru_cache(maxsize=4096)
def spread_note(windows: int) -> str:
    """The note of a value that `windows` windows average over."""
    if windows == 0:
        return UNSEEN
    return _SPREAD_ONE if windows == 1 else _SPREAD_SOME.format(windows=windows)


def grad_title(pooling: Pooling) -> str:
    if pooling.source == "x":
        return "How much does the loss change with this pixel of the image?"
    return "How much does the loss change with this value before pooling?"


# ---- the whole pooling -------------------------------------------------------------------------------------------

_TITLE = {
    "max": "Max pooling in windows of {rows}×{columns} over {image}",
    "average": "Average pooling in windows of {rows}×{columns} over {image}",
}
_PASSED_ON = {
    "max": "Each {rows}×{columns} window passes on only its largest value, separately in every channel; there are no "
    "weights.",
    "average": "Each {rows}×{columns} window passes on only the mean of its values, separately in every channel; there "
    "are no weights.",
}
_SMALLER = "The output is {rows}×{columns}, the input {height}×{width}, and a small shift of the input changes little."
_FORWARD_ONLY = "We compute the output one value at a time."
_BACKWARD = {
    "max": "We go forward and note each maximum, then pass each window's gradient back to its maximum alone.",
    "average": "We go forward, then spread each window's gradient evenly over the values that it averaged.",
}


def pooling_title(pooling: Pooling) -> str:
    rows, columns = pooling.grid.kernel
    image = image_words(pooling.channels, *pooling.size)
    return _TITLE[pooling.kind].format(rows=rows, columns=columns, image=image)


def pooling_summary(pooling: Pooling, backward: bool) -> str:
    """What is passed on, what it is good for, where the walk goes."""
    (rows, columns), (height, width) = pooling.grid.outputs, pooling.size
    window = dict(zip(("rows", "columns"), pooling.grid.kernel, strict=True))
    first = _PASSED_ON[pooling.kind].format(**window)
    second = _SMALLER.format(rows=rows, columns=columns, height=height, width=width)
    return f"{first} {second} {_BACKWARD[pooling.kind] if backward else _FORWARD_ONLY}"
