"""Learning rates sorted into too small, good and too large."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from visualizer.engine.statistics.zones import (
    BEST_TRIED,
    GOOD,
    TOO_LARGE,
    TOO_SMALL,
    StrengthZones,
    find_strength_zones,
    find_zones,
    median_losses,
)

NAN, INF = math.nan, math.inf


def column(*losses: float) -> Tensor:
    """The last losses of one seed at each rate."""
    return torch.tensor(losses, dtype=torch.float64).unsqueeze(1)


ONE = torch.tensor([1.0], dtype=torch.float64)


def test_a_worked_example() -> None:
    # The best falls by 0.9, so a loss up to 0.1 + 0.09 is good.
    zones = find_zones(ONE, column(0.95, 0.5, 0.18, 0.1, 0.19, 0.2, 1.5, NAN))
    assert (zones.best, zones.low, zones.high, zones.diverging) == (3, 2, 4, 6)
    assert [zones.zone(place) for place in range(8)] == [TOO_SMALL] * 2 + [GOOD] * 3 + [TOO_LARGE] * 3


def test_a_rate_between_two_good_ones_is_good() -> None:
    zones = find_zones(ONE, column(0.7, 0.1, 0.5, 0.12, 0.6))
    assert [zones.zone(place) for place in range(5)] == [TOO_SMALL] + [GOOD] * 3 + [TOO_LARGE]
    assert zones.diverging is None


@pytest.mark.parametrize(
    ("losses", "edge"), [((0.1, 0.5, 0.6), "first"), ((0.5, 0.12, 0.1), "last"), ((0.5, 0.1, 0.12), None)]
)
def test_where_the_best_is_at_the_edge_none_is_known_to_be_good(losses: tuple[float, ...], edge: str | None) -> None:
    zones = find_zones(ONE, column(*losses))
    assert zones.edge == edge
    assert (GOOD in [zones.zone(place) for place in range(3)]) == (edge is None)
    assert find_zones(ONE, column(0.1)).edge == "only"


def test_where_no_rate_brings_the_loss_down_none_is_good() -> None:
    zones = find_zones(ONE, column(1.0, 1.0, 3.0, INF))
    assert (zones.best, zones.low, zones.high, zones.diverging) == (None, 2, 1, 2)
    assert [zones.zone(place) for place in range(4)] == [TOO_SMALL] * 2 + [TOO_LARGE] * 2
    assert find_zones(ONE, column(1.0, 1.0)).diverging is None and zones.edge is None
    assert find_zones(ONE, column(2.0, NAN)).low == 0


def test_seeds_are_taken_by_their_median_and_half_of_them_lost_is_lost() -> None:
    start = torch.tensor([1.0, 2.0], dtype=torch.float64)
    final = torch.tensor([[0.5, 0.7], [0.5, NAN], [1.5, 1.5]], dtype=torch.float64)
    assert median_losses(start, final).tolist() == [0.7, INF, INF]  # 1.5 is above the first seed's start
    before = torch.tensor([0.7, 0.9], dtype=torch.float64)  # both nets' losses fall
    assert find_zones(before, torch.tensor([[0.69, 0.89]], dtype=torch.float64)).best == 0
    three = torch.tensor([[0.1, 0.2, NAN]], dtype=torch.float64)
    assert median_losses(torch.ones(3, dtype=torch.float64), three).tolist() == [0.2]


@pytest.mark.parametrize("shape", [(3,), (0, 1), (3, 2)])
def test_losses_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="final must be"):
        find_zones(ONE, torch.ones(shape))


@given(st.lists(st.one_of(st.floats(0, 3), st.just(NAN)), min_size=1, max_size=12))
def test_zones_lie_in_order_and_hold_the_best(losses: list[float]) -> None:
    zones = find_zones(ONE, column(*losses))
    order = [TOO_SMALL, GOOD if zones.edge is None else BEST_TRIED, TOO_LARGE]
    places = [order.index(zones.zone(place)) for place in range(len(losses))]
    assert places == sorted(places)
    if zones.best is not None:
        assert zones.low <= zones.best <= zones.high
        assert all(zones.losses[zones.best] <= loss for loss in losses if loss <= 1)


def repeats(*rows: list[float]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64)


def test_higher_on_both_sides_beyond_the_spread() -> None:
    losses = repeats([9.0, 5.1, 2.0, 2.1, 4.0], [8.0, 5.0, 1.0, 0.9, 3.2])
    assert find_strength_zones(losses, losses) == StrengthZones(2, 1, 4)


def test_validation_chooses_and_the_test_says_what_is_higher() -> None:
    validation = repeats([3.0, 1.0, 2.0], [3.0, 1.0, 2.0])
    test = repeats([1.0, 2.0, 3.0], [1.1, 2.0, 2.9])
    assert find_strength_zones(validation, test) == StrengthZones(1, None, 2)


def test_within_the_spread_nothing_is_told() -> None:
    losses = repeats([2.0, 1.0, 2.0], [1.0, 1.1, 1.2])
    assert find_strength_zones(losses, losses) == StrengthZones(1)
    assert find_strength_zones(losses[:1], losses[:1]) == StrengthZones(1)


def test_strengths_with_a_repeat_that_diverged_are_left_out() -> None:
    losses = repeats([math.nan, 1.0, 3.0], [0.1, 1.0, 3.1])
    assert find_strength_zones(losses, losses) == StrengthZones(1, None, 2)
    unknown = torch.full((2, 3), math.nan)
    assert find_strength_zones(unknown, unknown) == StrengthZones(None)
