"""Overlaps and non-maximum suppression: known answers, and that a threshold may come before or after."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.engine.detector.suppression import overlaps, suppress


def boxes(*rows: tuple[float, float, float, float]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64).view(-1, 4)


def test_overlaps_by_hand() -> None:
    found = overlaps(boxes((0, 0, 2, 2)), boxes((0, 0, 2, 2), (0, 1, 2, 2), (1, 1, 2, 2), (2, 0, 2, 2)))
    assert found.tolist() == [[1, pytest.approx(2 / 6), pytest.approx(1 / 7), 0]]


def test_the_best_of_a_pile_stays() -> None:
    pile = boxes((0, 0, 10, 10), (0, 1, 10, 10), (0, 30, 10, 10), (1, 0, 10, 10))
    assert suppress(pile, torch.tensor([1.0, 3.0, 2.0, 0.5]), 0.3).tolist() == [1, 2]
    assert suppress(pile, torch.tensor([1.0, 3.0, 2.0, 0.5]), 1.0).tolist() == [1, 2, 0, 3]


def test_no_box_stays_no_box() -> None:
    assert suppress(boxes(), torch.empty(0), 0.5).tolist() == []


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match=r"most_overlap must be from 0 to 1, got 1\.5"):
        suppress(boxes(), torch.empty(0), 1.5)
    with pytest.raises(ValueError, match="scores must be as many as boxes"):
        suppress(boxes(), torch.ones(2), 0.5)


@settings(max_examples=40)
@given(st.integers(0, 999), st.floats(0, 1), st.floats(0, 1))
def test_nothing_left_overlaps_and_the_order_with_a_threshold_makes_no_difference(
    seed: int, most: float, threshold: float
) -> None:
    dice = torch.Generator().manual_seed(seed)
    corners, sides = torch.rand((40, 2), generator=dice) * 30, 5 + torch.rand((40, 2), generator=dice) * 10
    pile, scores = torch.cat([corners, sides], dim=1).double(), torch.rand(40, generator=dice)
    kept = suppress(pile, scores, most)
    shared = overlaps(pile[kept], pile[kept]).fill_diagonal_(0)
    assert float(shared.max()) <= most + 1e-12
    above = (scores >= threshold).nonzero()[:, 0]
    first = above[suppress(pile[above], scores[above], most)]
    assert first.tolist() == kept[scores[kept] >= threshold].tolist()
