"""The page "Learning rate": every view runs and answers, links are checked, settings change the answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import answer, finished, opened
from tests.pages.test_grid_lessons import said
from visualizer.labs.learning_rate.rates import view as sweep_view

QUICK = {"rate_epochs": "10", "rate_seeds": "2", "rate_points": "60"}


def run_of(**query: str) -> AppTest:
    """The lab opened with this address, its run done."""
    return finished(opened("learning_rate", **query))


def test_opens_with_an_answer_from_its_default_run() -> None:
    app = run_of()
    assert not app.exception
    assert said(app) == ""
    assert app.subheader[0].value == "How large should the learning rate be?"
    assert "falls lowest, from" in answer(app)
    assert [metric.label for metric in app.metric] == ["Best rate", "Loss there", "Good, from – to", "Diverging from"]
    assert len(app.get("plotly_chart")) == 2
    assert len(app.get("download_button")) == 2


@pytest.mark.parametrize(("view", "figures"), [("Rates", 2), ("Schedules", 2), ("Range test", 2), ("Optimisers", 2)])
@pytest.mark.parametrize("data", ["circles", "three gaussians", "sine"])
def test_every_view_answers_for_classes_and_numbers(view: str, figures: int, data: str) -> None:
    app = run_of(rate_view=view, rate_data=data, **QUICK)
    assert not app.exception
    assert said(app) == ""
    assert answer(app) != ""
    assert len(app.get("plotly_chart")) == figures


def test_the_answer_follows_the_settings() -> None:
    small = run_of(rate_to="0.01", **QUICK)
    assert "No rate here is too large" in " ".join(each.value for each in small.markdown)
    assert answer(small) != answer(run_of(**QUICK))


@pytest.mark.parametrize("name", ["rate_from", "rate_view", "rate_seeds", "rate_optimiser", "rate_noise"])
@pytest.mark.parametrize("value", ["nan", "-1e9", "<script>alert(1)</script>", "x" * 10_000])
def test_a_hostile_link_gives_the_default_and_one_line(name: str, value: str) -> None:
    app = opened("learning_rate", **(QUICK | {name: value}))
    assert not app.exception
    assert "Not understood in the link" in said(app)


def test_limits_the_wrong_way_round_are_said_and_the_result_before_stays() -> None:
    app = run_of(**QUICK)
    lowest = next(field for field in app.number_input if field.label.startswith("Lowest rate"))
    lowest.set_value(100.0).run()
    assert app.warning[0].value == (
        "The lowest rate, 100, must be below the highest, 100. The previous result stays on screen until then."
    )
    assert len(app.get("plotly_chart")) == 2


def test_what_would_run_for_minutes_is_refused() -> None:
    app = opened("learning_rate", rate_units="64", rate_layers="4", rate_epochs="2000", rate_seeds="20", rate_batch="1")
    assert not app.exception
    assert "would take about" in app.warning[0].value
    assert len(app.get("plotly_chart")) == 0


def test_figures_of_a_finished_run_are_built_once_for_all_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened("learning_rate")
    plots = [plot.proto.spec for plot in first.get("plotly_chart")]
    assert len(plots) == 2

    def no_more(*_: object) -> None:
        raise AssertionError("a figure is built again")

    monkeypatch.setattr(sweep_view, "figure_curves", no_more)
    monkeypatch.setattr(sweep_view, "figure_final", no_more)
    again = opened("learning_rate")
    assert not again.exception
    assert [plot.proto.spec for plot in again.get("plotly_chart")] == plots
