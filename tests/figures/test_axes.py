"""The axes: round scales, powers of ten, and names that do not lie on each other."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.figures.axes import Axes, Scale, Style, powers_of_ten, shares, spread, tick


@given(st.floats(1e-6, 1e6))
def test_a_few_ticks_reach_beyond_the_largest(largest: float) -> None:
    assert tick(largest) * 5 >= largest * (1 - 1e-6)
    assert tick(largest) * 2 < largest * (1 + 1e-6)


def test_powers_of_ten_are_few_and_lie_around_all_values() -> None:
    scale = powers_of_ten([3e-9, 20.0], -20, 30)
    assert (scale.low, scale.high) == (-9, 2)
    assert [label for _, label in scale.ticks] == ["10⁻⁹", "10⁻⁷", "10⁻⁵", "10⁻³", "10⁻¹", "10"]
    assert scale.share(1.0) == 9 / 11


@pytest.mark.parametrize("values", [[], [0.0], [math.inf], [math.nan, 1.0], [1e-300, 1e300]])
def test_powers_of_ten_of_anything_stay_within_their_limits(values: list[float]) -> None:
    scale = powers_of_ten(values, -20, 30)
    assert -20 <= scale.low < scale.high <= 31
    assert len(scale.ticks) <= 9


def test_low_values_are_below_high_ones_and_a_scale_of_one_value_has_it_in_the_middle() -> None:
    axes = Axes(Scale(3, 3, ()), shares(), 200, 100, left=50, right=50, top=10, bottom=20)
    assert axes.at(3, 0.0) == (100, 80)
    assert axes.at(3, 1.0) == (100, 10)


def test_names_are_beside_the_plot_on_either_side() -> None:
    axes = Axes(Scale(0, 1, ()), shares(), 200, 100)
    (_, right) = axes.names([("a", (1, 0.5), Style("#000000"))])
    (_, left) = axes.names([("a", (0, 0.5), Style("#000000"))], left=True)
    assert float(right.split('"')[1]) > axes.edge and 'text-anchor="start"' in right
    assert float(left.split('"')[1]) < axes.left and 'text-anchor="end"' in left


def test_spread_moves_as_little_as_it_takes() -> None:
    assert spread([10, 100, 50], 16, 0, 200) == [10, 100, 50]
    assert spread([10, 10], 16, 0, 200) == [10, 26]
    assert spread([200, 199, 198], 16, 0, 200) == [200, 184, 168]
    assert spread([], 16, 0, 200) == []


@given(st.lists(st.floats(-50, 400), min_size=1, max_size=6))
def test_names_lie_apart_and_within_the_figure(heights: list[float]) -> None:
    placed = sorted(spread(heights, 16.0, 16, 290))
    assert all(after - before >= 16 - 1e-6 for before, after in pairwise(placed))
    assert placed[0] >= 16 and placed[-1] <= 290
