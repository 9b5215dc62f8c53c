"""The lesson "Find images like this one" in a real browser: a click asks, uploads come in, axe finds no fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import SCHEMES, serious_faults
from tests.inputs.image_files import noise, saved
from tests.lessons.retrieval.made import made_gallery
from tools.browser import PHONE
from visualizer import FOLDER
from visualizer.lessons.retrieval.gallery.board import sheet_data
from visualizer.web.bundle import script, style
from visualizer.web.palette import palette_css

PHOTOS = "/retrieval?retrieval_gallery=Photos%2C+and+yours"
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>board</title><style>{palette} body {{ margin: 0 }} {style}</style><main id="board"></main>
<script type="module">{script}
const parentElement = document.getElementById("board")
window.sent = []
const setTriggerValue = (_, value) => sent.push(structuredClone(value))
window.show = (data) => void bundle.default({{ data, parentElement, setTriggerValue }})
window.ready = true
</script>"""
GALLERY = made_gallery([(0.0, 0.0), (1.0, 9.0), (2.0, 20.0)])
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="


def shown(**more: Any) -> dict[str, Any]:
    query = {"name": "<b>mine</b>", "about": "the query", "thumb": DOT, "place": 0}
    classes = [{"name": "tabby", "share": 0.75, "text": "75.0 %"}]
    return {"sheet": GALLERY.name, "query": query | {"classes": classes}} | more


def ranked(*places: int) -> dict[str, Any]:
    found = [{"place": place, "distance": f"0.{place}", "same": place == 1} for place in places]
    rows = [{"row": row, "label": row, "about": "2 numbers", "found": found} for row in ("features", "pixels")]
    return shown(rows=rows)


@pytest.fixture
def bare(page: Page, tmp_path: Path) -> Page:
    file = tmp_path / "board.html"
    file.write_text(
        _PAGE.format(
            palette=palette_css(), style=style(FOLDER / "lessons/retrieval/gallery/board.css"), script=script("gallery")
        ),
        encoding="utf-8",
    )
    page.goto(file.as_uri())
    page.wait_for_function("window.ready")
    return page


def sheet() -> dict[str, Any]:
    return sheet_data(GALLERY) | {"thumbs": [DOT] * len(GALLERY)}


def test_the_board_waits_for_the_pictures_and_a_click_asks(bare: Page) -> None:
    bare.evaluate("(data) => show(data)", ranked(1, 2))
    assert bare.locator(".picture").count() == 0
    bare.evaluate("(data) => show(data)", sheet())
    expect(bare.locator(".query .name")).to_have_text("<b>mine</b>")
    expect(bare.get_by_test_id("retrieval-classes")).to_contain_text("tabby75.0 %")
    bare.get_by_test_id("near-pixels-2").hover()
    assert bare.locator(".rows .lit").count() == 2
    assert bare.locator(".rows .same").count() == 2
    bare.get_by_test_id("near-pixels-2").click()
    bare.keyboard.press("ArrowLeft")
    bare.keyboard.press("Enter")
    assert bare.evaluate("sent") == [{"place": 2}, {"place": 1}]
    bare.evaluate("(data) => show(data)", ranked(2, 1))
    expect(bare.get_by_test_id("near-pixels-1")).to_be_focused()
    assert serious_faults(bare) == []


def test_the_map_has_the_query_and_stays_within_its_frame(bare: Page) -> None:
    points = [[0, 0], [1, 1], [0.5, 0.2]]
    bare.evaluate("(data) => show(data)", sheet())
    bare.evaluate("(data) => show(data)", shown(points=points, queryPoint=[1, 0]))
    frame = bare.get_by_test_id("retrieval-map").bounding_box()
    assert frame
    for place in range(3):
        box = bare.get_by_test_id(f"map-{place + 1}").bounding_box()
        assert box
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert box["y"] + box["height"] <= frame["y"] + frame["height"]
    expect(bare.get_by_test_id("retrieval-map").get_by_alt_text("The query: <b>mine</b>")).to_be_visible()
    bare.get_by_test_id("map-2").click()
    assert bare.evaluate("sent") == [{"place": 1}]


def test_a_click_in_the_app_asks_with_that_picture(page: Page, server: str) -> None:
    page.goto(server + PHOTOS)
    expect(page.locator(".query .name")).to_have_text("cat")
    page.get_by_text("All 20 images of the gallery").click()
    page.get_by_test_id("all-7").click()
    expect(page.locator(".query .name")).to_have_text("motorcycle, left")
    page.wait_for_url("**retrieval_query=7**")
    page.get_by_text("Map", exact=True).click()
    expect(page.get_by_test_id("map-20")).to_be_visible()
    expect(page.get_by_test_id("map-7")).to_have_class("picture asked")


def test_own_pictures_make_a_gallery_on_a_phone(page: Page, server: str, tmp_path: Path) -> None:
    files = []
    for number in range(2):
        files.append(tmp_path / f"mine-{number}.jpg")
        files[-1].write_bytes(saved(noise(60, 40, number), "JPEG"))
    page.set_viewport_size(PHONE)
    page.goto(f"{server}/retrieval?retrieval_gallery=Yours+alone")
    page.get_by_text("There is nothing in this gallery yet").wait_for()
    page.get_by_role("button", name="Your images (0)").click()
    page.locator("input[type=file]").last.set_input_files(files)
    page.get_by_role("button", name="Your images (2)").wait_for()
    expect(page.get_by_test_id("near-features-1")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("Escape")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert serious_faults(page) == [], scheme
