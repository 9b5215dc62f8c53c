"""Numbers in texts: shares in per cent, losses, rates, factors and durations, each written one way."""

from __future__ import annotations

import math

from visualizer.engine.superscripts import scientific

PERCENT = "\N{NO-BREAK SPACE}%"


def percent(share: float, decimals: int | None = None, *, bounded: bool = False) -> str:
    """A share of 1 in per cent: 82.3 %; – for what is not a number.

    Without `decimals` there is one below 10 % and where a part is missing from 100 %. With `bounded` what is neither
    nothing nor all is never written as that: < 0.1 %, > 99.9 %.
    """
    if not math.isfinite(share):
        return "–" if math.isnan(share) else scientific(share)
    if decimals is None:
        decimals = 1 if 0 < share < 0.0995 or 0.995 <= share < 1 else 0
    least = 10.0**-decimals
    if bounded and 0 < share < least / 100:
        return f"< {least:.{decimals}f}{PERCENT}"
    if bounded and 1 - least / 100 < share < 1:
        return f"> {100 - least:.{decimals}f}{PERCENT}"
    return f"{100 * share:.{decimals}f}{PERCENT}"


def rate_text(rate: float) -> str:
    """A learning rate, to two digits."""
    return f"{float(f'{rate:.2g}'):g}" if 1e-4 <= rate < 1e5 else scientific(rate)


def loss_text(loss: float, digits: int = 2) -> str:
    """A loss: so many digits, a last 0 as well, as others stand beside it; what is not finite has diverged."""
    if not math.isfinite(loss):
        return "diverged"
    return f"{loss:#.{digits}g}".rstrip(".") if 0.00995 <= loss < 10**digits - 0.5 else scientific(loss)


def times(factor: float) -> str:
    """How many times as large: 3.2, 250, 4.1·10⁷."""
    if factor < 9.95:
        return f"{factor:.1f}"
    return f"{float(f'{factor:.2g}'):,.0f}" if factor < 1e5 else scientific(factor)


def duration(seconds: float) -> str:
    """How long something takes: 35 ms, 1.2 s, 40 seconds, 3 minutes."""
    if seconds < 0.095:
        return f"{max(1, round(1000 * seconds))} ms"
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:,.0f} minutes"
