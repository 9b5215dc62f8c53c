"""Precision over recall as a threshold falls, with the threshold that is chosen marked."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.figures.svg import LINE, MARK, MUTED, PLUS, svg, text

WIDTH, HEIGHT = 420.0, 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 14.0, 16.0, 38.0
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def figure_precision_recall(
    recall: Sequence[float], precision: Sequence[float], at: tuple[float, float] | None, title: str
) -> str:
    """The curve, from the best score down; `at` is (recall, precision) at the threshold, None where none is found."""

    def place(share: float, height: float) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * share
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - height)

    parts = []
    for tick in _TICKS:
        x, y = place(tick, tick)
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}M{x:.1f} {_TOP:g}V{HEIGHT - _BOTTOM:g}"')
        parts[-1] += f' stroke="{LINE}"/>'
        parts.append(text(_LEFT - 6, y, f"{tick:.0%}", 11, MUTED, "end"))
        parts.append(text(x, HEIGHT - _BOTTOM + 12, f"{tick:.0%}", 11, MUTED))
    corners = [place(0, precision[0])] if precision else []
    corners += [place(*each) for each in zip(recall, precision, strict=True)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    parts.append(f'<polyline points="{points}" fill="none" stroke="{PLUS}" stroke-width="2"/>')
    if at:
        x, y = place(*at)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{MARK}"/>')
    parts.append(text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 9, "recall: the share of all that is there", 12, MUTED))
    parts.append(
        f'<g transform="rotate(-90 9 {(_TOP + HEIGHT - _BOTTOM) / 2:g})">'
        + text(9, (_TOP + HEIGHT - _BOTTOM) / 2, "precision", 12, MUTED)
        + "</g>"
    )
    return svg(WIDTH, HEIGHT, parts, title)
