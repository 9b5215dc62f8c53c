"""Figures as SVG: made of numbers and the app's own words, on a light card; `darkened` makes them fit a dark page."""

from __future__ import annotations

import html
from collections.abc import Iterable

from visualizer.figures.palette import CARD, INK

PICTURE = 'class="picture" '
"""Marks an image in a figure that keeps its colours in a dark theme."""


def svg(width: float, height: float, parts: Iterable[str], title: str) -> str:
    """The whole figure; `title` is what a screen reader says."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="system-ui, sans-serif">'
        f"<title>{html.escape(title)}</title>"
        f'<rect width="{width:g}" height="{height:g}" rx="6" fill="{CARD}"/>{"".join(parts)}</svg>'
    )


def darkened(figure: str) -> str:
    """The figure for a dark page: lightness is inverted, hues stay, and the card lets the page through."""
    turned = figure.replace("<svg ", '<svg style="filter:invert(0.93) hue-rotate(180deg)" ', 1)
    turned = turned.replace(f"<image {PICTURE}", '<image filter="hue-rotate(180deg) invert(1)" ')
    return turned.replace(f'rx="6" fill="{CARD}"', 'rx="6" fill="none"', 1)


def rect(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}" stroke="{stroke}"/>'


def text(x: float, y: float, words: str, size: float, fill: str = INK, anchor: str = "middle") -> str:
    """A line of text; x and y are its middle, or with anchor "start" or "end" that end of it."""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}" '
        f'dominant-baseline="central">{html.escape(words)}</text>'
    )


def digits(value: float, decimals: int = 2) -> str:
    """A number with a true minus; very large ones by their power of ten."""
    shown = f"{value:.{decimals}f}" if abs(value) < 1000 else f"{value:.1e}"
    plain = shown.removeprefix("-") if not any(digit in "123456789" for digit in shown) else shown
    return plain.replace("-", "−")
