"""The chart of precision over k: every curve with its name, names that do not lie on each other."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from visualizer.figures.precision import HEIGHT, Curve, figure_precision, spread_out

CURVES = [Curve(f"ranking {number}", [0.9 - 0.1 * number] * 4) for number in range(5)]


def test_every_curve_is_drawn_and_named() -> None:
    root = ElementTree.fromstring(figure_precision(CURVES, 2, 0.1, title="Precision"))
    lines = [each for each in root.iter() if each.tag.endswith("polyline")]
    words = [each.text for each in root.iter() if each.tag.endswith("text")]
    assert len(lines) == 5
    assert {curve.name for curve in CURVES} | {"drawn by lot"} <= set(words)


def test_a_single_k_makes_a_figure() -> None:
    assert "<svg" in figure_precision([Curve("one", [1.0])], 1, 0.5, title="Precision")


@given(st.lists(st.floats(16, HEIGHT - 40), min_size=1, max_size=6))
def test_names_lie_apart_and_within_the_figure(heights: list[float]) -> None:
    placed = [height for height, _, _ in spread_out([(height, "", "") for height in heights])]
    assert all(after - before >= 17 - 1e-6 for before, after in pairwise(placed))
    assert placed[-1] <= HEIGHT
