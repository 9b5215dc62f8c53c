"""Shares, losses, rates, factors and durations in texts."""

from __future__ import annotations

import math

from visualizer.text.numbers import duration, loss_text, percent, rate_text, times


def test_percent() -> None:
    shares = (0, 0.004, 0.031, 0.0996, 0.5, 0.996, 1)
    assert [percent(share) for share in shares] == [
        "0 %", "0.4 %", "3.1 %", "10 %", "50 %", "99.6 %", "100 %",
    ]  # fmt: skip
    assert [percent(share, 1) for share in (0, 0.0312, 1.164)] == ["0.0 %", "3.1 %", "116.4 %"]
    assert [percent(share, 0) for share in (math.nan, math.inf)] == ["–", "∞"]


def test_bounded_percent_never_says_nothing_or_all_of_what_is_neither() -> None:
    shares = (0, 1e-9, 0.00999, 0.01, 0.5, 0.99, 0.9901, 1)
    assert [percent(share, 0, bounded=True) for share in shares] == [
        "0 %", "< 1 %", "< 1 %", "1 %", "50 %", "99 %", "> 99 %", "100 %",
    ]  # fmt: skip
    assert [percent(share, 1, bounded=True) for share in (0.0009, 0.0312, 0.9991)] == [
        "< 0.1 %", "3.1 %", "> 99.9 %",
    ]  # fmt: skip


def test_rates_to_two_digits() -> None:
    assert [rate_text(rate) for rate in (0.0316, 1.0, 25, 3.16e-5)] == ["0.032", "1", "25", "3.2·10⁻⁵"]


def test_losses_are_written_alike() -> None:
    assert [loss_text(loss) for loss in (0.0, 0.01, 0.0084, 0.123, 0.7, 12.0, 2500.0)] == [
        "0", "0.010", "8.4·10⁻³", "0.12", "0.70", "12", "2.5·10³",
    ]  # fmt: skip
    assert [loss_text(loss, 3) for loss in (0.4412, 0.7, 123.4, 2.5e-3)] == ["0.441", "0.700", "123", "2.5·10⁻³"]
    assert [loss_text(loss) for loss in (math.nan, math.inf)] == ["diverged", "diverged"]


def test_factors() -> None:
    assert [times(factor) for factor in (1.25, 9.94, 9.96, 254, 12_345, 4e7)] == [
        "1.2", "9.9", "10", "250", "12,000", "4.0·10⁷",
    ]  # fmt: skip


def test_durations() -> None:
    assert [duration(seconds) for seconds in (0.0001, 0.035, 0.1, 8.54, 40, 89, 91, 36_000)] == [
        "1 ms", "35 ms", "0.1 s", "8.5 s", "40 seconds", "89 seconds", "2 minutes", "600 minutes",
    ]  # fmt: skip
