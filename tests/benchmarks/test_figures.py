"""The table of the benchmarks."""

from __future__ import annotations

from benchmarks.figures import Figure, table


def test_the_reach_is_held_against_its_own_percentile() -> None:
    samples = [1.0] * 90 + [9.0] * 10
    assert Figure("half", "ms", samples, reach=5, percentile=50).reached
    assert not Figure("most", "ms", samples, reach=5, percentile=95).reached


def test_a_row_says_what_was_measured_and_how_often() -> None:
    lines = table([Figure("key → painted", "ms", [2.0, 4.0, 6.0], reach=16.7, percentile=95)]).splitlines()
    assert [cell.strip() for cell in lines[2].strip("| ").split("|")] == [
        "key → painted",
        "p95 ≤ 16.7 ms",
        "4.0",
        "5.8",
        "3",
        "yes",
    ]
