"""Whole numbers as exponents, in plain text."""

from __future__ import annotations

import math

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(number: int) -> str:
    """The number as an exponent: ⁻¹²."""
    return str(number).translate(_RAISED)


def scientific(value: float) -> str:
    """A size that may be of any order: 0.37, 250, 3.2·10⁻⁹, to two digits."""
    if value == 0 or 0.01 <= abs(value) < 999.5:
        return (f"{value:.2g}" if abs(value) < 99.5 else f"{value:.0f}").replace("-", "−")
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "not a number"
    mantissa, power = f"{value:.1e}".split("e")
    return f"{mantissa.replace('-', '−')}·{ten_to(int(power))}"


def ten_to(power: int) -> str:
    """A power of ten with its exponent as a superscript."""
    return f"10{superscript(power)}"
