"""Losses, rates and factors as the labs write them."""

from __future__ import annotations

import math

from visualizer.engine.superscripts import scientific

LOSSES = {"squared": "squared error", "logistic": "logistic loss", "softmax": "cross-entropy"}


def rate_text(rate: float) -> str:
    """A learning rate, to two digits."""
    return f"{float(f'{rate:.2g}'):g}" if 1e-4 <= rate < 1e5 else scientific(rate)


def loss_text(loss: float) -> str:
    """A loss: two digits, a last 0 as well, as others stand beside it; what is not finite has diverged."""
    if not math.isfinite(loss):
        return "diverged"
    return f"{loss:#.2g}".rstrip(".") if 0.00995 <= loss < 99.5 else scientific(loss)


def times(factor: float) -> str:
    """How many times as large: 3.2 or 250."""
    return f"{factor:.1f}" if factor < 9.95 else f"{float(f'{factor:.2g}'):,.0f}"


def share_text(share: float) -> str:
    """A share in per cent: with a decimal below 10%, and full only where nothing is missing."""
    digits = 1 if 0 < share < 0.0995 or 0.995 <= share < 1 else 0
    return f"{100 * share:.{digits}f}%"
