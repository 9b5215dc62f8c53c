"""The page "Image features by hand": its views answer, links are checked, what can't be is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import answer, opened
from tests.pages.test_grid_lessons import said, walks
from visualizer.lessons.image_features.settings import SETTINGS, VIEW

PAGE = "image_features"


def features(**query: str) -> AppTest:
    app = opened(PAGE, **query)
    assert not app.exception
    return app


def pointed(app: AppTest) -> dict[str, Any]:
    """What the component with the point has."""
    found = (json.loads(each.proto.json) for each in app.get("bidi_component"))
    return next(data for data in found if "figure" in data)


def test_every_feature_has_its_answer_and_its_way() -> None:
    app = features()
    assert app.subheader[0].value == "What does a feature that was designed by hand see in an image?"
    figures = set()
    for name in SETTINGS["feature"].options:
        app.segmented_control(key="feature").set_value(name).run()
        assert not app.exception
        assert said(app) == ""
        assert len(answer(app)) > 60
        assert 3 <= len(app.get("image")) <= 5
        figures.add(pointed(app)["figure"])
    assert len(figures) == len(SETTINGS["feature"].options)


def test_sift_counts_its_keypoints() -> None:
    assert "SIFT finds **390 keypoints**" in answer(features())


def test_a_link_brings_feature_and_point() -> None:
    app = features(feature="RIFT", point_down="60", point_right="25.5", sample="Coins")
    assert (pointed(app)["down"], pointed(app)["right"]) == (60, 25.5)
    assert "RIFT is 32 numbers" in answer(app)


def test_the_walk_opens_and_agrees_with_scikit_image() -> None:
    app = features(feature_view="HOG walk")
    (walk,) = walks(app)
    assert walk["start"] > 100, "in its middle"
    assert any(each.value.startswith("scikit-image’s hog gives the same 36 numbers") for each in app.caption)


def test_a_block_that_does_not_fit_is_a_warning_and_the_walk_stays() -> None:
    app = features(feature_view="HOG walk")
    before = walks(app)[0]["blob"]
    app.segmented_control(key="hog_cell").set_value("8").run()
    assert "covers 16×16, but the crop has 8×8" in app.warning[0].value
    assert walks(app)[0]["blob"] == before
    app.segmented_control(key="hog_block").set_value("1").run()
    assert not app.warning
    assert walks(app)[0]["blob"] != before


def test_a_crop_too_small_for_any_block_has_a_walk_all_the_same() -> None:
    app = features(feature_view="HOG walk", crop="10,10,3,3")
    assert len(walks(app)) == 1
    assert "with black where the crop ends" in said(app)


def test_the_point_becomes_the_walks_crop() -> None:
    app = features(feature="HOG")
    app.button(key="walk_here").click().run()
    assert app.session_state[VIEW.name] == "walk"
    assert app.query_params["crop"] == "99,162,8,8"
    assert len(walks(app)) == 1


def test_matches_of_a_known_change_are_counted() -> None:
    app = features(feature_view="Match", turn="90")
    assert "After a turn of 90°, **100 % of the matches are right**" in answer(app)
    assert [row[""] for row in app.dataframe[0].value.to_dict("records")] == ["SIFT", "ORB"]


def test_pictures_of_different_things_share_no_motion() -> None:
    assert "so these seem to be different things" in answer(features(feature_view="Match", second="Coins"))


def test_the_second_picture_may_be_missing_or_too_small() -> None:
    assert "Upload a second image" in said(features(feature_view="Match", second="your own"))
    assert "The second image: The image has 8 × 8 pixels" in said(features(feature_view="Match", second="Edge"))


def test_the_comparison_goes_from_the_steadiest_to_the_least() -> None:
    words = answer(features(feature_view="Compare", turn="90"))
    assert words.startswith("**Answer.** After a turn of 90°, ")
    assert "HOG’s by **" in words
    assert "nothing is changed yet" in answer(features(feature_view="Compare", turn="0")).lower()


@pytest.mark.parametrize("view", ["Features", "Match", "Compare"])
def test_a_tiny_picture_is_answered_in_words(view: str) -> None:
    app = features(sample="Edge", feature_view=view)
    assert "The image has 8 × 8 pixels; features are computed from 24 × 24 on." in said(app)


@pytest.mark.parametrize(
    ("name", "text"),
    [("feature", "<b>"), ("point_down", "nan"), ("turn", "1e9"), ("hog_bins", "0"), ("second", "x" * 5000)],
)
def test_a_hostile_link_gives_the_default_and_words(name: str, text: str) -> None:
    app = features(**{name: text})
    assert "Not understood in the link" in said(app)
    assert "390 keypoints" in answer(app)


def test_pictures_without_matches_are_shown_all_the_same() -> None:
    app = features(feature_view="Match", second="Coins", ratio="0.5", method="ORB")
    assert len(app.get("image")) == 1
    assert len(app.dataframe[0].value) == 2
