"""A loss over iterations, on a scale of powers of ten, with one of them marked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from visualizer.figures.svg import LINE, MARK, MUTED, PLUS, svg, text

WIDTH, HEIGHT = 520.0, 210.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 12.0, 30.0, 34.0
_LEAST = 1e-16
_POINTS = 400
_MOST_LABELS = 8


def figure_loss(losses: Sequence[float], at: int, apart: int = 1) -> str:
    """The curve; `at` is the place that is marked. The losses are so many iterations apart."""
    logs = [math.log10(max(loss, _LEAST)) if math.isfinite(loss) else 300.0 for loss in losses]
    low, high = math.floor(min(logs)), max(math.ceil(max(logs)), math.floor(min(logs)) + 1)

    def place(iteration: int) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * iteration / max(1, len(losses) - 1)
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (high - logs[iteration]) / (high - low)

    parts = [text(_LEFT - 8, 11, "loss ℓ", 12, MUTED, "end")]
    stride = -(-(high - low) // _MOST_LABELS)
    for power in range(low, high + 1, stride):
        y = _TOP + (HEIGHT - _TOP - _BOTTOM) * (high - power) / (high - low)
        parts.append(f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="{LINE}"/>')
        parts.append(text(_LEFT - 8, y, f"{10.0**power:g}".replace("-", "−"), 11, MUTED, "end"))
    every = range(0, len(losses), -(-len(losses) // _POINTS))
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(place, every))
    x, y = place(at)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{PLUS}" stroke-width="2"/>')
    parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{MARK}"/>')
    parts.append(text((_LEFT + WIDTH) / 2, HEIGHT - 10, f"iteration (0 to {(len(losses) - 1) * apart:,})", 12, MUTED))
    return svg(WIDTH, HEIGHT, parts, f"The loss over {len(losses) - 1} iterations; at {at} it is {losses[at]:.3g}")
