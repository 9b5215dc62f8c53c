"""What a measure came to over the examples of a training run, a line for each net."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visualizer.figures.lines import tick
from visualizer.figures.svg import INK, LINE, MARK, MINUS, MUTED, PLUS, svg, text

WIDTH, HEIGHT = 600.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 168.0, 26.0, 40.0
_LINE_ROOM, _POINTS = 15.0, 300
STYLES = ((PLUS, "none"), (MINUS, "7 4"), (MARK, "2 4"))
"""The colour and the dashes of the first, the second and the third line."""


@dataclass(frozen=True)
class ProgressLine:
    """A name, and points (examples, value) in order; values that are not finite are left out."""

    name: str
    points: Sequence[tuple[int, float]]


def figure_progress(
    lines: Sequence[ProgressLine],
    *,
    name: str,
    below: str,
    examples: int,
    write: Callable[[float], str],
    most: float | None = None,
    title: str,
) -> str:
    """At most three lines over 0 to `examples`; `write` says a value. The scale ends at `most`, or at the largest."""
    kept = [[(at, value) for at, value in line.points if math.isfinite(value)] for line in lines]
    largest = most or max([value for points in kept for _, value in points] or [1.0])
    apart = tick(largest)
    top = largest if most else apart * max(1, math.ceil(largest / apart - 1e-9))

    def place(at: float, value: float) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * at / max(1, examples)
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - min(value, top) / top)

    parts = [text(_LEFT - 44, 12, name, 12.5, MUTED, "start")]
    for number in range(round(top / apart) + 1):
        y = place(0, number * apart)[1]
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{LINE}"/>')
        parts.append(text(_LEFT - 8, y, write(number * apart), 11.5, MUTED, "end"))
    for share in (0, 0.25, 0.5, 0.75, 1):
        parts.append(
            text(place(share * examples, 0)[0], HEIGHT - _BOTTOM + 12, f"{share * examples:,.0f}", 11.5, MUTED)
        )
    ends = []
    for points, (colour, dashes) in zip(kept, STYLES, strict=False):
        shown = points[:: max(1, -(-len(points) // _POINTS))]
        shown += points[-1:] if points and shown[-1] != points[-1] else []
        places = [place(*point) for point in shown]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(
            f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2.2" stroke-dasharray="{dashes}"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>' for x, y in places[-1:]]
        ends.append(places[-1][1] if places else _TOP)
    for line, points, y, (colour, _) in zip(lines, kept, spread(ends, _LINE_ROOM), STYLES, strict=False):
        value = f" {write(points[-1][1])}" if points else ""
        parts.append(f'<circle cx="{WIDTH - _RIGHT + 12:g}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        parts.append(text(WIDTH - _RIGHT + 20, y, f"{line.name}{value}", 12, INK, "start"))
    parts.append(text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 10, below, 12.5, MUTED))
    return svg(WIDTH, HEIGHT, parts, title)


def spread(heights: Sequence[float], room: float) -> list[float]:
    """The heights, moved apart downwards where they are less than `room` apart, in the same order."""
    moved = list(heights)
    last = -math.inf
    for at in sorted(range(len(heights)), key=lambda each: heights[each]):
        last = moved[at] = max(heights[at], last + room)
    over = max([0.0, last - (HEIGHT - _BOTTOM)])
    return [each - over for each in moved]
