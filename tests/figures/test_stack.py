"""The image of a stack: to scale, with shares that add up, for any stack."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from visualizer.figures.palette import MINUS, PLUS
from visualizer.figures.stack import WIDTH, StackColumn, figure_stack, scale_of

SVG = "{http://www.w3.org/2000/svg}"
NET = [
    StackColumn("input", (3, 100, 50)),
    StackColumn("conv", (30, 50, 25), 100, 900),
    StackColumn("full", (400,), 200, 100),
    StackColumn("full", (100,), 100, 0),
]


def root_of(columns: list[StackColumn]) -> ElementTree.Element:
    return ElementTree.fromstring(figure_stack(columns, str, title="a <b> & c"))


def rects(root: ElementTree.Element, fill: str) -> list[ElementTree.Element]:
    return [each for each in root.iter(f"{SVG}rect") if each.get("fill") == fill]


def texts(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "columns",
    [
        [StackColumn("input", (1, 1, 1))],
        [StackColumn("input", (5,))],
        [StackColumn("input", (1_000_000, 4096, 4096)), StackColumn("full", (1_000_000,), 10**18, 10**18)],
        [StackColumn("input", (1, 4096, 1)), StackColumn("conv", (1, 1, 4096), 1, 0)],
        [StackColumn("conv", (8, 28, 28), 5, 5)] * 101,
    ],
)
def test_any_stack_makes_a_valid_figure(columns: list[StackColumn]) -> None:
    figure = figure_stack(columns, str, title="<script>")
    root = ElementTree.fromstring(figure)
    assert "<script" not in figure
    assert not re.search(r'[ ,"](nan|inf)', figure)
    for each in root.iter(f"{SVG}rect"):
        assert float(each.get("height", "0")) > 0
        assert 0 <= float(each.get("x", "0")) <= float(root.get("width", "0"))


def test_blocks_are_to_scale() -> None:
    scale = scale_of(NET, 100)
    _, first, second, third, fourth = (
        each for each in root_of(NET).iter(f"{SVG}rect") if each.get("fill") not in (PLUS, MINUS)
    )
    assert float(first.get("height", "0")) == pytest.approx(2 * float(second.get("height", "0")), abs=0.02)
    assert float(third.get("height", "0")) == pytest.approx(4 * float(fourth.get("height", "0")), abs=0.02)
    assert 100 * scale.side < 150
    assert 30 * scale.channel + 50 * scale.side * scale.depth <= 100


def test_bars_are_shares_and_the_largest_fills_the_room() -> None:
    root = root_of(NET)
    heights = [float(each.get("height", "0")) for each in rects(root, PLUS)]
    assert heights == pytest.approx([31, 62, 31])
    work = [float(each.get("height", "0")) for each in rects(root, MINUS)]
    assert work == pytest.approx([62, 62 / 9], abs=0.01)
    assert [each for each in texts(root) if "%" in each] == ["25 %", "50 %", "25 %", "90 %", "10 %"]
    assert {"400", "1000"} <= set(texts(root))


def test_a_small_share_is_not_none() -> None:
    root = root_of([StackColumn("a", (9,), 1, 0), StackColumn("b", (9,), 999, 0)])
    assert "< 1 %" in texts(root)


def test_a_long_stack_makes_a_wide_figure() -> None:
    assert float(root_of(NET).get("width", "0")) == WIDTH
    assert float(root_of(NET * 25).get("width", "0")) > 2 * WIDTH
