"""Sizes of any order, written."""

from __future__ import annotations

import math

import pytest

from visualizer.engine.superscripts import scientific, superscript, ten_to


def test_exponents_are_raised() -> None:
    assert (superscript(-120), ten_to(18)) == ("⁻¹²⁰", "10¹⁸")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.374, "0.37"), (-2.5, "−2.5"), (250.4, "250"), (3.17e-9, "3.2·10⁻⁹"), (math.inf, "∞")],
)
def test_a_size_has_two_digits(value: float, text: str) -> None:
    assert scientific(value) == text
