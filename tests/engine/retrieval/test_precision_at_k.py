"""Precision at k, computed by hand."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.retrieval.nearest import EUCLID, distances
from visualizer.engine.retrieval.precision_at_k import chance, most_possible, precision_at_k

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
