"""A point on an image: its pixel, and what the browser sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.inputs.images.point import Point, checked_point

ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4), st.lists(st.floats()))


def test_the_corners_are_the_first_and_the_last_pixel() -> None:
    assert Point(0, 0).pixel(30, 40) == (0, 0)
    assert Point(100, 100).pixel(30, 40) == (29, 39)


def test_a_click_is_rounded_to_tenths() -> None:
    assert checked_point({"down": 12.345, "right": 99.96}) == Point(12.3, 100.0)


@pytest.mark.parametrize("down", [-0.1, 100.1, float("nan"), float("inf"), True, "5", None])
def test_what_is_no_point_is_passed_over(down: object) -> None:
    assert checked_point({"down": down, "right": 5}) is None


@given(st.one_of(ANYTHING, st.dictionaries(st.sampled_from(["down", "right"]), ANYTHING)))
def test_whatever_comes_is_a_point_on_the_picture_or_nothing(report: object) -> None:
    point = checked_point(report)
    assert point is None or (0 <= point.down <= 100 and 0 <= point.right <= 100)
