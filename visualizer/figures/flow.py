"""Sizes over time, on a scale of powers of ten, each named where it begins, at the first step."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from visualizer.engine.superscripts import scientific, ten_to
from visualizer.figures.svg import INK, LINE, MUTED, rect, svg, text

WIDTH, HEIGHT = 760.0, 350.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 214.0, 52.0, 16.0, 52.0
_LEAST, _MOST = -20, 30
"""The powers of ten that are drawn at most; what goes beyond leaves the figure, and its name says where to."""
_MOST_LABELS = 8
_NAME_ROOM = 16.0
_WIDEST_LABEL = 2
Place = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True)
class FlowLine:
    """A line: its name, its values at t = 1, 2, …, none below 0, and how it is drawn."""

    name: str
    values: Sequence[float]
    colour: str
    dashes: str = "none"
    width: float = 2.4


def figure_flow(
    lines: Sequence[FlowLine],
    labels: Sequence[str],
    *,
    title: str,
) -> str:
    """All lines have as many values as there are `labels`, at least one."""
    count = len(labels)
    low, high = _powers([value for line in lines for value in line.values])

    def place(step: float, log: float) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * (step / (count - 1) if count > 1 else 0.5)
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (high - log) / (high - low)

    right = WIDTH - _RIGHT
    parts = [f'<clipPath id="plot">{rect(_LEFT, _TOP, right - _LEFT, HEIGHT - _TOP - _BOTTOM, INK)}</clipPath>']
    parts += [*_scale(low, high, place), '<g clip-path="url(#plot)">']
    for line in lines:
        stroke = f'stroke="{line.colour}" stroke-width="{line.width:g}" stroke-dasharray="{line.dashes}"'
        parts.append(f'<polyline points="{" ".join(_points(line.values, place))}" fill="none" {stroke}/>')
        if count == 1:
            parts.append(f'<circle cx="{place(0, 0)[0]:.1f}" cy="{place(0, _log(line.values[0]))[1]:.1f}" r="4"/>')
    parts.append("</g>")
    return svg(WIDTH, HEIGHT, [*parts, *_names(lines, low, high, place), *_steps(labels, place)], title)


def spread(heights: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Heights moved as little as it takes to lie `room` apart, between `low` and `high` as far as they fit."""
    order = sorted(range(len(heights)), key=lambda each: heights[each])
    moved = [min(max(height, low), high) for height in heights]
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + room)
    if order and moved[order[-1]] > high:
        moved[order[-1]] = high
        for after, before in pairwise(reversed(order)):
            moved[before] = min(moved[before], moved[after] - room)
    return moved


def _log(value: float) -> float:
    """The power of ten; far below the figure for 0, far above it for what is not finite."""
    return math.log10(value) if 0 < value < math.inf else 400.0 if value else -400.0


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The whole powers of ten at the bottom and at the top, at least one apart."""
    logs = [min(max(_log(value), _LEAST), _MOST) for value in values] or [0.0]
    low = math.floor(min(logs))
    return low, max(math.ceil(max(logs)), low + 1)


def _points(values: Sequence[float], place: Place) -> list[str]:
    return [f"{x:.1f},{y:.1f}" for x, y in (place(step, _log(value)) for step, value in enumerate(values))]


def _scale(low: int, high: int, place: Place) -> list[str]:
    parts = []
    for power in range(low, high + 1, -(-(high - low) // _MOST_LABELS)):
        y = place(0, power)[1]
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{LINE}"/>')
        parts.append(text(WIDTH - _RIGHT + 8, y, ten_to(power) if power else "1", 12, MUTED, "start"))
    return parts


def _names(lines: Sequence[FlowLine], low: int, high: int, place: Place) -> list[str]:
    """The names on the left, each with the value at t = 1 and a thread to where its line begins."""
    ends = [place(0, min(max(_log(line.values[0]), low), high)) for line in lines]
    heights = spread([y for _, y in ends], _NAME_ROOM, _TOP, HEIGHT - _BOTTOM)
    parts = []
    for line, (x, end), y in zip(lines, ends, heights, strict=True):
        log = _log(line.values[0])
        beyond = " ↓" if log < low else " ↑" if log > high else ""
        parts.append(text(_LEFT - 22, y, f"{line.name}  {scientific(line.values[0])}{beyond}", 13, line.colour, "end"))
        parts.append(f'<path d="M{_LEFT - 18:g} {y:.1f}L{x - 3:.1f} {end:.1f}" stroke="{line.colour}" fill="none"/>')
    return parts


def _steps(labels: Sequence[str], place: Place) -> list[str]:
    """The inputs below their steps where there is room for all, and the numbers of some steps."""
    count, y = len(labels), HEIGHT - _BOTTOM
    every = max(1, -(-count // 10))
    shown = ["·" if not label.isprintable() else label for label in labels]
    widest = max(len(label) for label in shown)
    parts = []
    if widest <= _WIDEST_LABEL and (WIDTH - _LEFT - _RIGHT) / count >= 8 * widest:
        parts += [text(place(t, 0)[0], y + 12, label, 12, INK) for t, label in enumerate(shown) if label.strip()]
    numbers = sorted({*range(0, count - every // 2, every), count - 1})
    parts += [text(place(t, 0)[0], y + 27, str(t + 1), 11, MUTED) for t in numbers]
    return [*parts, text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 10, "step t; the loss is at the last", 12, MUTED)]
