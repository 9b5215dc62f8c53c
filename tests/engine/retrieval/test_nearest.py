"""Distances and nearest neighbours, against plain Python."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.retrieval.nearest import (
    COSINE,
    EUCLID,
    MEASURES,
    chance,
    distances,
    most_possible,
    nearest,
    precision_at_k,
)

NUMBERS = st.integers(-4, 4).map(float)


def plain_distance(a: list[float], b: list[float], measure: str) -> float:
    if measure == EUCLID:
        return math.dist(a, b)
    lengths = math.hypot(*a) * math.hypot(*b)
    if not lengths:
        return 0.0 if not any(a) and not any(b) else 1.0
    return 1 - sum(x * y for x, y in zip(a, b, strict=True)) / lengths


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[float], list[list[float]]]:
    width = draw(st.integers(1, 4))
    row = st.lists(NUMBERS, min_size=width, max_size=width)
    return draw(row), draw(st.lists(row, min_size=1, max_size=8))


@given(tables(), st.sampled_from(MEASURES), st.integers(1, 9))
def test_the_nearest_are_those_of_a_search_by_hand(
    drawn: tuple[list[float], list[list[float]]], measure: str, count: int
) -> None:
    query, rows = drawn
    found = nearest(torch.tensor(query), torch.tensor(rows), count, measure)
    every = [plain_distance(query, row, measure) for row in rows]
    assert [each.distance for each in found] == pytest.approx(sorted(every)[:count], abs=1e-12)
    assert [every[each.place] for each in found] == pytest.approx(sorted(every)[:count], abs=1e-12)
    assert len({each.place for each in found}) == min(count, len(rows))


def test_equal_distances_keep_the_order_and_the_query_is_left_out() -> None:
    table = torch.tensor([[2.0, 0.0], [0.0, 2.0], [0.0, 0.0], [2.0, 0.0]])
    found = nearest(table[2], table, 9, EUCLID, without=2)
    assert [each.place for each in found] == [0, 1, 3]
    assert {each.distance for each in found} == {2.0}


def test_small_distances_keep_their_digits() -> None:
    a = torch.full((1, 100), 1e4, dtype=torch.float64)
    b = a.clone()
    b[0, 7] += 1e-3
    assert float(distances(a, b, EUCLID)) == pytest.approx(1e-3, rel=1e-6)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_picture_is_at_no_distance_from_itself(measure: str) -> None:
    table = torch.rand(5, 40, generator=torch.Generator().manual_seed(1))
    assert distances(table, table, measure).diagonal().abs().max() < 1e-12


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="measure: must be one of cosine, euclid"):
        distances(torch.ones(1, 2), torch.ones(1, 2), "city block")
    with pytest.raises(ValueError, match="table: must have as many columns"):
        distances(torch.ones(1, 2), torch.ones(1, 3), COSINE)


# On a line: a at 0 and 1, b at 2.5 and 10, a at 11.5.
PLACES = torch.tensor([[0.0], [1.0], [2.5], [10.0], [11.5]])
LABELS = torch.tensor([0, 0, 1, 1, 0])


def test_by_hand() -> None:
    apart = distances(PLACES, PLACES, EUCLID)
    # The neighbours in order: a0: a b b a; a1: a b b a; b2.5: a a b a; b10: a b a a; a11.5: b b a a.
    hits = [[1, 0, 0, 1], [1, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 1]]
    expected = [sum(sum(row[:k]) / k for row in hits) / 5 for k in range(1, 5)]
    assert precision_at_k(apart, LABELS, 4).tolist() == pytest.approx(expected)


def test_all_of_one_kind_are_always_right() -> None:
    apart = distances(PLACES, PLACES, EUCLID)
    assert precision_at_k(apart, torch.zeros(5, dtype=torch.int64), 4).tolist() == [1.0] * 4


def test_by_lot() -> None:
    # Three a and two b: (3·2 + 2·1) of 5·4 pairs.
    assert chance(LABELS) == pytest.approx(8 / 20)


def test_a_perfect_ranking_finds_what_there_is() -> None:
    # Each a has two others, each b one.
    assert [most_possible(LABELS, k) for k in (1, 2, 4)] == pytest.approx([1, (3 * 2 + 2) / 10, (3 * 2 + 2) / 20])


@pytest.mark.parametrize("most", [0, 5])
def test_as_many_as_there_are_others(most: int) -> None:
    with pytest.raises(ValueError, match="most: must be from 1 to 4"):
        precision_at_k(distances(PLACES, PLACES, EUCLID), LABELS, most)


def test_shapes_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="distances: must be"):
        precision_at_k(torch.zeros(4, 4), LABELS, 2)
