"""Paired differences, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from visualizer.engine.statistics.comparisons import paired_difference, rank_sum


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


numbers = st.lists(st.integers(0, 6), min_size=1, max_size=9)


def group(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def test_rank_sums_by_hand() -> None:
    found = rank_sum(group(3, 5, 7), group(1, 5))
    assert found.share == pytest.approx((3 + 1 + 0.5) / 6)
    ties = (2**3 - 2) / (5 * 4)
    assert found.deviations == pytest.approx((4.5 - 3) / math.sqrt(6 / 12 * (6 - ties)))
    assert not found.lower and not found.higher


@given(first=numbers, second=numbers)
def test_as_scipy_without_its_correction_for_continuity(first: list[int], second: list[int]) -> None:
    found = rank_sum(group(*first), group(*second))
    # scipy counts the pairs in which the first is larger.
    assert found.share == pytest.approx(mannwhitneyu(first, second).statistic / (len(first) * len(second)))
    if len({*first, *second}) == 1:
        assert math.isnan(found.deviations) and not found.lower and not found.higher
        return
    wanted = mannwhitneyu(first, second, method="asymptotic", use_continuity=False).pvalue
    assert math.erfc(abs(found.deviations) / math.sqrt(2)) == pytest.approx(wanted, abs=1e-9)


@given(first=numbers, second=numbers)
def test_the_other_way_round_only_the_side_changes(first: list[int], second: list[int]) -> None:
    there, back = rank_sum(group(*first), group(*second)), rank_sum(group(*second), group(*first))
    assert there.share == pytest.approx(1 - back.share)
    assert (there.lower, there.higher) == (back.higher, back.lower)


def test_only_ranks_count_and_infinity_is_the_highest() -> None:
    low = group(1, 2, 3, 4)
    assert rank_sum(group(5, 6, 7, 8), low) == rank_sum(group(5, 6, 7e9, math.inf), low)
    assert rank_sum(group(5, 6, 7, 8), low).lower
    assert rank_sum(low, group(math.inf, math.inf, math.inf, math.inf)).higher


def test_between_few_numbers_nothing_is_clear() -> None:
    assert not rank_sum(group(8, 9), group(1, 2)).lower
    assert not rank_sum(group(*range(1, 20)), group(0)).lower


def test_a_clear_difference_is_chance_about_one_time_in_twenty() -> None:
    dice = np.random.default_rng(0)
    draws = torch.from_numpy(dice.random((400, 2, 20)))
    clear = [rank_sum(first, second) for first, second in draws]
    assert 0.02 < sum(each.lower or each.higher for each in clear) / len(clear) < 0.08


@pytest.mark.parametrize("group", [torch.zeros(0), torch.zeros(1, 1), torch.tensor([math.nan])])
def test_what_can_not_be_ranked_is_refused(group: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="first must be at least 1 number, none of them NaN"):
        rank_sum(group, torch.ones(2))
    with pytest.raises(ValueError, match="second must be"):
        rank_sum(torch.ones(2), group)
