"""The page "Gradient descent": it opens with an answer, follows its settings, and answers hostile links in words."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import finished, opened
from tests.pages.test_grid_lessons import said

LABELS = ["Steps, measured", "Steps, promised", "Slope", "Step η"]


def run_of(**query: str) -> AppTest:
    """The lab opened with this address, its run done."""
    return finished(opened("gradient_descent", **query))


def figures(app: AppTest) -> list[str]:
    """The figures of the answer, in the order of `LABELS`."""
    assert [metric.label for metric in app.metric] == LABELS
    return [metric.value for metric in app.metric]


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_opens_with_the_question_two_figures_and_the_answer() -> None:
    app = run_of()
    assert not app.exception
    assert "In how many steps" in app.subheader[0].value
    assert charts(app) == 2
    assert figures(app) == ["897", "fewer than 20,000", "−0.96", "1 (stable)"]
    assert said(app) == ""
    assert not [each for each in app.selectbox if each.key == "descent_plane"]


def test_the_path_is_another_view_of_the_same_run() -> None:
    app = run_of(descent_view="Path")
    assert not app.exception
    assert charts(app) == 2 and figures(app) == ["897", "fewer than 20,000", "−0.96", "1 (stable)"]
    finished(app.segmented_control(key="descent_form").set_value("3-D surface").run())
    assert not app.exception and charts(app) == 2


def test_a_step_too_large_diverges_and_says_so() -> None:
    app = run_of()
    finished(app.slider(key="descent_c").set_value(2.1).run())
    assert not app.exception
    assert figures(app)[3] == "2.1 (diverged)"
    assert any("diverged at step 161" in each.value for each in app.markdown)


@pytest.mark.parametrize("problem", ["logistic regression", "net with a hidden layer"])
def test_each_loss_has_its_settings(problem: str) -> None:
    app = run_of(descent_problem=problem, descent_steps="200")
    assert not app.exception
    keys = {widget.key for widget in app.selectbox}
    assert "descent_data" in keys and figures(app)
    assert bool([each for each in app.number_input if each.key == "descent_units"]) == ("net" in problem)


def test_a_weight_that_is_not_there_is_said_and_the_result_stays() -> None:
    app = run_of(descent_view="Path", descent_problem="logistic", descent_steps="50")
    finished(app.selectbox(key="descent_plane").set_value("weights").run())
    finished(app.number_input(key="descent_second").set_value(40.0).run())
    assert not app.exception
    assert "this loss has 3 weights, so there is no weight 40" in app.warning[0].value.lower()
    assert charts(app) == 2


@pytest.mark.parametrize("name", ["descent_c", "descent_condition", "descent_steps", "descent_problem", "descent_data"])
@pytest.mark.parametrize("value", ["nan\n", "<script>alert(1)</script>" * 9, "x" * 10_000, "1e999"])
def test_a_hostile_link_gives_the_default_and_one_line(name: str, value: str) -> None:
    app = run_of(**{name: value})
    assert not app.exception
    assert figures(app)[0] == "897"
    assert "Not understood in the link" in said(app)
