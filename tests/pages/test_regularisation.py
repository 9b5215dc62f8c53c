"""The page "Regularisation": every view runs and answers, links are checked, settings change the answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import answer, finished, opened
from tests.pages.test_grid_lessons import said

QUICK = {
    "reg_epochs": "10",
    "reg_repeats": "2",
    "reg_units": "4",
    "reg_points": "100",
    "reg_train_share": "0.2",
    "reg_largest_share": "0.5",
}
FIGURES = {"Strength": 5, "Dropout ≈ L2": 4, "How much data?": 2}


def run_of(**query: str) -> AppTest:
    """The lab opened with this address, its run done."""
    return finished(opened("regularisation", **query))


def test_opens_with_an_answer_from_its_default_run() -> None:
    app = run_of()
    assert not app.exception
    assert said(app) == ""
    assert app.subheader[0].value == "Which regularisation helps most, and how strong should it be?"
    assert "takes the test loss from" in answer(app) or "take the test loss from" in answer(app)
    assert "of the test points" in answer(app).lower()
    labels = [metric.label for metric in app.metric]
    assert labels[:2] == ["None", "Early stopping"] and len(labels) == 5
    assert len(app.get("plotly_chart")) == len(app.get("download_button")) == 5


@pytest.mark.parametrize("view", FIGURES)
@pytest.mark.parametrize("data", ["moons", "three gaussians", "sine"])
def test_every_view_answers_for_classes_and_numbers(view: str, data: str) -> None:
    app = run_of(reg_view=view, reg_data=data, **QUICK)
    assert not app.exception
    assert said(app) == ""
    assert answer(app) != ""
    assert len(app.get("plotly_chart")) == FIGURES[view]


def test_error_is_shown_for_classes_only() -> None:
    def choices(data: str) -> list[str]:
        return [each.key or "" for each in run_of(reg_data=data, **QUICK).get("button_group")]

    assert "reg_strength_shown" in choices("moons")
    assert "reg_strength_shown" not in choices("sine")


def test_what_is_only_drawn_does_not_run_anew() -> None:
    app = run_of(**QUICK)
    before = answer(app)
    app.segmented_control(key="reg_strength_shown").set_value("Error").run()
    app.segmented_control(key="reg_weights_kind").set_value("dropout").run()
    assert not app.exception
    assert answer(app) == before
    assert not any(button.label == "Cancel" for button in app.button)


def test_the_answer_follows_the_settings() -> None:
    assert answer(run_of(**QUICK)) != answer(run_of(**(QUICK | {"reg_noise": "0.5"})))
    less, more = (answer(run_of(reg_view="How much data?", reg_l2=strength, **QUICK)) for strength in ("0.001", "0.5"))
    assert "λ = 0.001" in less and "λ = 0.5" in more


def test_a_view_shows_the_settings_that_it_has_a_use_for() -> None:
    def names(view: str) -> set[str | None]:
        app = opened("regularisation", reg_view=view, **QUICK)
        return {each.key for each in (*app.number_input, *app.slider, *app.get("button_group"))}

    assert {"reg_kind", "reg_l2", "reg_largest_share"} <= names("How much data?")
    assert "reg_powers" in names("Dropout ≈ L2")
    assert not {"reg_kind", "reg_l2", "reg_powers", "reg_largest_share"} & names("Strength")


def test_the_strength_is_that_of_the_kind() -> None:
    app = run_of(reg_view="How much data?", reg_kind="dropout", **QUICK)
    assert not app.exception
    assert "with dropout of 0.25" in answer(app)


@pytest.mark.parametrize("name", ["reg_view", "reg_kind", "reg_repeats", "reg_rate", "reg_noise", "reg_largest_share"])
@pytest.mark.parametrize("value", ["nan", "-1e9", "<script>alert(1)</script>", "x" * 10_000])
def test_a_hostile_link_gives_the_default_and_one_line(name: str, value: str) -> None:
    app = opened("regularisation", **(QUICK | {name: value}))
    assert not app.exception
    assert "Not understood in the link" in said(app)


def test_too_few_points_are_refused_and_the_result_before_stays() -> None:
    app = run_of(reg_view="How much data?", **QUICK)
    app.number_input(key="reg_points").set_value(20.0)
    app.slider(key="reg_largest_share").set_value(0.1).run()
    assert not app.exception
    assert app.warning[0].value.startswith("With at most 2 points to train on there is no curve")
    assert app.warning[0].value.endswith("The previous result stays on screen until then.")
    assert len(app.get("plotly_chart")) == 2


def test_what_would_run_for_minutes_is_refused() -> None:
    app = opened("regularisation", reg_units="128", reg_layers="4", reg_epochs="5000", reg_repeats="20")
    assert not app.exception
    assert "would take about" in app.warning[0].value
    assert len(app.get("plotly_chart")) == 0


def test_a_table_that_a_link_speaks_of_is_said_to_be_gone_until_one_looks_at_other_data() -> None:
    app = run_of(reg_data="Own table", **QUICK)
    assert not app.exception
    assert "The table uploaded here is gone" in said(app)
    assert answer(app) != ""
    app = finished(app.selectbox(key="reg_data").set_value("moons").run())
    assert said(app) == ""
