"""The axes of a line chart: scales with their ticks, the grid, lines, and names at the lines' ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from visualizer.engine.superscripts import ten_to
from visualizer.figures.palette import INK, LINE, MARK, MUTED
from visualizer.figures.svg import svg, text
from visualizer.text.numbers import percent

Point = tuple[float, float]
_MAX_POWERS, _NAME_ROOM, _KEY = 8, 16.0, 18.0
_BEYOND = 400.0
"""The power of ten of 0, negative, and of what is not finite: far out of any figure."""


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high`, or the powers of ten between them, and what is written at some of them."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    powers: bool = False

    def share(self, value: float) -> float:
        """Where a value is, as a share of the axis; outside 0 to 1 for what is beyond its ends."""
        place = log10(value) if self.powers else value
        return (place - self.low) / (self.high - self.low) if self.high > self.low else 0.5


@dataclass(frozen=True)
class Style:
    """How a line is drawn."""

    colour: str
    dashes: str = "none"
    width: float = 2.3

    @property
    def stroke(self) -> str:
        return f'fill="none" stroke="{self.colour}" stroke-width="{self.width:g}" stroke-dasharray="{self.dashes}"'


@dataclass(frozen=True)
class Axes:
    """Where a chart's values stand: its two scales, its size, and the margins around the plot."""

    across: Scale
    up: Scale
    width: float
    height: float
    left: float = 52.0
    right: float = 14.0
    top: float = 16.0
    bottom: float = 40.0

    @property
    def edge(self) -> float:
        """The right edge of the plot."""
        return self.width - self.right

    @property
    def floor(self) -> float:
        """The lower edge of the plot."""
        return self.height - self.bottom

    def at(self, x: float, y: float) -> Point:
        """The place of a pair of values in the figure."""
        across, up = self.across.share(x), self.up.share(y)
        return self.left + (self.edge - self.left) * across, self.floor - (self.floor - self.top) * up

    def grid(self, *, labels_right: bool = False, columns: bool = False) -> list[str]:
        """A line at every tick of the vertical scale, or of both, and what is written at the ticks."""
        x, anchor = (self.edge + 8, "start") if labels_right else (self.left - 8, "end")
        parts = []
        for value, label in self.up.ticks:
            y = self.at(self.across.low, value)[1]
            parts.append(f'<path d="M{self.left:g} {y:.1f}H{self.edge:g}" stroke="{LINE}"/>')
            parts.append(text(x, y, label, 12, MUTED, anchor))
        for value, label in self.across.ticks:
            x = self.at(value, 1.0)[0]
            parts += [f'<path d="M{x:.1f} {self.top:g}V{self.floor:g}" stroke="{LINE}"/>'] if columns else []
            parts.append(text(x, self.floor + 13, label, 12, MUTED))
        return parts

    def line(self, points: Iterable[Point], style: Style) -> str:
        """A line through the values."""
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in (self.at(*point) for point in points))
        return f'<polyline points="{places}" {style.stroke}/>'

    def dot(self, point: Point, colour: str = MARK, radius: float = 5.0, opacity: float = 1.0) -> str:
        x, y = self.at(*point)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}" opacity="{opacity:g}"/>'

    def rule(self, x: float) -> str:
        """An upright line that marks a value of the horizontal scale."""
        place = self.at(x, self.up.low)[0]
        return f'<path d="M{place:.1f} {self.top:g}V{self.floor:g}" stroke="{MARK}" stroke-width="1.5"/>'

    def names(self, ends: Sequence[tuple[str, Point, Style]], *, left: bool = False) -> list[str]:
        """The name of each line beside its end, with a piece of the line, moved apart where names would collide."""
        places = [self.at(*point) for _, point, _ in ends]
        heights = spread([y for _, y in places], _NAME_ROOM, self.top, self.floor)
        plot, outwards = (self.left, -1) if left else (self.edge, 1)
        parts = []
        for (name, _, style), (x, end), y in zip(ends, places, heights, strict=True):
            start = min(max(end, self.top), self.floor) if abs(x - plot) < 1 else y
            key = f"M{plot + 4 * outwards:g} {start:.1f}L{plot + _KEY * outwards:g} {y:.1f}"
            parts.append(f'<path d="{key}" {style.stroke}/>')
            parts.append(text(plot + (_KEY + 5) * outwards, y, name, 12.5, INK, "end" if left else "start"))
        return parts

    def figure(self, parts: Iterable[str], below: str, title: str) -> str:
        """The whole chart; `below` says what the horizontal scale counts."""
        label = text((self.left + self.edge) / 2, self.height - 10, below, 12.5, MUTED)
        return svg(self.width, self.height, [*parts, label], title)


def shares() -> Scale:
    """From 0 to 100 per cent in quarters."""
    return Scale(0.0, 1.0, [(quarter / 4, percent(quarter / 4, 0)) for quarter in range(5)])


def rounded(largest: float, write: Callable[[float], str]) -> Scale:
    """From 0 to the first round number that is not below the largest value."""
    apart = tick(largest)
    count = max(1, math.ceil(largest / apart - 1e-9))
    return Scale(0.0, count * apart, [(number * apart, write(number * apart)) for number in range(count + 1)])


def counts(low: int, high: int, shown: Iterable[int]) -> Scale:
    """Whole numbers, some of which are written."""
    return Scale(low, high, [(number, f"{number:,}") for number in shown])


def powers_of_ten(values: Iterable[float], least: int, most: int) -> Scale:
    """Whole powers of ten around all values, at least one apart, none below `least` or above `most`."""
    logs = [min(max(log10(value), least), most) for value in values] or [0.0]
    low = math.floor(min(logs))
    high = max(math.ceil(max(logs)), low + 1)
    ticks = range(low, high + 1, -(-(high - low) // _MAX_POWERS))
    return Scale(low, high, [(10.0**power, {0: "1", 1: "10"}.get(power) or ten_to(power)) for power in ticks], True)


def log10(value: float) -> float:
    return math.log10(value) if 0 < value < math.inf else _BEYOND if value else -_BEYOND


def tick(largest: float) -> float:
    """How far the lines of a scale are apart: 1, 2 or 5 of some power of ten, at most five of them."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest / 5))
    return next(round_ * power for round_ in (1, 2, 5, 10, 20) if round_ * power * 5 >= largest * (1 - 1e-9))


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
