"""Precision and recall: cases that can be computed by hand."""

from __future__ import annotations

import pytest
import torch
from sklearn.metrics import average_precision_score

from visualizer.engine.detector.outcome import judge, precision_recall

KNOWN = torch.tensor([[0.0, 0, 10, 10], [0, 50, 10, 10]]).double()


def test_a_second_box_on_the_same_thing_is_a_false_alarm() -> None:
    found = torch.tensor([[1.0, 0, 10, 10], [0, 0, 10, 10], [0, 20, 10, 10], [0, 51, 10, 10]]).double()
    outcome = judge(found, KNOWN)
    assert outcome.matched.tolist() == [0, -1, -1, 1]
    assert (outcome.found, outcome.false_alarms, outcome.precision, outcome.recall) == (2, 2, 0.5, 1.0)
    curve = precision_recall(torch.tensor([4.0, 3, 2, 1]), outcome)
    assert curve.precision.tolist() == pytest.approx([1, 1 / 2, 1 / 3, 1 / 2])
    assert curve.recall.tolist() == [0.5, 0.5, 0.5, 1]
    assert curve.average_precision == pytest.approx(0.5 * 1 + 0.5 * 0.5)


def test_half_an_overlap_is_not_enough() -> None:
    assert judge(torch.tensor([[0.0, 5, 10, 10]]), KNOWN).found == 0


def test_nothing_found_has_a_recall_and_no_precision() -> None:
    outcome = judge(torch.empty((0, 4)), KNOWN)
    assert (outcome.precision, outcome.recall, outcome.false_alarms) == (None, 0, 0)
    assert precision_recall(torch.empty(0), outcome).average_precision == 0


def test_nothing_known_has_no_curve() -> None:
    outcome = judge(KNOWN, torch.empty((0, 4)))
    assert (outcome.false_alarms, outcome.recall) == (2, None)
    with pytest.raises(ValueError, match="known boxes must be at least one"):
        precision_recall(torch.ones(2), outcome)


def test_with_everything_found_the_area_is_near_scikit_learns() -> None:
    hits = torch.tensor([True, True, False, True, False, True])
    boxes = torch.stack([torch.tensor([0.0, 100 * n, 10, 10]) for n in range(6)]).double()
    scores = torch.arange(6, 0, -1).double()
    curve = precision_recall(scores, judge(boxes, boxes[hits]))
    # Ours takes the best precision at this recall or beyond, scikit-learn's the one just there.
    assert 0 <= curve.average_precision - average_precision_score(hits, scores) < 0.03
