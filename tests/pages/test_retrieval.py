"""The page "Find images like this one": its views answer, uploads are kept or refused in words, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.inputs.image_files import noise, quarters, saved
from tests.pages.opening import answer, opened
from tests.pages.test_grid_lessons import said
from visualizer.lessons.retrieval import shared
from visualizer.lessons.retrieval.gallery import uploads
from visualizer.lessons.retrieval.gallery.board import pictures_file
from visualizer.lessons.retrieval.shared import SHARED, SharedGallery

PHOTOS = {"retrieval_gallery": "Photos, and yours"}
DIGITS = {"retrieval_gallery": "Digits"}
OWN = {"retrieval_gallery": "Yours alone"}


@pytest.fixture(scope="module", autouse=True)
def described_before() -> Iterator[None]:
    """The photos, and three digits of each class, described before any page asks for them: the net takes its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "MAX_LABELLED", 30)
        digits = SharedGallery("digits", SHARED["digits"].sources)
        for gallery in (digits, SHARED["photos"]):
            gallery.get(lambda done, total: None)
        patch.setitem(SHARED, "digits", digits)
        yield


def board(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    return next(data for data in datas(app) if "query" in data)


def datas(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.json) for each in app.get("bidi_component")]


def page(**query: str) -> AppTest:
    return opened("retrieval", **query)


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader(key=_field(app)).set_value([(name, data, "image/png") for name, data in files]).run()
    for _ in range(20):
        if not app.session_state["retrieval_waiting"]:
            break
        app.run()
    return app


def _field(app: AppTest) -> str:
    return f"retrieval_files_{app.session_state.get('retrieval_files_count', 0)}"


def test_it_sees_a_cat_and_ranks_the_photos_five_times() -> None:
    app = page(**PHOTOS)
    data = board(app)
    assert "cat" in data["query"]["classes"][0]["name"]
    assert [row["row"] for row in data["rows"]] == ["features", "stage", "pixels", "colours", "hog"]
    assert all(len(row["found"]) == 8 for row in data["rows"])
    assert all(near["place"] != 0 for row in data["rows"] for near in row["found"])
    assert answer(app).startswith("**Answer.** By the last hidden layer,")
    assert said(app) == ""


def test_a_picture_of_the_gallery_asks_and_is_in_the_link() -> None:
    app = page(**PHOTOS, retrieval_query="7", retrieval_count="3", retrieval_measure="Euclid", retrieval_stage="5")
    data = board(app)
    assert data["query"]["name"] == "motorcycle, left"
    gallery = SHARED["photos"].known()
    assert gallery and next(each for each in datas(app) if "file" in each) == {"file": pictures_file(gallery)}
    assert gallery.entries[data["rows"][0]["found"][0]["place"]].name == "motorcycle, right"
    assert data["rows"][1]["label"] == "Stage 5 of the net"
    assert len(data["rows"][0]["found"]) == 3


def test_a_number_that_the_gallery_does_not_have_is_said() -> None:
    app = page(**PHOTOS, retrieval_query="900")
    assert any(each.value == "There is no 900 here: 20 is taken." for each in app.caption)
    assert board(app)["query"]["place"] == 19


@pytest.mark.parametrize(
    ("name", "text"), [("retrieval_query", "1e9"), ("retrieval_count", "<b>"), ("retrieval_map_by", "../x")]
)
def test_a_hostile_link_gives_the_default_and_words(name: str, text: str) -> None:
    app = page(**PHOTOS, **{name: text})
    assert board(app)["query"]["name"] == "cat"
    assert "Not understood in the link" in said(app)


def test_the_crop_asks_as_well() -> None:
    app = page(**PHOTOS, retrieval_look="its crop")
    assert board(app)["query"]["name"] == "Cat, its crop"
    assert board(app)["query"]["place"] is None


def test_precision_of_labelled_pictures_is_answered() -> None:
    app = page(**DIGITS, retrieval_view="Precision at k", retrieval_count="2")
    assert not app.exception
    assert answer(app).startswith("**Answer.** At k = 2, **")
    assert "at random would reach 6.9 %" in answer(app)
    assert len(app.get("image")) == 1


def test_precision_without_labels_is_refused_in_words() -> None:
    app = page(**PHOTOS, retrieval_view="Precision at k")
    assert "Nobody says what is on these images" in said(app)


@pytest.mark.parametrize("method", ["PCA", "t-SNE"])
def test_the_map_has_a_place_for_every_picture(method: str) -> None:
    app = page(**PHOTOS, retrieval_view="Map", retrieval_method=method)
    points = board(app)["points"]
    assert len(points) == 20
    assert all(0 <= number <= 1 for point in points for number in point)
    assert board(app)["queryPoint"] is None


def test_own_pictures_come_into_the_gallery_and_the_broken_are_named() -> None:
    app = page(**DIGITS)
    upload(
        app,
        ("one.png", saved(quarters(), "PNG")),
        ("two.txt", b"no image"),
        ("three.jpg", saved(noise(90, 60), "JPEG")),
    )
    assert app.selectbox(key="retrieval_gallery").value == "photos"
    sheet = next(each for each in datas(app) if "thumbs" in each)
    assert sheet["names"][20:] == ["one.png", "three.jpg"]
    assert "two.txt: The file is not an image that can be read." in said(app)
    app.button(key="answer-retrieval-uploads").click().run()
    assert said(app) == ""
    app.button(key="retrieval_clear").click().run()
    assert not any("thumbs" in each for each in datas(app))


def test_a_gallery_of_none_and_of_one_is_said() -> None:
    app = page(**OWN)
    assert "There is nothing in this gallery yet" in said(app)
    upload(app, ("one.png", saved(quarters(), "PNG")))
    assert "A gallery of one, “one.png”, has nothing to rank. Upload at least one more image." in said(app)
    upload(app, ("two.png", saved(noise(30, 30), "PNG")))
    assert all(len(row["found"]) == 2 for row in board(app)["rows"])


def test_too_many_at_once_and_the_oldest_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads.OwnGallery.__init__, "__defaults__", (2, uploads.MAX_BYTES))
    app = page(**OWN)
    upload(app, *[(f"{number}.png", saved(noise(8, 8, number), "PNG")) for number in range(3)])
    assert "There is room for 2 images and 200 MB: 1 image, the oldest, has gone." in said(app)
    monkeypatch.setattr(uploads, "MAX_WAITING", 1)
    upload(app, *[(f"{number}.png", saved(noise(8, 8, number), "PNG")) for number in range(2)])
    assert "At most 0 MB are read at once: the first 1 of 2 images are." in said(app)
    monkeypatch.undo()
    monkeypatch.setattr(uploads, "MAX_PICTURES", 2)
    upload(app, *[(f"{number}.png", saved(noise(8, 8, number), "PNG")) for number in range(3)])
    assert "3 images are more than the 2 that there is room for: the first 2 are read." in said(app)
