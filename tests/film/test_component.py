"""What the browser reports is checked."""

from __future__ import annotations

import pytest

from tests.film.films import small_film
from visualizer.film.component import Edit, checked_edit, resting_frame

GOOD = {"run": "run", "frame": 2, "layer": 0, "unit": 1, "from": 1, "value": -0.5}


def test_a_weight_and_a_bias() -> None:
    film = small_film()
    assert checked_edit(GOOD, film) == Edit(2, 0, 1, 1, -0.5)
    assert checked_edit(GOOD | {"from": 2, "value": 3}, film) == Edit(2, 0, 1, None, 3.0)


@pytest.mark.parametrize(
    "change",
    [
        None,
        "edit",
        {},
        GOOD | {"run": "another"},
        GOOD | {"frame": 7},
        GOOD | {"frame": -1},
        GOOD | {"layer": 2},
        GOOD | {"unit": 3},
        GOOD | {"unit": True},
        GOOD | {"from": 3},
        GOOD | {"from": 1.0},
        GOOD | {"value": float("nan")},
        GOOD | {"value": 1e7},
        GOOD | {"value": "1"},
        GOOD | {"value": None},
    ],
)
def test_anything_else_is_nothing(change: object) -> None:
    assert checked_edit(change, small_film()) is None


@pytest.mark.parametrize(("reported", "frame"), [(3, 3), (6, 6), (7, 0), (-1, 0), (True, 0), (1.5, 0), (None, 0)])
def test_the_frame_is_one_that_the_film_has(reported: object, frame: int) -> None:
    assert resting_frame(reported, small_film()) == frame
