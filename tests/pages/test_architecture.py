"""The page "Architecture": every view runs and answers, links are checked, settings change the answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import answer, finished, opened
from tests.pages.test_grid_lessons import said

QUICK = {
    "arch_epochs": "10",
    "arch_nets": "4",
    "arch_deep_nets": "4",
    "arch_widest": "8",
    "arch_parameters": "40",
    "arch_deepest": "3",
    "arch_width": "4",
    "arch_points": "60",
}
FIGURES = {("Features", "spirals"): 6, ("Features", "three gaussians"): 6, ("Features", "sine"): 4}


def run_of(**query: str) -> AppTest:
    """The lab opened with this address, its run done."""
    return finished(opened("architecture", **query))


def test_opens_with_an_answer_from_its_default_run() -> None:
    app = run_of()
    assert not app.exception
    assert said(app) == ""
    assert app.subheader[0].value == "When does a wider net help, and do learned features beat random ones?"
    assert "**Wider helps up to" in answer(app)
    assert [metric.label for metric in app.metric] == [
        "Wide enough",
        "Learned, there",
        "Random, there",
        "Random needed",
    ]
    assert len(app.get("plotly_chart")) == len(app.get("download_button")) == 2


@pytest.mark.parametrize(
    ("view", "question"),
    [
        ("Wider", "When does a wider net help, and do learned features beat random ones?"),
        ("Deeper", "When does a deeper net help, with no more parameters?"),
        ("Features", "What do learned features see that random ones don't?"),
    ],
)
@pytest.mark.parametrize("data", ["spirals", "three gaussians", "sine"])
def test_every_view_answers_for_classes_and_numbers(view: str, question: str, data: str) -> None:
    app = run_of(arch_view=view, arch_data=data, **QUICK)
    assert not app.exception
    assert said(app) == ""
    assert app.subheader[0].value == question
    assert answer(app) != ""
    assert len(app.get("plotly_chart")) == FIGURES.get((view, data), 2)


def test_units_of_many_inputs_are_shown_by_their_weights() -> None:
    app = run_of(arch_view="Features", arch_data="digits", **QUICK)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 3


def test_the_answer_follows_the_settings() -> None:
    ring = QUICK | {"arch_data": "circles", "arch_epochs": "150"}
    assert "**Wider helps up to 4 units**" in answer(run_of(**ring))
    assert "**Wider does not help**" in answer(run_of(**(ring | {"arch_widest": "2"})))
    lost = run_of(**(ring | {"arch_rate": "10", "arch_optimiser": "SGD", "arch_scale": "100"}))
    assert "Training diverges" in answer(lost)
    deep, flat = (answer(run_of(arch_view="Deeper", **(QUICK | {"arch_parameters": count}))) for count in ("40", "60"))
    assert "about 40 parameters" in deep and "about 60 parameters" in flat
    many = answer(run_of(arch_view="Features", **(QUICK | {"arch_width": "16"})))
    assert "16 features explain" in many


def test_a_view_shows_the_settings_that_it_has_a_use_for() -> None:
    def names(view: str) -> set[str | None]:
        app = opened("architecture", arch_view=view, **QUICK)
        return {each.key for each in (*app.number_input, *app.get("button_group"))}

    assert {"arch_widest", "arch_ridge", "arch_nets"} <= names("Wider")
    assert {"arch_parameters", "arch_deepest", "arch_deep_nets"} <= names("Deeper")
    assert {"arch_width", "arch_ridge"} <= names("Features")
    assert not {"arch_parameters", "arch_width", "arch_deep_nets"} & names("Wider")


@pytest.mark.parametrize(
    "name", ["arch_view", "arch_widest", "arch_scale", "arch_parameters", "arch_ridge", "arch_noise"]
)
@pytest.mark.parametrize("value", ["nan", "-1e9", "<script>alert(1)</script>", "x" * 10_000])
def test_a_hostile_link_gives_the_default_and_one_line(name: str, value: str) -> None:
    app = opened("architecture", **(QUICK | {name: value}))
    assert not app.exception
    assert "Not understood in the link" in said(app)


def test_too_few_parameters_are_refused_and_the_result_before_stays() -> None:
    app = run_of(arch_view="Deeper", **QUICK)
    app.number_input(key="arch_parameters").set_value(6.0).run()
    assert not app.exception
    assert app.warning[0].value.startswith("Parameters must be at least 7, which 2 hidden layers of 1 unit have with 2")
    assert app.warning[0].value.endswith("The previous result stays on screen until then.")
    assert len(app.get("plotly_chart")) == 2


@pytest.mark.parametrize("view", ["Wider", "Deeper"])
def test_what_would_run_for_minutes_is_refused(view: str) -> None:
    large = {"arch_points": "10000", "arch_epochs": "5000", "arch_parameters": "20000"}
    app = opened("architecture", arch_view=view, **large)
    assert not app.exception
    assert "would take about" in app.warning[0].value
    assert len(app.get("plotly_chart")) == 0
