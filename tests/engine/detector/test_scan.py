"""Scanning at several scales: where windows lie, what is left out, and which are the best."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import torch
from torch import Tensor

from visualizer.engine.detector.scan import candidates_of, resized, scales_of, scan_image


@dataclass(frozen=True)
class Brightest:
    """The mean of a window of 4 × 6 pixels, every second pixel."""

    window = (4, 6)
    stride = 2

    def score(self, image: Tensor) -> Tensor:
        return torch.nn.functional.avg_pool2d(image[None], self.window, self.stride)[0, 0]


def test_the_bright_patch_is_found_where_it_is_at_every_scale() -> None:
    image = torch.zeros((1, 60, 80), dtype=torch.float64)
    image[:, 20:28, 32:44] = 1
    scan = scan_image(image, Brightest(), scales_of(1.0, 2.0, 2))
    assert [level.scores.shape for level in scan.levels] == [(29, 38), (14, 18)]
    assert scan.windows == 29 * 38 + 14 * 18
    found = candidates_of(scan, 12)
    assert found.scores.tolist() == [1.0] * 12
    top, left, height, width = found.boxes.T
    assert bool(((top >= 20) & (top + height <= 28) & (left >= 32) & (left + width <= 44)).all())
    half = scan.levels[1].scores
    assert scan.levels[1].boxes(half.argmax()[None]).tolist() == [[20, 32, 8, 12]]
    assert bool((found.scores.diff() <= 0).all())
    for box, level, place in zip(found.boxes.tolist(), found.levels.tolist(), found.places.tolist(), strict=True):
        assert list(scan.levels[level].box(*divmod(place, scan.levels[level].scores.shape[1]))) == pytest.approx(box)


def test_a_place_on_the_picture_and_its_window() -> None:
    level = scan_image(torch.zeros((1, 60, 80), dtype=torch.float64), Brightest(), [0.5]).levels[0]
    for row, column in ((0, 0), (5, 7), (13, 17)):
        top, left, height, width = level.box(row, column)
        assert level.place_at(top + height / 2, left + width / 2) == (row, column)
    assert level.place_at(0, 0) == (0, 0)
    assert level.place_at(999, 999) == (13, 17)


def test_scales_at_which_the_image_is_too_small_are_left_out() -> None:
    scan = scan_image(torch.zeros((1, 8, 8), dtype=torch.float64), Brightest(), scales_of(2.0, 2.0, 3))
    assert [level.scale for level in scan.levels] == [2.0, 1.0]
    assert scan.too_small == (0.5,)


def test_an_image_that_is_smaller_than_the_window_is_refused() -> None:
    with pytest.raises(ValueError, match="image of 3 × 9 pixels is smaller than the window of 4 × 6"):
        scan_image(torch.zeros((1, 3, 9), dtype=torch.float64), Brightest(), [1.0])


def test_resizing_keeps_a_constant_and_the_same_size_as_it_is() -> None:
    image = torch.full((1, 9, 7), 0.4, dtype=torch.float64)
    assert resized(image, 1.0) is image
    assert torch.allclose(resized(image, 0.4), torch.tensor(0.4).double())
    assert resized(image, 0.01).shape == (1, 1, 1)
