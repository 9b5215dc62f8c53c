"""Numbers as the figures write them."""

import math

import pytest

from visualizer.engine.superscripts import scientific, ten_to


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (0.37, "0.37"),
        (-2.0, "−2"),
        (99.96, "100"),
        (250.4, "250"),
        (999.9, "1.0·10³"),
        (3.2e-9, "3.2·10⁻⁹"),
        (-1.5e12, "−1.5·10¹²"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "not a number"),
    ],
)
def test_a_size_of_any_order(value: float, written: str) -> None:
    assert scientific(value) == written


def test_a_power_of_ten() -> None:
    assert ten_to(-20) == "10⁻²⁰"
