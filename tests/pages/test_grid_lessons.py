"""The pages Convolution and Pooling: they open, follow their settings, and answer hostile links in words."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened

PAGES = ("convolution", "pooling")


def walks(app: AppTest) -> list[dict[str, object]]:
    found = [json.loads(component.proto.json) for component in app.get("bidi_component")]
    return [data for data in found if "blob" in data]


def said(app: AppTest) -> str:
    return " ".join(text.value for text in app.text)


@pytest.mark.parametrize("page", PAGES)
def test_opens_with_a_walk_and_nothing_to_say(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert len(walks(app)) == 1
    assert said(app) == ""


@pytest.mark.parametrize(
    ("page", "view"),
    [("convolution", "whole"), ("convolution", "sharing"), ("convolution", "learn"), ("pooling", "invariance")],
)
def test_every_other_view_opens(page: str, view: str) -> None:
    app = opened(page, **{"view" if page == "convolution" else "pool_view": view})
    assert not app.exception
    assert walks(app) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", ["nan", "-1", "1e400", "<script>alert(1)</script>", "x" * 10_000])
def test_a_hostile_link_gives_the_default_and_one_line(page: str, value: str) -> None:
    name = "stride" if page == "convolution" else "pool_stride"
    app = opened(page, **{name: value})
    assert not app.exception
    assert len(walks(app)) == 1
    assert walks(app)[0]["blob"] == walks(opened(page))[0]["blob"]
    assert said(app) != ""


def test_an_impossible_geometry_is_answered_and_the_walk_stays() -> None:
    app = opened("convolution", kernel_size="11")
    assert not app.exception
    assert len(walks(app)) == 1
    words = (
        said(app) + " ".join(caption.value for caption in app.caption) + " ".join(each.value for each in app.markdown)
    )
    assert "covers 11" in words or "11×11" in words


def test_an_impossible_setting_is_a_warning_beside_it() -> None:
    app = opened("convolution", kernel_size="4")
    assert [warning.value for warning in app.warning] == [said(app)]
    assert "set the kernel size to 3 or 5" in said(app)


def test_the_whole_image_has_room_for_more_than_the_crop() -> None:
    app = opened("convolution", view="whole", dilation="4")
    assert said(app) == ""
    assert not app.warning
    assert "walk" not in said(opened("convolution", view="whole", kernel_size="4"))


def test_by_default_the_target_kernel_is_learnt() -> None:
    app = opened("convolution", view="learn")
    assert any("The target kernel is found again" in each.value for each in app.markdown)


def test_a_pasted_image_and_kernel_make_the_layer_and_stay_in_the_address() -> None:
    app = opened("convolution", backward="given gradient")
    for name, text in (("image", "[1 2 3; 4 5 6; 7 8 9]"), ("kernel", "1\t0\n0\t−1"), ("gradient", "1 2\n3,0 4")):
        app.text_area(key=f"own_{name}_text").set_value(text)
        app.run()
    assert not app.exception
    assert said(app) == ""
    query = {name: texts[0] if isinstance(texts, list) else texts for name, texts in app.query_params.items()}
    assert query["own_image"] == "1x3x3~1_2_3_4_5_6_7_8_9"
    assert query["own_kernel"] == "1x1x2x2~1_0_0_-1"
    assert query["own_gradient"] == "1x2x2~1_2_3_4"
    assert walks(opened("convolution", **query))[0]["blob"] == walks(app)[0]["blob"]


def test_what_is_no_matrix_is_said_beside_its_field_and_changes_nothing() -> None:
    app = opened("convolution")
    before = walks(app)[0]["blob"]
    app.text_area(key="own_image_text").set_value("1 2\n3 x").run()
    assert "Row 2, column 2 is “x”" in said(app)
    assert app.text_area(key="own_image_text").value == "1 2\n3 x"
    assert walks(app)[0]["blob"] == before


@pytest.mark.parametrize("page", PAGES)
def test_a_walk_opens_in_its_middle(page: str) -> None:
    assert walks(opened(page))[0]["start"] != 0


@pytest.mark.parametrize("stride", ["1", "2", "3"])
def test_the_walk_follows_the_geometry(stride: str) -> None:
    default = walks(opened("convolution"))[0]["blob"]
    assert (walks(opened("convolution", stride=stride))[0]["blob"] == default) == (stride == "1")
