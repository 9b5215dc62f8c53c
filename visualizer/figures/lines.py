"""Two lines over whole numbers, from 0 up, each named at its end, with one place marked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from visualizer.figures.svg import INK, LINE, MARK, MINUS, MUTED, PLUS, svg, text

WIDTH, HEIGHT = 460.0, 210.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 110.0, 14.0, 34.0
_LINE = 15.0
_STYLES = ((PLUS, "none"), (MINUS, "6 4"))


def figure_lines(lines: Sequence[tuple[str, Sequence[float]]], *, below: str, at: float | None, title: str) -> str:
    """Each line has a name and its values at 0, 1, 2, …, as shares of 1; `below` says what is counted."""
    count = len(lines[0][1])
    largest = max(max(values) for _, values in lines)
    apart = tick(largest)
    ticks = max(1, math.ceil(largest / apart - 1e-9))
    most = ticks * apart

    def place(step: float, value: float) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * step / max(1, count - 1)
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - value / most)

    parts = []
    for number in range(ticks + 1):
        y = place(0, number * apart)[1]
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{LINE}"/>')
        parts.append(text(_LEFT - 6, y, f"{number * apart:.{_decimals(apart)}%}", 11, MUTED, "end"))
    for step in range(count):
        parts.append(text(place(step, 0)[0], HEIGHT - _BOTTOM + 12, str(step), 11, MUTED))
    if at is not None and 0 <= at <= count - 1:
        x = place(at, 0)[0]
        parts.append(f'<path d="M{x:.1f} {_TOP:g}V{HEIGHT - _BOTTOM:g}" stroke="{MARK}" stroke-width="1.5"/>')
    for (_, values), (colour, dashes) in zip(lines, _STYLES, strict=True):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(step, value) for step, value in enumerate(values)))
        line = f'stroke="{colour}" stroke-width="2.2" stroke-dasharray="{dashes}"'
        parts.append(f'<polyline points="{points}" fill="none" {line}/>')
    for (name, _), y in zip(lines, _apart([place(0, values[-1])[1] for _, values in lines]), strict=True):
        parts.append(text(WIDTH - _RIGHT + 6, y, name, 12, INK, "start"))
    parts.append(text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 9, below, 12, MUTED))
    return svg(WIDTH, HEIGHT, parts, title)


def tick(largest: float) -> float:
    """How far the lines of the scale are apart: 1, 2 or 5 of some power of ten, at most five of them."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest / 5))
    return next(round_ * power for round_ in (1, 2, 5, 10, 20) if round_ * power * 5 >= largest * (1 - 1e-9))


def _decimals(apart: float) -> int:
    """The decimals that a scale in percent needs."""
    return max(0, -math.floor(math.log10(apart * 100) + 1e-9))


def _apart(heights: list[float]) -> list[float]:
    """Two heights, moved apart where a line of text would not fit between them."""
    first, second = heights
    room = _LINE - abs(first - second)
    if room <= 0:
        return heights
    up = -1 if first <= second else 1
    return [first + up * room / 2, second - up * room / 2]
