"""Shares of right answers over a length, a curve a kind of net: each seed a dot, their mean the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.figures.svg import INK, LINE, MINUS, MUTED, PLUS, svg, text

WIDTH, HEIGHT = 620.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 190.0, 16.0, 40.0
_STYLES = ((MINUS, "7 5"), (PLUS, "3 3"), (PLUS, "none"))
_LINE_ROOM = 16.0


@dataclass(frozen=True)
class SuccessCurve:
    """A kind of net and, for each length, the share of right answers that each seed reached."""

    name: str
    shares: Sequence[Sequence[float]]


def figure_success(curves: Sequence[SuccessCurve], lengths: Sequence[int], *, below: str, title: str) -> str:
    """At most three curves; `below` says what is counted."""
    most = max(lengths)

    def place(length: float, share: float) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * length / most
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - share)

    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = place(0, share)[1]
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{LINE}"/>')
        parts.append(text(_LEFT - 8, y, f"{share:.0%}", 12, MUTED, "end"))
    for length in lengths:
        parts.append(text(place(length, 0)[0], HEIGHT - _BOTTOM + 12, str(length), 12, MUTED))
    taken: list[float] = []
    for curve, (colour, dashes) in zip(curves, _STYLES, strict=False):
        means = [sum(shares) / len(shares) for shares in curve.shares]
        points = [place(length, mean) for length, mean in zip(lengths, means, strict=True)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.4" {_dashed(dashes)}/>')
        for length, shares in zip(lengths, curve.shares, strict=True):
            dots = [place(length, share) for share in shares]
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}" opacity="0.55"/>' for x, y in dots]
        name_y = points[-1][1]
        while any(abs(name_y - other) < _LINE_ROOM for other in taken):
            name_y += _LINE_ROOM / 2
        taken.append(name_y)
        parts.append(text(WIDTH - _RIGHT + 8, name_y, f"{curve.name}: {means[-1]:.0%}", 12.5, INK, "start"))
    parts.append(text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 10, below, 12.5, MUTED))
    return svg(WIDTH, HEIGHT, parts, title)


def _dashed(dashes: str) -> str:
    return f'stroke-dasharray="{dashes}"'
