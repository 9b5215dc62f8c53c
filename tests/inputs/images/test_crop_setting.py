"""Where in an image there is most to be seen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from visualizer.inputs.images.crop_setting import Crop, busiest_place
from visualizer.inputs.images.images import Picture


def picture(grey: np.ndarray) -> Picture:
    return Picture("grey", np.repeat(grey[..., None], 3, axis=2).astype(np.uint8))


def test_a_blank_wall_with_one_corner_shows_the_corner() -> None:
    grey = np.full((60, 80), 250)
    grey[:12, :9] = 20

    top, left = busiest_place(picture(grey), 7, 7)

    assert top < 11 < top + 6
    assert left < 8 < left + 6


def test_an_edge_is_better_than_nothing_and_a_corner_than_a_stronger_edge() -> None:
    grey = np.full((40, 40), 100)
    grey[:, 30:] = 200

    assert busiest_place(picture(grey), 8, 8)[1] in range(23, 30)
    grey[5:9, 5:9] = 190
    top, left = busiest_place(picture(grey), 8, 8)
    assert top <= 5 <= 9 <= top + 8
    assert left <= 5 <= 9 <= left + 8


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 12), st.integers(1, 12))
def test_of_a_blank_picture_it_is_the_middle(rows: int, columns: int, height: int, width: int) -> None:
    blank = picture(np.full((rows, columns), 7))

    crop = Crop.busiest(blank, height, width)

    assert crop == crop.within(blank)
    assert abs(2 * crop.top + crop.height - rows) <= 1
    assert abs(2 * crop.left + crop.width - columns) <= 1
