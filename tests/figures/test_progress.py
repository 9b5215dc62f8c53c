"""Lines over the examples of a training run."""

from __future__ import annotations

import math
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from visualizer.figures.progress import HEIGHT, WIDTH, ProgressLine, figure_progress, spread

SVG = "{http://www.w3.org/2000/svg}"


def root_of(lines: list[ProgressLine], most: float | None = 1.0) -> ElementTree.Element:
    figure = figure_progress(
        lines, name="right", below="examples", examples=100, write=lambda value: f"{value:.2g}", most=most, title="a"
    )
    return ElementTree.fromstring(figure)


def test_lines_stay_within_the_figure_and_are_named_at_their_ends() -> None:
    lines = [ProgressLine("tied", [(0, 0.1), (50, 0.6), (100, 0.9)]), ProgressLine("full", [(0, 0.1), (100, 0.9)])]
    root = root_of(lines)
    words = [each.text for each in root.iter(f"{SVG}text")]

    assert "tied 0.9" in words and "full 0.9" in words
    for line in root.iter(f"{SVG}polyline"):
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def test_a_run_that_has_only_begun_or_diverged_is_drawn_all_the_same() -> None:
    for points in ([], [(0, math.nan)], [(0, 2.3), (10, math.inf)]):
        assert root_of([ProgressLine("tied", points)], most=None).tag == f"{SVG}svg"


def test_the_last_point_is_drawn_however_many_there_are() -> None:
    points = [(at, 0.5 + at / 2000) for at in range(1000)]
    (line,) = root_of([ProgressLine("tied", points)], most=None).iter(f"{SVG}polyline")
    (dot, _) = root_of([ProgressLine("tied", points)], most=None).iter(f"{SVG}circle")
    assert line.attrib["points"].split()[-1] == f"{dot.attrib['cx']},{dot.attrib['cy']}"


@given(st.lists(st.floats(26, 210), min_size=1, max_size=3))
def test_names_are_never_on_each_other(heights: list[float]) -> None:
    moved = spread(heights, 15.0)
    assert all(below - above >= 15.0 - 1e-6 for above, below in pairwise(sorted(moved)))
