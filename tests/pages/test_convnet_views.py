"""The views Train, Units and Results of the page "ConvNet": each opens, answers, and says what it can't do."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_convnet import opened, walks
from visualizer.engine.convnet.weights import convnet_results
from visualizer.text.numbers import percent

SMALL = {"convnet_train_images": "32", "convnet_train_epochs": "1"}
_ENOUGH = 40


def read(app: AppTest) -> str:
    """Everything that is written on the page."""
    assert not app.exception
    return " ".join(each.value for each in [*app.markdown, *app.caption, *app.text])


def trained(app: AppTest) -> AppTest:
    """The view with its run done: each look goes on with it."""
    app.button(key="convnet_train_start").click().run()
    for _ in range(_ENOUGH):
        if app.button(key="convnet_train_stop").disabled:
            return app
        app.run()
    return app


def test_training_opens_with_the_result_of_its_default_settings() -> None:
    app = opened(convnet_view="Train")
    assert app.button(key="convnet_train_stop").disabled
    assert "The convolution classifies **87.0 %** of 500 test images correctly" in read(app)


def test_a_net_is_trained_and_every_view_then_looks_into_it() -> None:
    app = trained(opened(convnet_view="Train", **SMALL))
    assert "The convolution classifies" in read(app)
    app.button(key="convnet_train_use").click().run()
    app.session_state["convnet_view"] = "results"
    assert "the net that you trained" in read(app.run())


def test_three_versions_are_compared() -> None:
    app = trained(opened(convnet_view="Train", convnet_train_nets="Tied, untied, full", **SMALL))
    said = read(app)
    assert "Fully connected" in said and "times** the parameters" in said and "may be chance" in said
    assert "243,834" in said and "3,696,570" in said


def test_other_settings_leave_what_was_trained_and_say_so() -> None:
    app = trained(opened(convnet_view="Train", **SMALL))
    app.number_input(key="convnet_train_epochs").set_value(3.0).run()
    assert "with other settings" in read(app)
    assert "The convolution classifies" in read(app)


@pytest.mark.parametrize("data", ["Digits", "Fashion", "Signs"])
def test_what_a_unit_looks_for(data: str) -> None:
    said = read(opened(convnet_view="Units", convnet_data=data, convnet_unit_map="2"))
    assert "test images in which map 2 is most active" in said
    assert "They differ at ReLU alone" in said and "Zeiler & Fergus 2013" in said


def test_one_of_the_strongest_test_images_is_taken() -> None:
    app = opened(convnet_view="Units")
    take = next(each for each in app.button if each.label.startswith("Use no. "))
    take.click().run()
    assert not app.exception
    assert int(app.session_state["convnet_image"]) == int(str(take.key).rsplit("_", 1)[1]) + 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"convnet_unit_layer": "Convolution 1", "convnet_unit_map": "16"}, "There is no 16 here: 8 is taken."),
        ({"convnet_unit_part": "Layer by layer"}, "is projected onto"),
        ({"convnet_unit_part": "Layer by layer", "convnet_unit_layer": "Convolution 1"}, "From the first layer"),
        ({"convnet_unit_part": "Number by number", "convnet_unit_layer": "Convolution 1"}, "it is one product"),
        ({"convnet_unit_part": "Cover a part", "convnet_cover_class": "16"}, "There are 10 classes"),
        ({"convnet_unit_part": "Cover a part", "convnet_cover_side": "32"}, "There is no 32 here: 28 is taken."),
        ({"convnet_unit_part": "Cover a part", "convnet_data": "Signs"}, "Uncovered, p("),
    ],
)
def test_every_question_is_answered_or_refused_in_words(query: dict[str, str], words: str) -> None:
    assert words in read(opened(convnet_view="Units", **query))


@pytest.mark.parametrize("data", ["Digits", "Signs"])
def test_a_pixel_is_walked_to_number_by_number(data: str) -> None:
    query = {"convnet_view": "Units", "convnet_unit_part": "Number by number", "convnet_data": data}
    (one,) = walks(opened(**query))
    (other,) = walks(opened(**query, convnet_unit_row="3", convnet_unit_column="4"))
    assert one["blob"] != other["blob"] and one["start"] > 100, "it opens near its end, with numbers everywhere"


def test_results_say_what_each_is_and_a_mistake_can_be_looked_into() -> None:
    app = opened(convnet_view="Results", convnet_data="Fashion")
    said = read(app)
    assert "99.2 %" in said and "94.3 %" in said and "rendered" in said
    for result in convnet_results().values():
        assert percent(result["accuracy"], 1) in said
    look = next(each for each in app.button if each.label == "See all layers")
    look.click().run()
    assert not app.exception
    assert app.session_state["convnet_view"] == "overview"
    assert int(app.session_state["convnet_image"]) == int(str(look.key).rsplit("_", 1)[1]) + 1
