"""Paired differences, by hand."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.statistics.paired_difference import paired_difference


def test_by_hand() -> None:
    found = paired_difference(torch.tensor([5.0, 1.0, 3.0]), torch.tensor([4.0, 1.0, 1.0]))
    assert (found.mean, found.lower, found.count) == (-1.0, 2, 3)
    assert found.error == pytest.approx(1 / math.sqrt(3))
    assert not found.clear


def test_what_all_repeats_share_is_clear_however_far_they_are_from_each_other() -> None:
    first = torch.tensor([1.0, 10.0, 100.0])
    assert paired_difference(first, first - torch.tensor([0.5, 0.6, 0.4])).clear
    assert not paired_difference(first, first).clear


def test_rounding_is_not_clear_though_all_repeats_agree() -> None:
    first = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    assert not paired_difference(first, first + 1e-9).clear
    assert paired_difference(first, first + 1e-4).clear


def test_one_repeat_is_never_clear() -> None:
    found = paired_difference(torch.tensor([1.0]), torch.tensor([0.0]))
    assert (found.mean, found.lower) == (-1.0, 1)
    assert math.isnan(found.error) and not found.clear


def test_what_is_not_known_is_not_clear() -> None:
    assert not paired_difference(torch.tensor([1.0, 2.0]), torch.tensor([math.nan, 0.0])).clear


@given(values=st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=2, max_size=6))
def test_the_other_way_round_only_the_sign_changes(values: list[tuple[float, float]]) -> None:
    first, second = torch.tensor(values, dtype=torch.float64).t()
    there, back = paired_difference(first, second), paired_difference(second, first)
    assert (there.mean, there.error, there.clear) == (-back.mean, back.error, back.clear)


def test_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"second must be as long as first, at least 1, got \(3,\), \(2,\)"):
        paired_difference(torch.ones(2), torch.ones(3))
