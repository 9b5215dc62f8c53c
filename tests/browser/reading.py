"""The default walk, and what a page shows of it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from playwright.sync_api import Page

from tests.browser.shown_sums import number
from visualizer.engine import Trace
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson


@cache
def default_trace() -> Trace:
    """The walk that the lesson opens with."""
    return NetLesson(settings_of({})).trace


def shown_numbers(page: Page) -> dict[str, str]:
    """The numbers that the figure shows, by their Refs."""
    pairs = page.locator(".figure .number.known").evaluate_all(
        "(marks) => marks.map((m) => [m.dataset.ref, m.textContent])"
    )
    return {ref: text for ref, text in pairs if text}


def product_sizes(page: Page) -> list[float]:
    """The type sizes, in pixels, of the products that the figure shows."""
    sizes: list[float] = page.locator(".products .number").evaluate_all(
        "(texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"
    )
    return sizes


_LOW = "[₀-₉ᵢ]"
_STACKED = re.compile(f"({_LOW}(?:,?{_LOW})*)([⁰¹²³⁴-⁹⁽⁾ⁱᵃ-ᵡᶜᶠᶻʰʲʳʷʸˡˢˣ]+)")


def set_in_type(words: str) -> str:
    """Words as their node's text, where Unicode's small digits are set as indices, the upper before the lower."""
    return unicodedata.normalize("NFKC", _STACKED.sub(r"\2\1", words))


def shown_number(text: str) -> float:
    """A shown number without the sign of its role."""
    value = number(text.removeprefix("∂ ").removeprefix("→ ").strip())
    if value is None:
        raise ValueError(f"no number: {text!r}")
    return float(value)
