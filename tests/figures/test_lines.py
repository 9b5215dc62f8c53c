"""Lines over whole numbers: the scale has round numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.figures.lines import figure_lines, tick


def scale_of(*values: float) -> list[str]:
    figure = figure_lines((("one", values), ("other", values)), below="shift", at=None, title="a change")
    return re.findall(r">([\d.]+%)<", figure)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ((0.0, 1.16), ["0%", "50%", "100%", "150%"]),
        ((0.0, 0.58), ["0%", "20%", "40%", "60%"]),
        ((0.0, 0.0), ["0%", "100%"]),
        ((0.0, 0.004), ["0.0%", "0.1%", "0.2%", "0.3%", "0.4%"]),
    ],
)
def test_the_scale_is_round(values: tuple[float, ...], scale: list[str]) -> None:
    assert scale_of(*values) == scale


@given(st.floats(1e-6, 1e6))
def test_a_few_lines_reach_beyond_the_largest(largest: float) -> None:
    assert tick(largest) * 5 >= largest * (1 - 1e-6)
    assert tick(largest) * 2 < largest * (1 + 1e-6)
