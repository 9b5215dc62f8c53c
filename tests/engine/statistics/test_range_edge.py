"""Whether the best of what was tried lies at the edge of it."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.statistics.range_edge import FIRST, LAST, ONLY, edge_of, places_at, values_at


def test_the_ends_are_edges_and_what_is_between_is_not() -> None:
    assert [edge_of(place, 4) for place in range(4)] == [FIRST, None, None, LAST]
    assert [edge_of(place, 2) for place in range(2)] == [FIRST, LAST]
    assert edge_of(0, 1) == ONLY


@pytest.mark.parametrize(("place", "count"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_that_is_none_is_refused(place: int, count: int) -> None:
    with pytest.raises(ValueError, match="place must be from 0 to"):
        edge_of(place, count)


def rows(*values: list[float]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def test_by_hand() -> None:
    curve = rows([0.0, 1.0, 3.0])
    places = places_at(rows([0.0, 0.5, 1.0, 2.5, 3.0]), curve)
    assert places.tolist() == [[0, 0.5, 1, 1.75, 2]]
    assert values_at(places, rows([10.0, 20.0, 0.0])).tolist() == [[10, 15, 20, 5, 0]]


def test_each_repeat_has_its_own_curve() -> None:
    places = places_at(rows([1.0], [1.0]), rows([0.0, 2.0], [0.0, 4.0]))
    assert places.tolist() == [[0.5], [0.25]]


def test_beyond_the_ends_there_is_no_place() -> None:
    places = places_at(rows([-1.0, 4.0, math.nan]), rows([0.0, 1.0, 3.0]))
    assert bool(places.isnan().all())
    assert bool(values_at(places, rows([1.0, 2.0, 3.0])).isnan().all())


def test_a_dip_counts_as_level_until_the_curve_is_higher_again() -> None:
    assert places_at(rows([1.5]), rows([0.0, 1.0, 0.2, 2.0])).tolist() == [[2.5]]


def test_what_is_not_known_of_a_curve_has_no_place() -> None:
    places = places_at(rows([0.5, 1.5]), rows([0.0, 1.0, math.nan]))
    assert places[0, 0] == 0.5 and bool(places[0, 1].isnan())


@given(steps=st.lists(st.floats(0.01, 5), min_size=2, max_size=8), share=st.floats(0, 1))
def test_the_curve_at_its_place_has_the_level(steps: list[float], share: float) -> None:
    curve = torch.tensor(steps, dtype=torch.float64).cumsum(dim=0).unsqueeze(0)
    level = curve[:, :1] + share * (curve[:, -1:] - curve[:, :1])
    level = level.clamp(max=float(curve[0, -1]))
    assert float(values_at(places_at(level, curve), curve)) == pytest.approx(float(level))
