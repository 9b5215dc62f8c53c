"""The figure of the gradient flow: any sizes, one step, and names that do not lie on each other."""

import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from visualizer.figures.axes import Style
from visualizer.figures.flow import FlowLine, figure_flow

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    "values",
    [[1.0], [0.0], [0.0] * 5, [1e-300, 1e-100, 1.0], [1e300, 1.0, 1e-300], [math.inf, math.nan, 1.0], [1.0] * 100],
)
def test_any_sizes_make_a_valid_figure(values: list[float]) -> None:
    lines = [FlowLine("a", values, Style("#000000")), FlowLine("b", values, Style("#000000", "5 4"))]
    figure = figure_flow(lines, ["<"] * len(values), title="<script>")
    ElementTree.fromstring(figure)
    assert "<script" not in figure
    assert not re.search(r'[ ,"](nan|inf)', figure)


def test_names_at_one_height_are_moved_apart() -> None:
    lines = [FlowLine(name, [1e-9, 1.0], Style("#000000")) for name in "abcd"]
    root = ElementTree.fromstring(figure_flow(lines, ["x", "y"], title="flow"))
    heights = sorted(float(each.get("y", "0")) for each in root.iter(f"{SVG}text") if each.get("text-anchor") == "end")
    assert len(heights) == 4
    assert all(after - before >= 15.9 for before, after in pairwise(heights))


def test_a_name_says_the_first_value_and_where_it_is_beyond_the_figure() -> None:
    figure = figure_flow([FlowLine("a", [3e-99, 1.0], Style("#000000"))], ["x", "y"], title="flow")
    assert "a  3.0·10⁻⁹⁹ ↓" in figure
