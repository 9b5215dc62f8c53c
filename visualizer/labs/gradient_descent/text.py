"""How the lab writes its numbers."""

from __future__ import annotations

import math

from visualizer.engine.superscripts import scientific


def said(value: float) -> str:
    """A number of any size, with three digits where it is no power of ten: 0.251, 1,441, 10⁻⁴, 2.3·10⁻⁶."""
    if value == 0 or not math.isfinite(value) or not 0.001 < abs(value) < 1e6:
        return scientific(value).removeprefix("1.0·")
    return (f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}").replace("-", "−")


def signed(value: float) -> str:
    """A slope: two decimals and a true minus."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")
