"""The page "Playground": it opens with a film and an answer, follows its settings, and answers in words."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.film.test_payload import unpack
from tests.pages.opening import answer, finished, opened
from tests.pages.test_grid_lessons import said, walks

QUICK = {"play_epochs": "10", "play_points": "60"}


def run_of(**query: str) -> AppTest:
    """The lab opened with this address, its run done."""
    return finished(opened("playground", **query))


def film(app: AppTest) -> dict[str, object]:
    (found,) = walks(app)
    return unpack(str(found["blob"]))


def test_opens_with_a_film_and_an_answer_and_nothing_to_say() -> None:
    app = run_of()
    assert not app.exception
    assert said(app) == ""
    assert app.subheader[0].value == "What does each unit learn, and when?"
    shown = film(app)
    assert (shown["sizes"], shown["planned"], shown["whole"]) == ([2, 4, 1], 100, True)
    assert walks(app)[0]["autoplay"] is False
    assert "matters most" in answer(app)
    assert "seed 0" in " ".join(caption.value for caption in app.caption)


def test_another_run_plays_by_itself_and_answers_anew() -> None:
    app = run_of(**QUICK)
    before, first = answer(app), film(app)["run"]
    rate = next(field for field in app.number_input if field.label.startswith("Learning rate"))
    app = finished(rate.set_value(0.3).run())
    assert film(app)["run"] != first
    assert walks(app)[0]["autoplay"] is True
    assert answer(app) != before


@pytest.mark.parametrize("data", ["circles", "gaussians 4", "four gaussians", "sine", "ripple", "digits"])
@pytest.mark.parametrize("frames", ["By epoch", "By update", "By example"])
def test_every_kind_of_data_has_its_film(data: str, frames: str) -> None:
    app = run_of(**QUICK, play_data=data, play_frames=frames)
    assert not app.exception
    assert answer(app) != ""
    assert film(app)["counted"] == frames.removeprefix("By ")


def test_layers_have_units_of_their_own() -> None:
    app = run_of(**QUICK, play_layers="3", play_units1="8", play_units3="2")
    assert film(app)["sizes"] == [2, 8, 4, 2, 1]


@pytest.mark.parametrize("name", ["play_rate", "play_layers", "play_units1", "play_frames", "play_noise", "play_loss"])
@pytest.mark.parametrize("value", ["nan", "-1e9", "<script>alert(1)</script>", "x" * 10_000])
def test_a_hostile_link_gives_the_default_and_one_line(name: str, value: str) -> None:
    app = run_of(**(QUICK | {name: value}))
    assert not app.exception
    assert "Not understood in the link" in said(app)
    assert film(app)["sizes"] == [2, 4, 1]


def test_what_would_run_for_minutes_is_refused_and_the_film_before_stays() -> None:
    units = {f"play_units{i}": "8" for i in range(1, 7)}
    app = run_of(**QUICK, **units)
    before = film(app)["run"]
    for label, value in (("Points", 2000.0), ("Epochs", 2000.0), ("Batch size (0: all)", 1.0)):
        field = next(each for each in app.number_input if each.label.startswith(label))
        field.set_value(value)
    app.run()
    assert not app.exception
    assert "would take about" in app.warning[0].value
    assert film(app)["run"] == before


def test_divergence_is_told_with_its_update_and_cause() -> None:
    app = run_of(**QUICK, play_data="sine", play_optimiser="SGD", play_rate="1000")
    assert "Training diverged at update" in answer(app)
    assert film(app)["diverged"] >= 0
    assert not app.exception


def test_another_seed_is_another_run() -> None:
    app = run_of(**QUICK)
    before = film(app)["run"]
    app = finished(app.button(key="play_next_seed").click().run())
    assert film(app)["run"] != before
    assert "seed 1" in " ".join(caption.value for caption in app.caption)


def test_the_net_is_opened_in_the_walk_and_trained_on_from_there() -> None:
    app = run_of(**QUICK)
    app.button(key="playground_to_walk").click().run()
    assert not app.exception
    assert "The playground's net before training, with the first 8 of its 30 examples." in said(app)
    assert app.session_state["walk_lesson"].settings.hidden == 4


def test_why_there_is_no_walk_is_said_beside_the_button() -> None:
    app = run_of(**QUICK, play_layers="2")
    button = app.button(key="playground_to_walk")
    assert button.disabled
    assert button.help == "The walk shows nets with one hidden layer; this net has 2."


@pytest.mark.parametrize(("text", "patience"), [("0", 0), ("", 0), ("7", 7)])
def test_an_empty_field_is_no_early_stopping_and_old_links_open(text: str, patience: int) -> None:
    app = opened("playground", play_epochs="5", play_points="40", play_patience=text)
    assert not app.exception
    assert app.number_input("play_patience").value == (patience or None)
