"""Losses, rates and factors in words."""

from __future__ import annotations

import math

from visualizer.text.training import loss_text, rate_text, times


def test_numbers_to_two_digits() -> None:
    assert [rate_text(rate) for rate in (0.0316, 1.0, 25, 3.16e-5)] == ["0.032", "1", "25", "3.2·10⁻⁵"]
    assert [loss_text(loss) for loss in (0.0, 0.01, 0.0084, 0.7, 12.0, 2500.0)] == [
        "0", "0.010", "8.4·10⁻³", "0.70", "12", "2.5·10³",
    ]  # fmt: skip
    assert [loss_text(loss) for loss in (0.123, 4e-5, math.nan, math.inf)] == [
        "0.12",
        "4.0·10⁻⁵",
        "diverged",
        "diverged",
    ]
    assert [times(factor) for factor in (1.25, 9.94, 9.96, 254, 12_345)] == ["1.2", "9.9", "10", "250", "12,000"]
