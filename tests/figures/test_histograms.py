"""Figures of descriptors: well-formed, with a mark for every number."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from visualizer.figures.histograms import figure_bars, figure_changes, figure_heat, figure_roses, figure_scatter
from visualizer.figures.over_picture import circle, line_path, over_picture, ray, turned_grid

FIGURES = {
    "bars": figure_bars([1, 0, 2.5], below="numbers", title="<bars>"),
    "no bars": figure_bars([0.0, 0.0], below="numbers", title="bars"),
    "groups": figure_bars([1.0] * 128, groups=16, below="numbers", title="bars", ticks=False),
    "heat": figure_heat([[1, 2], [0, 3]], across="a", down="d", title="heat"),
    "roses": figure_roses([[1, 2, 3, 4]] * 4, 2, turn=180, title="roses"),
    "scatter": figure_scatter([(0, 0), (1, 0.5)], across="a", down="d", title="points"),
    "changes": figure_changes([("HOG", 2.5), ("RIFT", 0.02), ("SIFT", None)], title="changes"),
    "picture": over_picture(b"\x89PNG", 20, 30, [line_path(circle(1, 2, 3) + ray(1, 2, 0.5, 0, 4))], "a < b"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_well_formed(name: str) -> None:
    assert ElementTree.fromstring(FIGURES[name]).tag.endswith("svg")
    assert not re.search(r"\bnan\b", FIGURES[name])


def test_every_number_has_its_bar_or_cell() -> None:
    assert FIGURES["bars"].count("<rect") == 1 + 3
    assert FIGURES["heat"].count("<rect") == 1 + 4
    assert FIGURES["roses"].count("<path") == 4


def test_what_is_not_found_again_has_words_for_a_bar() -> None:
    assert "not found again" in FIGURES["changes"]
    assert "250 %" in FIGURES["changes"]


def test_a_turned_grid_has_as_many_lines_as_it_needs() -> None:
    assert turned_grid(0, 0, 4, 0.3, 4).count("M") == 2 * 5
