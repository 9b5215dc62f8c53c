"""The page "Initialisation": every view runs and answers, links are checked, settings change the answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import answer, finished, opened
from tests.pages.test_grid_lessons import said

QUICK = {"init_epochs": "10", "init_units": "8", "points": "60"}
LAYERS, SYMMETRY = "Signals through the layers", "Symmetry"


def run_of(**query: str) -> AppTest:
    """The lab opened with this address, its run done."""
    return finished(opened("initialisation", **query))


def test_opens_with_an_answer_from_its_default_run() -> None:
    app = run_of()
    assert not app.exception
    assert said(app) == ""
    assert app.subheader[0].value == "From which scale of random weights does a net learn, and why not from zeros?"
    assert "From about **" in answer(app) and "From **zeros** the first gradient is 0 in layers 1 to 3" in answer(app)
    assert [metric.label for metric in app.metric] == [
        "Scales that learn",
        "Best scale",
        "Gradient keeps its size at",
        "As large as Xavier | He",
    ]
    assert len(app.get("plotly_chart")) == 2
    assert len(app.get("download_button")) == 2


@pytest.mark.parametrize(("view", "figures"), [("Sensitivity", 2), (LAYERS, 4), (SYMMETRY, 2)])
@pytest.mark.parametrize("data", ["circles", "three gaussians", "sine"])
def test_every_view_answers_for_classes_and_numbers(view: str, figures: int, data: str) -> None:
    app = run_of(init_view=view, data=data, **QUICK)
    assert not app.exception
    assert said(app) == ""
    assert answer(app) != ""
    assert len(app.get("plotly_chart")) == figures


@pytest.mark.parametrize("view", ["Sensitivity", LAYERS, SYMMETRY])
@pytest.mark.parametrize("kind", ["Zeros", "All equal", "Orthogonal"])
def test_every_view_answers_for_zeros_equal_and_random_weights(view: str, kind: str) -> None:
    app = run_of(init_view=view, init_kind=kind, init_layers="1", **QUICK)
    assert not app.exception
    assert answer(app) != ""
    shown = any(field.label.startswith("Scale") for field in app.number_input)
    assert shown == (view != "Sensitivity" and kind != "Zeros")


def test_the_best_rule_follows_the_activation() -> None:
    settings = {"init_view": LAYERS, "init_units": "32", "init_epochs": "10"}
    assert "Of all random starts **He** keeps both best" in answer(run_of(init_activation="ReLU", **settings))
    assert "Of all random starts **Orthogonal** keeps both best" in answer(run_of(**settings))


def test_the_epoch_only_changes_the_drawing() -> None:
    app = run_of(init_view=LAYERS, **QUICK)
    slider = app.select_slider[0]
    assert slider.value == 0
    before = answer(app)
    app = slider.set_value(10).run()
    assert not app.exception
    assert answer(app) == before
    assert app.select_slider[0].value == 10


@pytest.mark.parametrize("name", ["init_kind", "init_view", "init_layers", "init_activation", "init_seed"])
@pytest.mark.parametrize("value", ["nan", "-1e9", "<script>alert(1)</script>", "x" * 10_000])
def test_a_hostile_link_gives_the_default_and_one_line(name: str, value: str) -> None:
    app = opened("initialisation", **(QUICK | {name: value}))
    assert not app.exception
    assert "Not understood in the link" in said(app)


def test_what_would_run_for_minutes_is_refused() -> None:
    app = opened("initialisation", init_units="64", init_layers="6", init_epochs="2000")
    assert not app.exception
    assert "would take about" in app.warning[0].value
    assert len(app.get("plotly_chart")) == 0
