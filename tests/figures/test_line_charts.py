"""The charts of lines: every curve is drawn within the figure, and named."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from visualizer.figures.line_charts import (
    Curve,
    ProgressLine,
    SuccessCurve,
    figure_lines,
    figure_loss,
    figure_precision,
    figure_precision_recall,
    figure_progress,
    figure_success,
)


def places(figure: str) -> list[list[tuple[float, float]]]:
    """The points of every line, after a look at whether they are all within the figure."""
    root = ElementTree.fromstring(figure)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    pairs = [[pair.split(",") for pair in line.attrib["points"].split()] for line in root.iterfind(".//{*}polyline")]
    lines = [[(float(x), float(y)) for x, y in line] for line in pairs]
    assert all(0 < x < width and 0 < y < height for line in lines for x, y in line)
    return lines


def dots(figure: str) -> list[tuple[float, float]]:
    root = ElementTree.fromstring(figure)
    return [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in root.iterfind(".//{*}circle")]


def words(figure: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(figure).iterfind(".//{*}text")]


def test_a_loss_falls_from_the_left_and_its_dot_is_on_it() -> None:
    figure = figure_loss([10.0, 1.0, 0.1], 1, apart=5)
    (line,) = places(figure)
    assert dots(figure) == [line[1]]
    assert line == sorted(line) and line[0][1] < line[1][1] < line[2][1]
    assert "iteration (0 to 10)" in words(figure)
    assert {"10", "1", "10⁻¹"} <= set(words(figure))


@pytest.mark.parametrize("losses", [[0.0], [1.0, 0.0], [1.0, math.inf], [1.0, math.nan]])
def test_a_loss_that_is_nothing_or_diverged_makes_a_valid_figure(losses: list[float]) -> None:
    figure = figure_loss(losses, 0)
    ElementTree.fromstring(figure)
    assert not re.search(r'[ ,"](nan|inf)', figure)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ((0.0, 1.16), ["0 %", "50 %", "100 %", "150 %"]),
        ((0.0, 0.58), ["0 %", "20 %", "40 %", "60 %"]),
        ((0.0, 0.0), ["0 %", "100 %"]),
        ((0.0, 0.004), ["0.0 %", "0.1 %", "0.2 %", "0.3 %", "0.4 %"]),
    ],
)
def test_the_scale_of_shares_is_round(values: tuple[float, ...], scale: list[str]) -> None:
    figure = figure_lines((Curve("one", values), Curve("other", values)), below="shift", at=None, title="a change")
    assert [each for each in words(figure) if each.endswith("%")] == scale
    assert places(figure)


def progress(lines: list[ProgressLine], most: float | None = 1.0) -> str:
    return figure_progress(
        lines, name="right", below="examples", examples=100, write=lambda value: f"{value:.2g}", most=most, title="a"
    )


def test_progress_is_named_with_its_last_value() -> None:
    lines = [ProgressLine("tied", [(0, 0.1), (50, 0.6), (100, 0.9)]), ProgressLine("full", [(0, 0.1), (100, 0.9)])]
    figure = progress(lines)
    assert len(places(figure)) == 2
    assert {"tied 0.9", "full 0.9"} <= set(words(figure))


def test_a_run_that_has_only_begun_or_diverged_is_drawn_all_the_same() -> None:
    for points in ([], [(0, math.nan)], [(0, 2.3), (10, math.inf)]):
        figure = progress([ProgressLine("tied", points)], most=None)
        assert places(figure)
        assert any(each.startswith("tied") for each in words(figure))


def test_the_last_point_is_drawn_however_many_there_are() -> None:
    figure = progress([ProgressLine("tied", [(at // 10, 0.5 + at / 2000) for at in range(1000)])])
    (line,) = places(figure)
    assert len(line) < 500
    assert dots(figure) == line[-1:]


def test_every_ranking_is_drawn_and_named() -> None:
    curves = [Curve(f"ranking {number}", [0.9 - 0.1 * number] * 4) for number in range(5)]
    figure = figure_precision(curves, 2, 0.1, title="Precision")
    assert len(places(figure)) == 6
    assert {curve.name for curve in curves} | {"chance"} <= set(words(figure))
    assert places(figure_precision([Curve("one", [1.0])], 1, 0.5, title="Precision"))


def test_precision_over_recall_runs_from_left_to_right_and_its_dot_is_on_it() -> None:
    figure = figure_precision_recall([0.5, 0.5, 1.0], [1.0, 0.5, 0.67], (0.5, 0.5), "A <title>")
    (corners,) = places(figure)
    assert len(corners) == 4
    assert [x for x, _ in corners] == sorted(x for x, _ in corners)
    assert dots(figure) == [corners[2]]
    assert "A &lt;title&gt;" in figure


def test_nothing_found_is_an_empty_curve() -> None:
    assert places(figure_precision_recall([], [], None, "none")) == [[]]


def test_every_seed_is_a_dot_and_every_kind_of_net_is_named() -> None:
    curves = [SuccessCurve(name, [[1.0, 0.5], [0.25, 0.25]]) for name in ("RNN", "LSTM <1>", "LSTM 5")]
    figure = figure_success(curves, [5, 50], below="delay", title="success")
    assert len(dots(figure)) == 12
    assert "LSTM <1>: 25 %" in words(figure)
