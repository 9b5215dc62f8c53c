"""What a painted grid sends is checked, whatever it is."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.inputs.images.paint import checked_report, picture_of

LEVELS = [*range(0, 192, 3)]


def test_levels_are_read_row_by_row() -> None:
    found = checked_report({"pixels": LEVELS, "serial": 7}, 8)

    assert found is not None
    assert found[0].dtype == np.uint8
    assert found[0][1].tolist() == LEVELS[8:16]
    assert found[1] == 7


@pytest.mark.parametrize(
    "report",
    [
        None,
        LEVELS,
        {"pixels": LEVELS},
        {"pixels": LEVELS[1:], "serial": 1},
        {"pixels": [*LEVELS, 0], "serial": 1},
        {"pixels": [256, *LEVELS[1:]], "serial": 1},
        {"pixels": [-1, *LEVELS[1:]], "serial": 1},
        {"pixels": [1.0, *LEVELS[1:]], "serial": 1},
        {"pixels": [True, *LEVELS[1:]], "serial": 1},
        {"pixels": ["1", *LEVELS[1:]], "serial": 1},
        {"pixels": [[0], *LEVELS[1:]], "serial": 1},
        {"pixels": LEVELS, "serial": True},
        {"pixels": LEVELS, "serial": -1},
        {"pixels": LEVELS, "serial": 10**400},
    ],
)
def test_anything_else_is_nothing(report: object) -> None:
    assert checked_report(report, 8) is None


def test_a_painting_is_a_picture_with_three_equal_channels() -> None:
    picture = picture_of(np.array(LEVELS, np.uint8).reshape(8, 8))

    assert picture.pixels.shape == (8, 8, 3)
    assert (picture.pixels[..., :1] == picture.pixels).all()
    assert picture.sample == ""
