"""The page "Scanning with a detector": every detector answers, what can't be is said in words, nothing is lost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import answer, opened
from tests.pages.test_grid_lessons import said

MARKS = "103,167y.125,330y.60,60n.200,100n"


def page(**query: str) -> AppTest:
    app = opened("detector", **query)
    assert not app.exception
    return app


def spots(app: AppTest, name: str) -> dict[str, Any]:
    """What an image with boxes has been handed."""
    found = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return next((data for data in found if data.get("name") == f"detector_{name}"), {})


def walk(app: AppTest) -> dict[str, Any]:
    found = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return next((data for data in found if "blob" in data), {})


def warned(app: AppTest) -> str:
    return " ".join(each.value for each in app.warning)


def words(app: AppTest) -> str:
    return " ".join(each.value for each in app.markdown)


def test_opens_with_a_template_that_finds_its_own_place() -> None:
    app = page()
    assert said(app) == ""
    assert re.search(r"\*\*24 places found\*\*, from \d,\d{3} windows at 5 scales in ", answer(app)), "every coin"
    assert "This window scores 1.00." in words(app)
    left = spots(app, "after")["boxes"]
    assert len(left) < len(spots(app, "before")["boxes"])
    assert left[-1]["kind"] == "picked"


def test_scenes_count_from_1_where_links_count_their_seeds_from_0() -> None:
    app = page(det_kind="Faces", det_scene_seed="4")
    before = spots(app, "after")["boxes"]
    field = next(each for each in app.number_input if each.label.startswith("Scene"))
    assert field.label == "Scene (1\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}1,000)" and field.value == 5
    field.set_value(1).run()
    assert "det_scene_seed" not in app.query_params and spots(app, "after")["boxes"] != before
    field = next(each for each in app.number_input if each.label.startswith("Scene"))
    field.set_value(5).run()
    assert app.query_params["det_scene_seed"] == "4" and spots(app, "after")["boxes"] == before


def test_faces_are_found_in_a_scene_where_they_are_known() -> None:
    app = page(det_kind="Faces")
    assert re.search(r"\*\*\d of 9 faces found\*\*, \*\*\d+ false alarms?\*\*, from 11,680 windows", answer(app))
    assert "of 60 that were held out it classifies **98.3 %** correctly" in words(app)
    assert {metric.label for metric in app.metric} == {"Precision", "Recall", "Average precision"}
    assert {box["kind"] for box in spots(app, "after")["boxes"]} >= {"hit", "alarm"}


def test_a_convnet_reads_a_scene_and_without_its_gate_calls_everything_a_digit() -> None:
    app = page(det_kind="ConvNet")
    gated = re.search(r"\*\*(\d+) of 14 digits found\*\* \((\d+) read right\), \*\*(\d+) false", answer(app))
    assert gated
    assert int(gated[1]) >= 12
    assert int(gated[3]) <= 3
    assert {box["tag"] for box in spots(app, "after")["boxes"]} <= {*"0123456789", ""}
    app.toggle(key="det_nothing").set_value(False).run()
    bare = re.search(r"\*\*(\d+) of 14 digits found\*\* \((\d+) read right\), \*\*(\d+) false", answer(app))
    assert bare
    assert int(bare[3]) > 20
    assert "The net has no way to say “nothing”" in words(app)


def test_marks_come_with_a_link_and_can_be_undone() -> None:
    app = page(det_kind="My marks", det_marks=MARKS)
    assert said(app) == "2 marked yes, 2 no; at most 24 of each."
    assert "learned from 18 patches of the thing and 18 without it" in words(app)
    assert [box["kind"] for box in spots(app, "marks")["boxes"]] == ["yes", "yes", "no", "no"]
    app.button(key="marks_undo").click().run()
    assert app.query_params["det_marks"] in (MARKS.removesuffix(".200,100n"), [MARKS.removesuffix(".200,100n")])
    app.button(key="marks_clear").click().run()
    assert not app.exception
    assert "Nothing is marked yet." in app.warning[0].value
    assert answer(app) != "", "the last scan stays"


@pytest.mark.parametrize(("marks", "lack"), [("60,60y.80,80y", "All marks say yes"), ("60,60n", "All marks say no")])
def test_one_kind_of_marks_alone_is_said_beside_them(marks: str, lack: str) -> None:
    app = page(det_kind="My marks", det_marks=marks)
    assert lack in app.warning[0].value
    assert len(spots(app, "marks")["boxes"]) == marks.count(".") + 1
    assert answer(app) == ""


def test_a_template_without_contrast_is_refused_beside_it() -> None:
    app = page(sample="Cross", crop="0,0,1,1")
    assert said(app) == "", "it is said once"
    assert "The template has no contrast" in app.warning[0].value


def test_a_picture_that_is_smaller_than_the_window_is_refused() -> None:
    app = page(det_kind="ConvNet", det_scene="my image", sample="Cross")
    assert "The image of 8 × 8 pixels is smaller than the detector’s window of 28 × 28 at every scale" in warned(app)
    assert said(app) == "", "it is said once"
    app.selectbox(key="sample").set_value("coins").run()
    assert not app.exception
    assert "smaller" not in warned(app)
    app.selectbox(key="sample").set_value("cross").run()
    assert "Until then the last possible scan is shown." in warned(app)
    assert "from " in answer(app)


def test_nothing_above_the_threshold_is_said_beside_it() -> None:
    app = page(det_kind="Faces", det_faces_odds="15")
    assert "No window reaches the threshold; the best of all scores" in app.warning[0].value
    assert "**0 of 9 faces found**" in answer(app)
    assert "scores" in words(app)


@pytest.mark.parametrize("kind", ["Template", "Faces", "My marks", "ConvNet"])
def test_one_score_opens_as_a_walk(kind: str) -> None:
    app = page(det_kind=kind, det_view="One score", det_marks=MARKS)
    assert said(app) == ""
    assert walk(app)["start"] > 0


def test_a_kernel_that_is_too_large_for_a_walk_is_said() -> None:
    app = page(det_kind="Faces", det_feature="raw pixels", det_view="One score")
    assert "The kernel has 25 × 25 numbers; a walk shows up to 11 × 11." in said(app)
    assert walk(app) == {}


def test_a_window_comes_with_a_link() -> None:
    app = page(det_kind="ConvNet", det_place="2,5,7")
    assert app.query_params["det_place"] in ("2,5,7", ["2,5,7"])
    assert spots(app, "map")["boxes"][0]["at"] == [5, 7, 1, 1]
    app.button(key="detector_to_walk").click().run()
    assert not app.exception
    assert walk(app)["start"] > 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("det_place", "<script>"),
        ("det_place", "9,9999,9999"),
        ("det_marks", "1,2x"),
        ("det_marks", ".".join(["1,1y"] * 25)),
        ("det_kind", "x" * 10_000),
        ("det_ratio", "nan"),
        ("det_scales", "9"),
        ("det_correlation", "1e400"),
    ],
)
def test_a_hostile_link_gives_the_default_and_words(name: str, text: str) -> None:
    app = page(**{name: text})
    assert "Not understood in the link" in said(app)
    assert answer(app) != ""


def test_a_place_beyond_the_map_is_brought_within_it() -> None:
    app = page(det_place="8,9999,9999")
    assert answer(app) != ""
    assert spots(app, "map")["boxes"][0]["kind"] == "picked"


def test_signs_are_read_in_colour() -> None:
    app = page(det_kind="ConvNet", det_net="traffic signs")
    assert "of 14 signs found**" in answer(app)
    app.segmented_control(key="det_view").set_value("walk").run()
    assert not app.exception
    assert walk(app)["start"] > 0


def test_a_window_of_another_scan_is_let_go_and_its_scale_too() -> None:
    app = page(det_place="2,5,7", det_level="2")
    assert spots(app, "map")["boxes"][0]["at"] == [5, 7, 1, 1]
    app.segmented_control(key="det_kind").set_value("faces").run()
    assert not app.exception
    assert "det_place" not in app.query_params
    assert app.segmented_control(key="det_level").value == 3
    app.segmented_control(key="det_scales").set_value(2).run()
    assert not app.exception
    assert app.segmented_control(key="det_level").value in (1, 2)
    assert spots(app, "map")["boxes"][0]["kind"] == "picked"
