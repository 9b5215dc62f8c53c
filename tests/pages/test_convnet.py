"""The page "ConvNet": it opens, follows its links, and says in words what it can't do."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened as opened_page
from tests.pages.test_grid_lessons import said
from visualizer.lessons.convnet.input.choice import DRAWING
from visualizer.lessons.convnet.input.picture import PAD


def opened(**query: str) -> AppTest:
    return opened_page("convnet", **query)


def figure(app: AppTest) -> dict[str, Any]:
    """What the figure of all layers is drawn from."""
    assert not app.exception
    found = [json.loads(component.proto.json) for component in app.get("bidi_component")]
    return next(data for data in found if "values" in data)


def walks(app: AppTest) -> list[dict[str, Any]]:
    assert not app.exception
    found = [json.loads(component.proto.json) for component in app.get("bidi_component")]
    return [data for data in found if "blob" in data]


def test_opens_with_a_test_image_and_what_the_net_says_of_it() -> None:
    app = opened()
    shown = figure(app)
    assert app.subheader[0].value.startswith("The net predicts “")
    assert shown["label"] >= 0 and shown["gradients"] == ""
    assert shown["place"][0] == "conv1"
    assert said(app) == ""


def test_a_link_brings_image_number_target_and_the_way_back() -> None:
    app = opened(convnet_image="5", convnet_backward="true", convnet_target="4", convnet_at="conv2.3.7.2")
    shown = figure(app)
    assert (shown["target"], shown["place"]) == (3, ["conv2", 2, 6, 1])
    assert shown["gradients"]
    assert app.number_input(key="convnet_image").value == 5


@pytest.mark.parametrize("place", ["conv1.1.1.1", "relu2.16.14.14", "pool1.8.14.14", "z.3", "p.10"])
def test_a_link_opens_a_numbers_walk(place: str) -> None:
    app = opened(convnet_view="Walk", convnet_at=place)
    assert len(walks(app)) == 1
    assert walks(app)[0]["start"] > 0


def test_hostile_links_end_in_words() -> None:
    app = opened(convnet_at="conv9.1.1.1", convnet_image="-3", convnet_target="x", convnet_data="dogs")
    assert figure(app)["place"][0] == "conv1"
    for name in ("Number", "Test image", "Target class", "Images"):
        assert name in said(app)


def test_a_number_that_this_net_does_not_have_is_passed_over() -> None:
    assert figure(opened(convnet_at="conv1.300.1.1"))["place"][0] == "conv1"
    assert figure(opened(convnet_target="55", convnet_backward="true"))["target"] >= 0


def test_a_link_to_a_drawing_says_that_it_carries_none() -> None:
    app = opened(convnet_input="Drawing")
    assert "no link carries one" in said(app)
    assert figure(app)["label"] >= 0


def test_a_drawing_is_read_and_a_blank_one_leaves_it_there() -> None:
    app = opened()
    before = figure(app)["values"]
    levels = np.zeros((PAD, PAD), np.uint8)
    levels[20:90, 50:62] = 255
    app.session_state[DRAWING] = levels
    app.segmented_control(key="convnet_input").set_value("drawn").run()
    drawn = figure(app)
    assert drawn["values"] != before and drawn["label"] == -1
    assert "“1”" in app.subheader[0].value
    app.session_state[DRAWING] = np.zeros((PAD, PAD), np.uint8)
    app.run()
    assert "The drawing is blank" in said(app)
    assert figure(app)["values"] == drawn["values"]
    pad = next(json.loads(each.proto.json) for each in app.get("bidi_component") if "drawing" in each.proto.json)
    assert not any(base64.b64decode(pad["drawing"]))


def test_more_test_images_than_there_are_is_said() -> None:
    assert "the last is shown" in said(opened(convnet_data="Signs", convnet_image="500"))
    assert "Test image" in said(opened(convnet_image="501"))


def test_an_own_picture_is_brought_to_the_nets_size() -> None:
    app = opened(convnet_input="Own image", sample="cross")
    assert figure(app)["label"] == -1
    assert any("made grey" in each.value for each in app.caption)


@pytest.mark.parametrize("view", ["Train", "Units", "Results"])
def test_every_other_view_opens(view: str) -> None:
    assert not opened(convnet_view=view).exception


@pytest.mark.parametrize("data", ["Fashion", "Signs"])
def test_every_set_of_images_opens(data: str) -> None:
    app = opened(convnet_data=data)
    assert len(figure(app)["classes"]) >= 2
