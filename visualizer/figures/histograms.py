"""Descriptors as figures: bars, maps of numbers, and roses of directions."""

from __future__ import annotations

import math
from collections.abc import Sequence

from visualizer.engine.superscripts import scientific
from visualizer.figures.palette import INK, LINE, MINUS, MUTED, PLUS, SHADE, mixed
from visualizer.figures.svg import rect, svg, text
from visualizer.text.numbers import percent

WIDTH, HEIGHT = 320.0, 190.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 8.0, 12.0, 30.0


def figure_bars(
    values: Sequence[float], *, below: str, title: str, groups: int = 1, colours: Sequence[str] = (), ticks: bool = True
) -> str:
    """A bar for each value, none below 0, in `groups` that are shaded by turns; `below` names what is counted."""
    most = max(values, default=0.0) or 1.0
    room, tall = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    pitch, size = room / len(values), len(values) // groups
    parts = [
        rect(_LEFT + group * size * pitch, _TOP, size * pitch, tall, SHADE)
        for group in range(0, groups, 2)
        if groups > 1
    ]
    for share in (0.0, 0.5, 1.0):
        y = _TOP + tall * (1 - share)
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{LINE}"/>')
        parts.append(text(_LEFT - 6, y, scientific(most * share), 11, MUTED, "end"))
    for number, value in enumerate(values):
        high = tall * value / most
        colour = colours[number % len(colours)] if colours else PLUS
        gap = min(3.0, pitch * 0.15)
        parts.append(rect(_LEFT + number * pitch + gap / 2, _TOP + tall - high, pitch - gap, high, colour))
    if ticks and pitch >= 14:
        parts += [
            text(_LEFT + (number + 0.5) * pitch, HEIGHT - _BOTTOM + 9, str(number + 1), 10, MUTED)
            for number in range(len(values))
        ]
    return svg(WIDTH, HEIGHT, [*parts, text(_LEFT + room / 2, HEIGHT - 7, below, 12, MUTED)], title)


def figure_heat(rows: Sequence[Sequence[float]], *, across: str, down: str, title: str) -> str:
    """Numbers as a map: the stronger the blue the larger, from 0; what rows and columns are stands beside them."""
    most = max((max(row) for row in rows), default=0.0) or 1.0
    wide, tall = min(34.0, 340 / len(rows[0])), min(34.0, 240 / len(rows))
    left, top = 30.0, 8.0
    parts = [
        rect(left + j * wide, top + i * tall, wide, tall, mixed(PLUS, value / most), LINE)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
    ]
    width, height = wide * len(rows[0]), tall * len(rows)
    parts.append(text(left + width / 2, top + height + 14, across, 12, MUTED))
    middle = top + height / 2
    parts.append(f'<g transform="rotate(-90 14 {middle:.1f})">{text(14, middle, down, 12, MUTED)}</g>')
    return svg(max(left + width + 8, 200), top + height + 28, parts, title)


def figure_roses(histograms: Sequence[Sequence[float]], columns: int, *, turn: float, title: str) -> str:
    """A rose for each histogram, laid out in rows of `columns`: as many rays as bins over `turn` degrees.

    Rays count from the right downwards; over 180° each goes both ways, as an edge has no front.
    """
    cell = 200.0 / columns
    rows = -(-len(histograms) // columns)
    most = max((max(each) for each in histograms), default=0.0) or 1.0
    parts = []
    for number, histogram in enumerate(histograms):
        x, y = 10 + (number % columns + 0.5) * cell, 10 + (number // columns + 0.5) * cell
        parts.append(rect(x - cell / 2, y - cell / 2, cell, cell, "none", LINE))
        path = []
        for b, value in enumerate(histogram):
            angle = math.radians(turn * (b + (0.5 if turn == 180 else 0)) / len(histogram))
            reach = 0.46 * cell * value / most
            right, down = reach * math.cos(angle), reach * math.sin(angle)
            start = f"{x - right:.1f} {y - down:.1f}" if turn == 180 else f"{x:.1f} {y:.1f}"
            path.append(f"M{start}L{x + right:.1f} {y + down:.1f}")
        parts.append(f'<path d="{"".join(path)}" stroke="{PLUS}" stroke-width="2.2" stroke-linecap="round"/>')
    return svg(220, 20 + rows * cell, parts, title)


def figure_scatter(points: Sequence[tuple[float, float]], *, across: str, down: str, title: str) -> str:
    """Points with a share from 0 to 1 across and up."""
    size, left = 150.0, 30.0
    dots = "".join(f"M{left + x * size:.1f} {8 + (1 - y) * size:.1f}h.01" for x, y in points)
    parts = [
        rect(left, 8, size, size, "none", LINE),
        f'<path d="{dots}" stroke="{PLUS}" stroke-width="2.4" stroke-linecap="round" stroke-opacity="0.5"/>',
        text(left + size / 2, size + 22, across, 12, MUTED),
        f'<g transform="rotate(-90 14 {8 + size / 2:g})">{text(14, 8 + size / 2, down, 12, MUTED)}</g>',
    ]
    return svg(left + size + 8, size + 36, parts, title)


def figure_changes(rows: Sequence[tuple[str, float | None]], *, title: str) -> str:
    """A bar for each name, as a share of 1; orange from a third on; None says that there is nothing to compare."""
    quarters = max(1, math.ceil(4 * min(1.5, max((value or 0.0 for _, value in rows), default=0.0))))
    most, pitch, left, room = quarters / 4, 30.0, 100.0, 380.0
    parts = []
    for share in (quarter / 4 for quarter in range(quarters + 1)):
        x = left + room * share / most
        parts.append(f'<path d="M{x:.1f} 6V{pitch * len(rows) + 8:g}" stroke="{LINE}"/>')
        parts.append(text(x, pitch * len(rows) + 18, percent(share, 0), 11, MUTED))
    for number, (name, value) in enumerate(rows):
        y = 8 + pitch * (number + 0.5)
        parts.append(text(left - 8, y, name, 13, INK, "end"))
        if value is None:
            parts.append(text(left + 6, y, "not found again", 12, MUTED, "start"))
            continue
        wide = room * min(value, most) / most
        parts.append(rect(left, y - 9, max(wide, 1.5), 18, MINUS if value > 1 / 3 else PLUS))
        parts.append(text(left + wide + 6, y, percent(value, 0), 12, INK, "start"))
    return svg(left + room + 60, pitch * len(rows) + 30, parts, title)
