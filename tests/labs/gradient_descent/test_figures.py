"""The figures show the numbers of the run, in either theme, whatever became of it."""

import math
from typing import Any

import plotly.graph_objects as go
import pytest
import torch

from tests.labs.gradient_descent.runs import result_of
from visualizer.labs.gradient_descent.figures import MAX_POINTS, figure_bend, figure_gradient, figure_reach
from visualizer.labs.gradient_descent.reading import read
from visualizer.labs.gradient_descent.settings import LOGISTIC, NET, DescentSettings
from visualizer.labs.gradient_descent.surface_figures import figure_map, figure_surface, heights_of
from visualizer.labs.gradient_descent.views import about_plane, axis_titles
from visualizer.labs.kit.figure import inks

INK = inks(False)


def traces(figure: go.Figure) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data if trace.name}


def test_the_gradient_its_minimum_and_the_bound() -> None:
    result = result_of(DescentSettings())
    drawn = traces(figure_gradient(result, read(result, 1e-4), INK))
    assert list(drawn) == ["smallest so far", "‖∇L(w)‖²", "2R(L(w₀) − L*)/T"]
    bound = drawn["2R(L(w₀) − L*)/T"]
    assert len(bound.x) <= MAX_POINTS and bound.x[0] == 1 and bound.x[-1] == 2000
    assert [x * y for x, y in zip(bound.x, bound.y, strict=True)] == pytest.approx([2.0] * len(bound.x))
    assert drawn["‖∇L(w)‖²"].y[0] == pytest.approx(float(result.squared_gradients[0]))


def test_the_steps_with_their_slope() -> None:
    result = result_of(DescentSettings())
    drawn = traces(figure_reach(result, read(result, 1e-4), INK))
    assert list(drawn) == ["measured", "promised", "O(1/ε): slope −1", "slope −0.96"]
    guide = drawn["O(1/ε): slope −1"]
    assert guide.x[0] * guide.y[0] == pytest.approx(guide.x[-1] * guide.y[-1])
    least = result.running_minimum
    for epsilon, steps in zip(drawn["measured"].x[:-1], drawn["measured"].y[:-1], strict=True):
        assert float(least[steps - 1]) <= epsilon < float(least[steps - 2])


def test_a_gradient_of_0_is_said_where_a_logarithm_can_not_show_it() -> None:
    result = result_of(DescentSettings(condition_number=1))
    figure = figure_gradient(result, read(result, 1e-4), INK)
    assert traces(figure)["‖∇L(w)‖²"].mode == "lines+markers"
    assert [y is None for y in traces(figure)["‖∇L(w)‖²"].y][:3] == [False, True, True]
    assert "↓ 0 from T = 2 on" in [each.text for each in figure.layout.annotations]


def test_the_bend_against_the_limit() -> None:
    result = result_of(DescentSettings(problem=NET, data="spirals"))
    drawn = traces(figure_bend(result, INK))
    assert list(drawn) == ["largest eigenvalue", "smallest", "2/η = 1.07", "R at w₀ = 0.536"]
    assert list(drawn["2/η = 1.07"].y) == pytest.approx([2 / result.step] * 2)
    bowl = traces(figure_bend(result_of(DescentSettings()), INK))
    assert list(bowl) == ["largest eigenvalue", "2/η = 2", "R = 1"]


@pytest.mark.parametrize("figure", [figure_map, figure_surface])
def test_the_surface_carries_the_path(figure: Any) -> None:
    result = result_of(DescentSettings(problem=NET))
    drawn = figure(result, ("one", "two"), INK)
    assert len(drawn.data[0].z) == len(result.surface.b) and len(drawn.data[0].z[0]) == len(result.surface.a)
    assert len(drawn.data[1].x) == len(result.track)
    assert drawn.data[1].customdata[-1][0] == 2000


def test_heights_are_logarithms_where_losses_are_of_many_sizes() -> None:
    far = heights_of(result_of(DescentSettings(dimensions=2, condition_number=10)))
    assert far.logarithmic and far.title == "log₁₀ L"
    assert far.of(torch.tensor([0.0, 1.0]).double()).tolist() == pytest.approx([math.log10(far.lowest), 0.0])
    near = heights_of(result_of(DescentSettings(problem=NET, data="spirals")))
    assert not near.logarithmic and near.title == "L" and near.of(torch.tensor([3.0])).tolist() == [3.0]
    assert heights_of(result_of(DescentSettings(problem=LOGISTIC))).title == "log₁₀(L − L*)"


def test_the_axes_say_what_they_hold() -> None:
    settings = DescentSettings(plane="weights", first=1, second=20)
    first, second = axis_titles(settings, result_of(settings))
    assert first.startswith("weight 1 (") and second.startswith("weight 20 (") and second.endswith("%)")
    assert "Up to T = 28" in about_plane(DescentSettings(), result_of(DescentSettings(factor=2.1)))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "settings",
    [
        DescentSettings(factor=2.1),
        DescentSettings(factor=2.0, condition_number=1),
        DescentSettings(condition_number=1, dimensions=2),
        DescentSettings(steps=10, epsilon_power=-10.0),
        DescentSettings(steps=10, epsilon_power=0.0),
        DescentSettings(problem=LOGISTIC, data="gaussians_2", noise=0.0),
    ],
)
def test_every_run_has_all_figures(settings: DescentSettings, dark: bool) -> None:
    result, ink, titles = result_of(settings), inks(dark), ("a", "b")
    reading = read(result, settings.epsilon)
    figures = [figure_gradient(result, reading, ink), figure_reach(result, reading, ink), figure_bend(result, ink)]
    for figure in (*figures, figure_map(result, titles, ink), figure_surface(result, titles, ink)):
        assert "NaN" not in figure.to_json() and "Infinity" not in figure.to_json()
