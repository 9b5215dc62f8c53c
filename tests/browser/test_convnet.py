"""The overview of a ConvNet in a real browser: its numbers, what they are made of, drawing, keys, and the walk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bare_player import BarePlayer
from tests.browser.shown_sums import fault
from tests.browser.test_accessibility import serious_faults
from visualizer import FOLDER
from visualizer.engine.convnet.weights import load_convnet
from visualizer.engine.data.labelled_images import labelled_images
from visualizer.lessons.convnet.input.choice import test_input as input_of
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.overview.view import overview_data
from visualizer.lessons.convnet.place import Place
from visualizer.lessons.convnet.walk.walk import walk_of
from visualizer.web.bundle import script, style
from visualizer.web.palette import palette_css

PATH = "/convnet"
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>maps</title><style>{palette} body {{ margin: 0 }} {style}</style><main id="maps"></main>
<script type="module">{script}
const overview = new bundle.Overview(document.getElementById("maps"))
window.sent = []
overview.server = {{ place: (place) => sent.push(["place", place]), walk: (place) => sent.push(["walk", place]) }}
window.show = (data) => overview.receive(data)
window.overview = overview
window.ready = true
</script>"""


def lesson() -> Lesson:
    data = labelled_images("digits", "test")
    return Lesson("digits", data.classes, load_convnet("digits").to(data.images.double().dtype), input_of(data, 3))


