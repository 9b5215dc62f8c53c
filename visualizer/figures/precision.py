"""Precision over k, a curve a ranking, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.figures.svg import INK, LINE, MARK, MINUS, MUTED, PLUS, svg, text

WIDTH, HEIGHT = 620.0, 330.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 190.0, 16.0, 40.0
_STYLES = ((PLUS, "none"), (PLUS, "6 4"), (MINUS, "none"), (MINUS, "6 4"), (MARK, "2 3"))
_ROOM = 17.0


@dataclass(frozen=True)
class Curve:
    """A ranking and its precision at 1, 2, …, as shares of 1."""

    name: str
    values: Sequence[float]


def figure_precision(curves: Sequence[Curve], k: int, lot: float, *, title: str) -> str:
    """At most five curves, k marked, and a dotted line at what a ranking drawn by lot reaches."""
    most = len(curves[0].values)

    def place(at: int, share: float) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * (at - 1) / max(1, most - 1)
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - share)

    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = place(1, share)[1]
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{LINE}"/>')
        parts.append(text(_LEFT - 8, y, f"{share:.0%}", 12, MUTED, "end"))
    for at in range(1, most + 1):
        parts.append(text(place(at, 0)[0], HEIGHT - _BOTTOM + 13, str(at), 12, MUTED))
    x = place(k, 0)[0]
    parts.append(f'<path d="M{x:.1f} {_TOP:g}V{HEIGHT - _BOTTOM:g}" stroke="{MARK}" stroke-width="1.5"/>')
    y = place(1, lot)[1]
    parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{MUTED}" stroke-dasharray="1 4"/>')
    for curve, (colour, dashes) in zip(curves, _STYLES, strict=False):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(at + 1, v) for at, v in enumerate(curve.values)))
        line = f'stroke="{colour}" stroke-width="2.3" stroke-dasharray="{dashes}"'
        parts.append(f'<polyline points="{points}" fill="none" {line}/>')
    ends = [
        (place(most, curve.values[-1])[1], curve.name, style[0]) for curve, style in zip(curves, _STYLES, strict=False)
    ]
    for height, name, colour in spread_out([*ends, (y, "drawn by lot", MUTED)]):
        parts.append(text(WIDTH - _RIGHT + 8, height, name, 13, colour if colour != MUTED else INK, "start"))
    parts.append(text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 10, "k, the nearest that are looked at", 12.5, MUTED))
    return svg(WIDTH, HEIGHT, parts, title)


def spread_out(ends: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Names at the ends of their curves (height, name, colour), moved apart where a line would not fit between them."""
    placed: list[tuple[float, str, str]] = []
    for height, name, colour in sorted(ends):
        least = placed[-1][0] + _ROOM if placed else _TOP
        placed.append((max(height, least), name, colour))
    over = placed[-1][0] - (HEIGHT - _BOTTOM)
    limit = HEIGHT - _BOTTOM
    if over > 0:
        for at in range(len(placed) - 1, -1, -1):
            placed[at] = (min(placed[at][0], limit), *placed[at][1:])
            limit = placed[at][0] - _ROOM
    return placed
