"""Counts, lists and capitals in texts."""

from __future__ import annotations

from visualizer.text.words import capital, counted, how_often, listed


def test_counts_have_a_plural() -> None:
    assert [counted(count, "filter") for count in (0, 1, 2, 1200)] == [
        "0 filters", "1 filter", "2 filters", "1,200 filters",
    ]  # fmt: skip
    assert [counted(count, "box", "boxes") for count in (1, 2)] == ["1 box", "2 boxes"]


def test_how_often() -> None:
    assert [how_often(count) for count in (0, 1, 2, 1200)] == ["not once", "once", "twice", "1,200 times"]


def test_lists() -> None:
    assert [listed(parts) for parts in (["3"], ["3", "4"], ["3", "4", "5"])] == ["3", "3 and 4", "3, 4 and 5"]


def test_a_capital_leaves_the_rest() -> None:
    assert [capital(text) for text in ("", "an LSTM")] == ["", "An LSTM"]
