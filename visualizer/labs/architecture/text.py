"""Errors, units and layers as the lab writes them."""

from __future__ import annotations

import math

from visualizer.engine.superscripts import scientific
from visualizer.text.numbers import percent

LOSS_TITLE = "squared error"


def error_title(classes: bool) -> str:
    """What a test error is, as the title of an axis."""
    return "test points wrong" if classes else "mean squared error, test"


def error_text(error: float, classes: bool) -> str:
    """A test error: in per cent of the points, or a mean squared error to two digits."""
    if not math.isfinite(error):
        return "diverged"
    if not classes:
        return scientific(error)
    return percent(error)


def error_phrase(error: float, classes: bool) -> str:
    """The same within a sentence: "2.8 % of the test points wrong"."""
    text = error_text(error, classes)
    if not math.isfinite(error):
        return "diverged"
    return f"{text} of the test points wrong" if classes else f"a mean squared error of {text}"
