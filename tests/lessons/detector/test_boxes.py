"""What the browser says was clicked is checked."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.inputs.images.images import Picture
from visualizer.lessons.detector.boxes import checked_click

PICTURE = Picture("grey", np.zeros((20, 30, 3), np.uint8))


def test_a_pixel_of_the_picture_is_taken() -> None:
    assert checked_click([0, 29], PICTURE) == (0, 29)


@pytest.mark.parametrize(
    "report", [None, "1,1", [1], [1, 2, 3], [20, 0], [0, 30], [-1, 0], [1.5, 2], [True, 1], ["1", 1], {"row": 1}]
)
def test_anything_else_is_not(report: object) -> None:
    assert checked_click(report, PICTURE) is None
