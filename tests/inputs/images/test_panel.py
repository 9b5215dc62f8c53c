"""The image inputs on a page: sources, faults beside the field, the crop and its parameter in the address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.inputs.image_files import quarters, saved
from visualizer.inputs.images.images import Picture

PAGE = Path(__file__).parents[2] / "browser" / "picture_page.py"


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    for name, text in query.items():
        app.query_params[name] = text
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def said(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def address(app: AppTest, name: str) -> str:
    found = app.query_params[name]
    return found if isinstance(found, str) else ", ".join(found)


def component(app: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get("bidi_component")[-1].proto.json)
    return found


def with_source(app: AppTest, source: str) -> AppTest:
    app.get_by_key("picture_source").set_value(source)
    return checked(app.run())


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].upload(name, data)
    return checked(app.run())


def picture(app: AppTest) -> Picture:
    found: Picture = app.session_state["picture_shown"]
    return found


def test_it_opens_with_a_sample_and_a_crop_of_its_eye() -> None:
    app = opened()

    assert said(app)[:2] == ["Cat: 451 × 300", "crop [99, 166, 8, 8]"]
    assert component(app)["crop"] == [99, 166, 8, 8]
    assert "crop" not in app.query_params


def test_a_link_names_a_sample_and_a_crop() -> None:
    app = opened(sample="Coins", crop="10,20,32,5")

    assert said(app)[:2] == ["Coins: 384 × 303", "crop [10, 20, 32, 5]"]
    sides = ("top", "left", "height", "width")
    assert [app.get_by_key(f"crop_box_0_{name}").value for name in sides] == [10, 20, 32, 5]
    assert address(app, "crop") == "10,20,32,5"


@pytest.mark.parametrize(
    ("asked", "given"), [("290,0,32,8", "271,0,32,8"), ("9999,9999,1,1", "302,383,1,1"), ("0,0,32,32", "0,0,32,32")]
)
def test_a_crop_beyond_the_picture_is_brought_into_it(asked: str, given: str) -> None:
    assert address(opened(sample="Coins", crop=asked), "crop") == given


@pytest.mark.parametrize("text", ["", "1,2,3", "0,0,33,1", "<b>", "1,2,3,inf", "9" * 5000])
def test_a_broken_crop_is_as_none(text: str) -> None:
    app = opened(crop=text)

    assert said(app)[1] == "crop [99, 166, 8, 8]"
    assert "crop" not in app.query_params


def test_a_crop_by_number() -> None:
    app = opened()
    app.get_by_key("crop_box_0_height").set_value(20).run()
    app.get_by_key("crop_box_0_top").set_value(280)
    checked(app.run())

    assert said(app)[1] == "crop [280, 166, 20, 8]"
    assert component(app)["crop"] == [280, 166, 20, 8]
    assert address(app, "crop") == "280,166,20,8"


def test_the_numbers_of_before_a_drag_change_nothing() -> None:
    app = opened(crop="60,100,16,16")
    app.session_state["crop_box_serial"] = 1  # dragged, and the browser has not heard of it
    app.get_by_key("crop_box_0_top").set_value(99)
    checked(app.run())

    assert said(app)[1] == "crop [60, 100, 16, 16]"


def test_another_picture_keeps_the_crop_s_size() -> None:
    app = opened(sample="Coins", crop="10,20,12,16")
    app.selectbox(key="sample").select("bricks")
    checked(app.run())

    assert said(app)[:2] == ["Bricks: 512 × 512", "crop [126, 143, 12, 16]"]
    app.selectbox(key="sample").select("edge")
    checked(app.run())
    assert said(app)[:2] == ["Edge: 8 × 8", "crop [0, 0, 8, 8]"]


def test_an_upload_is_the_picture() -> None:
    app = with_source(opened(), "upload")
    assert said(app)[0] == "Cat: 451 × 300"
    upload(app, "quarters.png", saved(quarters(), "PNG"))

    assert np.array_equal(picture(app).pixels, quarters())
    assert said(app)[:2] == ["quarters.png: 48 × 32 pixels.", "quarters.png: 48 × 32"]
    assert any("can't carry your own image: it opens with the sample “Cat”" in each.value for each in app.markdown)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty: it has 0 bytes."),
        (b"not an image", "The file is not an image that can be read."),
        (b"<svg/>", "The file is an SVG drawing"),
        (saved(quarters(), "JPEG")[:300], "The JPEG image is truncated"),
    ],
)
def test_a_bad_file_is_answered_beside_the_field_and_the_picture_stays(data: bytes, words: str) -> None:
    app = with_source(opened(), "upload")
    upload(app, "good.png", saved(quarters(), "PNG"))
    before = picture(app)
    upload(app, "<b>bad</b>.png", data)

    assert said(app)[0].startswith(words)
    assert said(app)[0].endswith(" The image stays as it was.")
    assert picture(app) is before
    upload(app, "good.png", saved(quarters(), "BMP"))
    assert not said(app)[0].startswith(words)


def test_the_camera_is_asked_for_only_where_it_is_chosen() -> None:
    app = opened()

    assert not app.get("camera_input")
    assert with_source(app, "camera").get("camera_input")


def test_a_painting_starts_black_and_takes_another_size() -> None:
    app = with_source(opened(), "paint")
    assert picture(app).pixels.shape == (12, 12, 3)
    assert not picture(app).pixels.any()
    assert said(app)[1] == "crop [0, 0, 12, 12]"
    app.get_by_key("picture_paint_size").set_value(28)
    checked(app.run())

    assert picture(app).pixels.shape == (28, 28, 3)


def test_one_s_own_picture_is_there_when_one_comes_back_to_it() -> None:
    app = with_source(opened(), "upload")
    upload(app, "quarters.png", saved(quarters(), "PNG"))
    own = picture(app)

    assert picture(with_source(app, "sample")).sample == "cat"
    assert picture(with_source(app, "upload")) is own


def test_other_sources_keep_the_sample_in_the_address() -> None:
    app = with_source(opened(sample="Coins"), "paint")

    assert app.selectbox(key="sample").value == "coins"
    assert address(app, "sample") == "coins"
