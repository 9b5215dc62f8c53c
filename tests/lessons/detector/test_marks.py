"""A classifier from a few marks: it finds what was marked, and says what is missing."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.detector.features import MARGIN, LinearDetector
from visualizer.lessons.detector.kept import Mark
from visualizer.lessons.detector.marks import patch_around, train_marks, what_is_missing


def striped() -> torch.Tensor:
    """Upright stripes on the left half, level ones on the right."""
    rows, columns = torch.meshgrid(torch.arange(100), torch.arange(160), indexing="ij")
    stripes = torch.where(columns < 80, columns // 4 % 2, rows // 4 % 2)
    return stripes.double()[None]


YES = tuple(Mark(row, 40, True) for row in (20, 40, 60, 80))
NO = tuple(Mark(row, 120, False) for row in (20, 40, 60, 80))


@pytest.mark.parametrize("marks", [YES[:1] + NO[:1], YES + NO])
def test_stripes_that_were_marked_are_told_from_the_others(marks: tuple[Mark, ...]) -> None:
    trained = train_marks(striped(), marks, 20, "hog", 0)
    scores = LinearDetector(trained.classifier, "hog", 20).score(striped())
    assert float(scores[:, :10].min()) > 0 > float(scores[:, 18:].max())
    few = len(marks) == 2
    assert trained.held_out is None if few else trained.held_out == 1
    assert trained.learnt_from == ((9, 9) if few else (27, 27))
    assert trained.tested_on == ((0, 0) if few else (1, 1))


def test_a_patch_has_its_margin_and_stays_within_the_image() -> None:
    image = torch.arange(600.0).view(20, 30)
    side = 10 + 2 * MARGIN
    assert patch_around(image, 10, 15, 10).shape == (side, side)
    assert torch.equal(patch_around(image, -5, 99, 10), patch_around(image, 5, 25, 10))
    assert float(patch_around(image, 0, 0, 10)[MARGIN, MARGIN]) == 0


def test_what_is_missing_is_said() -> None:
    assert "Nothing is marked yet" in what_is_missing(())
    assert "All marks say yes" in what_is_missing(YES)
    assert "All marks say no" in what_is_missing(NO)
    assert what_is_missing(YES + NO) == ""


def test_a_patch_that_is_larger_than_the_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="A patch of 50 × 50 pixels does not fit on an image of 40 × 30"):
        train_marks(torch.zeros((1, 30, 40)), YES + NO, 50, "hog", 0)
