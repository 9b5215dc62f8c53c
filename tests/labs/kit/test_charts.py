"""The look of the labs' figures, and what may be in their texts."""

from __future__ import annotations

import csv
import io
import math

import plotly.graph_objects as go
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import (
    DASHES,
    MARKERS,
    Axis,
    Inks,
    add_band,
    add_line,
    inks,
    line_style,
    new_figure,
    numbers,
    plain,
)

LIGHT, DARK = inks(False), inks(True)


def test_lines_are_told_apart_without_colours() -> None:
    styles = [line_style(index, LIGHT) for index in range(6)]
    assert len({style["line"]["dash"] for style in styles}) == len(DASHES) == 6
    assert len({style["marker"]["symbol"] for style in styles}) == len(MARKERS) == 6
    assert len({style["line"]["color"] for style in styles}) == 6


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
def test_a_figure_is_in_the_colours_of_its_theme(ink: Inks) -> None:
    layout = new_figure(ink, Axis("x"), Axis("y")).layout.template.layout
    assert layout.paper_bgcolor == ink.ground
    assert layout.font.color == ink.text


def test_a_line_has_its_data_and_says_them_at_a_point() -> None:
    figure = new_figure(LIGHT, Axis("epoch"), Axis("loss"))
    add_line(figure, torch.tensor([0, 1, 2]), [1.0, math.nan, 0.5], "one", LIGHT, 1)
    (trace,) = figure.data
    assert list(trace.x) == [0, 1, 2]
    assert list(trace.y) == [1.0, None, 0.5]
    assert trace.name == "one" and trace.mode == "lines+markers"
    assert trace.hovertemplate == "one<br>epoch %{x:.4g}<br>loss %{y:.4g}<extra></extra>"
    add_line(figure, list(range(99)), list(range(99)), "long", LIGHT)
    assert figure.data[1].mode == "lines"


def test_a_band_goes_up_one_side_and_down_the_other_past_gaps() -> None:
    figure = go.Figure()
    add_band(figure, [1, 2, 3], [0.1, math.inf, 0.3], [0.5, 0.6, 0.7], LIGHT)
    (trace,) = figure.data
    assert list(trace.x) == [1, 3, 3, 1]
    assert list(trace.y) == [0.5, 0.7, 0.3, 0.1]
    assert (trace.hoverinfo, trace.mode) == ("skip", "lines")


def test_limits_of_a_logarithmic_axis_are_given_as_they_are() -> None:
    figure = new_figure(LIGHT, Axis("rate", log=True, limits=(0.01, 100)), Axis("loss", limits=(0, 2)))
    assert list(figure.layout.xaxis.range) == [-2, 2]
    assert figure.layout.xaxis.type == "log" and figure.layout.yaxis.type == "linear"
    assert list(figure.layout.yaxis.range) == [0, 2]


def test_what_is_not_finite_is_left_out() -> None:
    assert numbers([1, math.inf, -math.inf, math.nan]) == [1, None, None, None]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("<b>a</b> & c", "&lt;b&gt;a&lt;/b&gt; &amp; c"), ("class A", "class A")],
)
def test_a_visitors_text_is_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_visitors_text_is_no_placeholder_and_no_formula() -> None:
    assert "%{" not in plain("%{x}")
    assert "$" not in plain("$x$")


def test_a_long_title_takes_two_lines_below_the_axes_and_one_at_a_point() -> None:
    figure = new_figure(LIGHT, Axis("scale: standard deviation of the weights"), Axis("loss"))
    assert figure.layout.xaxis.title.text == "scale: standard deviation of<br>the weights"
    add_line(figure, [1], [2], "one", LIGHT)
    assert "<br>scale: standard deviation of the weights %{x" in figure.data[0].hovertemplate


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_table_with_numbers_and_texts() -> None:
    text = csv_text({"epoch": torch.tensor([0, 1]), "loss": torch.tensor([0.25, math.nan]), "way": ["a", "b,c"]})
    assert rows(text) == [["epoch", "loss", "way"], ["0", "0.25", "a"], ["1", "nan", "b,c"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_work_out_is_defused(text: str) -> None:
    assert rows(csv_text({text: [text]})) == [[f"'{text}"], [f"'{text}"]]


def test_a_negative_number_stays_a_number() -> None:
    assert rows(csv_text({"x": [-1.5, -2]})) == [["x"], ["-1.5"], ["-2"]]


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError):
        csv_text({"a": [1], "b": [1, 2]})


@given(st.lists(st.floats(allow_nan=False), max_size=5))
def test_numbers_come_back_as_they_were(numbers: list[float]) -> None:
    assert [float(row[0]) for row in rows(csv_text({"x": numbers}))[1:]] == numbers