class BareOverview:
    """A page with the figure alone."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.lesson = page, lesson()
        file = folder / "maps.html"
        file.write_text(
            _PAGE.format(
                palette=palette_css(),
                style=style(FOLDER / "lessons/convnet/overview/overview.css"),
                script=script("overview"),
            ),
            encoding="utf-8",
        )
        page.goto(file.as_uri())
        page.wait_for_function("window.ready")

    def show(self, place: Place, target: int | None = None) -> None:
        self.page.evaluate("(data) => show(data)", overview_data(self.lesson, place, target))

    def sent(self) -> list[Any]:
        found: list[Any] = self.page.evaluate("sent")
        return found

    def board(self) -> str:
        return self.page.locator(".board").inner_text()


@pytest.fixture
def figure(page: Page, tmp_path: Path) -> BareOverview:
    bare = BareOverview(page, tmp_path)
    bare.show(Place("conv1", 2, 10, 12))
    return bare


def number(text: str) -> float:
    return float(text.replace("−", "-"))


PLACES = [
    *(Place("conv1", 0, 0, 0), Place("conv1", 7, 14, 9), Place("conv2", 15, 13, 0), Place("conv2", 4, 6, 7)),
    *(Place("relu1", 3, 10, 12), Place("relu2", 9, 5, 5), Place("pool1", 2, 7, 7), Place("pool2", 11, 3, 3)),
]


def test_the_board_shows_the_nets_own_numbers_and_they_add_up(figure: BareOverview) -> None:
    for place in PLACES:
        figure.show(place)
        value = float(figure.lesson.found[place.layer][0, place.map, place.row, place.column])
        shown = figure.page.get_by_test_id("convnet-value")
        assert number(shown.inner_text()) == pytest.approx(value, rel=1e-3, abs=1e-12)
        assert number(str(shown.get_attribute("title"))) == pytest.approx(value, rel=1e-14)
        if place.layer.startswith("conv"):
            bold = [number(text) for text in figure.page.locator(".total b").all_inner_texts()]
            sums = [number(text) for text in figure.page.locator(".sum").all_inner_texts() if text] or bold[:1]
            sums += [number(text) for text in re.findall(r"(?:bias|rounding) (\S+)", figure.board())]
            total = bold[-1]
            assert sum(sums) == pytest.approx(total, abs=1e-9)
            assert total == pytest.approx(value, abs=6e-5)


def test_a_class_shows_its_score_and_its_probability(figure: BareOverview) -> None:
    best = int(figure.lesson.found["p"][0].argmax())
    figure.show(Place("p", best))
    score = float(figure.lesson.found["z"][0, best])
    assert number(figure.page.locator(".total b").last.inner_text()) == pytest.approx(score, abs=6e-5)
    expect(figure.page.locator(".bar.winner .name")).to_have_text(figure.lesson.classes[best])


def test_maps_are_painted_with_the_sign_of_their_numbers(figure: BareOverview) -> None:
    pixels = (
        figure.page.get_by_test_id("map-conv1-3")
        .locator("canvas")
        .evaluate("(canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]")
    )
    values = figure.lesson.found["conv1"][0, 2].flatten().tolist()
    most = max(abs(value) for value in figure.lesson.found["conv1"].flatten().tolist())
    assert len(pixels) == 4 * len(values)
    for at, value in enumerate(values):
        red, blue = pixels[4 * at], pixels[4 * at + 2]
        if abs(value) > 0.05 * most:
            assert (blue > red) == (value > 0)


def test_pointing_asks_no_server_and_a_click_tells_it_once(figure: BareOverview) -> None:
    target = figure.page.get_by_test_id("map-relu2-4")
    target.hover()
    expect(figure.page.locator(".tip")).to_contain_text("ReLU 2, map 4")
    assert figure.sent() == []
    target.click()
    expect(figure.page.locator(".board-title")).to_have_text(re.compile("relu 2, map 4", re.IGNORECASE))
    figure.page.wait_for_function("sent.length === 1")
    kind, place = figure.sent()[0]
    assert (kind, place[:2]) == ("place", ["relu2", 3])
    figure.page.get_by_test_id("convnet-walk-relu2").click()
    assert figure.sent()[1] == ["walk", place]


def test_keys_go_from_number_to_number_and_layer_to_layer(figure: BareOverview) -> None:
    figure.page.locator(".figure").focus()
    where = "[overview.place.layer, overview.place.map, overview.place.row, overview.place.column]"
    for key, wanted in [
        ("ArrowRight", ["conv1", 2, 10, 13]),
        ("ArrowUp", ["conv1", 2, 9, 13]),
        ("]", ["conv1", 3, 9, 13]),
        ("PageDown", ["relu1", 3, 9, 13]),
        ("PageDown", ["pool1", 3, 4, 6]),
        ("PageUp", ["relu1", 3, 9, 13]),
    ]:
        figure.page.keyboard.press(key)
        assert figure.page.evaluate(where) == wanted
    figure.page.keyboard.press("Enter")
    assert figure.sent()[-1] == ["walk", ["relu1", 3, 9, 13]]


def test_backward_shows_gradients_in_the_same_places(figure: BareOverview) -> None:
    place = Place("conv2", 4, 6, 7)
    figure.show(place, target=2)
    wanted = float(figure.lesson.gradients(2)["conv2"][4, 6, 7])
    assert f"∂ℓ/∂y = {'0' if wanted == 0 else ''}" in figure.board()
    expect(figure.page.locator(".layer.conv2 .head")).to_have_text("∂ℓ/∂ conv 2")
    shares = [number(text) for text in figure.page.locator(".bar .share").all_inner_texts() if "·" not in text]
    assert min(shares) == pytest.approx(float(figure.lesson.found["p"][0, 2]) - 1, abs=1e-3)


def test_a_walk_of_many_maps_adds_up(bare_player: BarePlayer) -> None:
    for place in (Place("relu2", 4, 6, 7), Place("z", 3), Place("p", 5)):
        trace, _ = walk_of(lesson(), place, 5)
        shown = bare_player.read(trace, list(range(1, len(trace) + 1)))
        assert [fault(lines) for lines in shown] == [None] * len(trace)


def test_a_digit_drawn_is_read_and_walked_through(page: Page, server: str) -> None:
    page.goto(f"{server}{PATH}")
    expect(page.get_by_test_id("convnet-overview")).to_have_attribute("data-painted", "1")
    box = page.get_by_test_id("convnet-pad").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.15 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.85 * box["height"], steps=5)
    page.mouse.up()
    expect(page.get_by_role("heading", name=re.compile("The net predicts “1”"))).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_test_id("map-conv2-5").click()
    page.wait_for_url(re.compile("convnet_at=conv2.5"))
    value = page.get_by_test_id("convnet-value").get_attribute("title")
    page.get_by_test_id("convnet-walk-conv2").click()
    expect(page.get_by_test_id("player-title")).to_have_text("What do all maps add up to?")
    shown = page.locator("text[data-ref=y]").first.text_content()
    assert number(str(shown)) == pytest.approx(number(str(value)), rel=1e-3)
    page.get_by_role("button", name="Back to all layers").click()
    expect(page.get_by_test_id("convnet-overview")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("The net predicts “1”"))).to_be_visible()
