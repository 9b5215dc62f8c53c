"""The curve of precision over recall, as SVG."""

from __future__ import annotations

from xml.etree import ElementTree

from visualizer.figures.precision_recall import HEIGHT, WIDTH, figure_precision_recall


def points(figure: str) -> list[tuple[float, float]]:
    line = ElementTree.fromstring(figure).find(".//{*}polyline")
    assert line is not None
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.attrib["points"].split())]


def test_the_curve_runs_from_left_to_right_and_its_dot_is_on_it() -> None:
    figure = figure_precision_recall([0.5, 0.5, 1.0], [1.0, 0.5, 0.67], (0.5, 0.5), "A <title>")
    corners = points(figure)
    assert len(corners) == 4
    assert [x for x, _ in corners] == sorted(x for x, _ in corners)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in corners)
    dot = ElementTree.fromstring(figure).find(".//{*}circle")
    assert dot is not None
    assert (float(dot.attrib["cx"]), float(dot.attrib["cy"])) == corners[2]
    assert "A &lt;title&gt;" in figure


def test_nothing_found_is_an_empty_curve() -> None:
    assert points_text(figure_precision_recall([], [], None, "none")) == ""


def points_text(figure: str) -> str:
    line = ElementTree.fromstring(figure).find(".//{*}polyline")
    assert line is not None
    return line.attrib["points"]
