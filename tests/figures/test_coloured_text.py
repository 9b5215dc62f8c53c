"""The coloured text: whatever is written in it, valid XML comes out, and what was written can be read."""

import math
import re
from xml.etree import ElementTree

import pytest

from visualizer.figures.coloured_text import MAX_PIECES, Mark, figure_coloured_text

SVG = "{http://www.w3.org/2000/svg}"


def lines_of(figure: str) -> dict[float, str]:
    """What is written at each height, without the numbers before the lines and the legend."""
    group = ElementTree.fromstring(figure).find(f"{SVG}g")
    assert group is not None
    lines: dict[float, str] = {}
    for each in group.iter(f"{SVG}text"):
        if each.get("text-anchor") == "middle":
            lines[float(each.get("y", "0"))] = lines.get(float(each.get("y", "0")), "") + (each.text or "")
    return lines


def test_markup_in_the_text_stays_text() -> None:
    written = "<script>alert('&amp;')</script>"
    figure = figure_coloured_text(list(written), [0.1] * len(written), title=f"{written}\"'")
    assert "<script" not in figure
    assert list(lines_of(figure).values()) == [written]


@pytest.mark.parametrize(
    "written", ["\x00\x1b\x7f", "\ud800", "\ufffe", "\u202eabc", "e\u0301", "漢字", "🙂", "\r\n\t"]
)
def test_any_character_makes_a_valid_figure(written: str) -> None:
    figure = figure_coloured_text(list(written), [1.0] * len(written), title="text")
    ElementTree.fromstring(figure.encode())


def test_values_that_cannot_be_drawn_have_no_ground() -> None:
    values = [math.nan, math.inf, -math.inf, 0.0, 1e308, -1e308]
    figure = figure_coloured_text(list("abcdef"), values, title="text")
    ElementTree.fromstring(figure)
    assert not re.search(r'[ ,"](nan|inf)', figure)
    grounds = [each for each in ElementTree.fromstring(figure).iter(f"{SVG}rect") if each.get("height") == "19.00"]
    assert len(grounds) == 2


@pytest.mark.parametrize("count", [0, 1])
def test_no_or_one_character(count: int) -> None:
    ElementTree.fromstring(figure_coloured_text(["a"] * count, [0.0] * count, title="text", marks=[Mark(0, 9, "#000")]))


def test_lines_end_behind_spaces_and_at_line_breaks() -> None:
    written = "word " * 20 + "\n" + "x" * 100
    lines = list(lines_of(figure_coloured_text(list(written), [], title="text")).values())
    assert lines == ["word" * 12, "word" * 8 + "⏎", "x" * 60, "x" * 40]


def test_a_long_text_is_cut_and_says_so() -> None:
    figure = figure_coloured_text(["a"] * (MAX_PIECES + 5), [1.0] * (MAX_PIECES + 5), title="text")
    assert "".join(lines_of(figure).values()) == "a" * MAX_PIECES
    assert "… and 5 more" in figure


def test_marks_are_bars_below_their_pieces() -> None:
    figure = figure_coloured_text(list("abcd"), [0.0] * 4, title="text", marks=[Mark(1, 3, "#123456", dashed=True)])
    bars = [each for each in ElementTree.fromstring(figure).iter(f"{SVG}path") if each.get("stroke") == "#123456"]
    assert len(bars) == 2 and all(each.get("stroke-dasharray") for each in bars)
