"""The pages Convolution and Pooling in a real browser: crop, edit, paint, share, narrow and dark screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.grid_lessons import CONVOLUTION, POOLING, query_of, shows, value_at, walk_of
from tests.browser.reading import set_in_type, shown_numbers
from tests.browser.test_accessibility import serious_faults
from tests.browser.test_image_inputs import choose, drag, on_cat, point
from tests.inputs.image_files import quarters, saved
from tools.browser import PHONE, open_lesson, read_step, wait_for_player
from visualizer.engine import Trace

PATHS = [CONVOLUTION, POOLING]
LAYER = {"kernel1": "sobel_y", "kernel_size": "5", "channels": "grey", "stride": "2", "padding": "sides"}
LINKED: dict[str, dict[str, str]] = {
    CONVOLUTION: LAYER | {"pad_top": "1", "pad_left": "2", "sample": "coffee", "crop": "100,220,9,8", "step": "23"},
    POOLING: {"window": "3", "pool_stride": "2", "pool_padding": "1", "ceil_mode": "true"}
    | {"layers": "block", "sample": "coins", "crop": "40,30,10,7", "step": "30"},
}


def mark(page: Page, ref: str) -> Locator:
    return page.locator(f".figure .number[data-ref='{ref}']")


def expect_image(page: Page, trace: Trace) -> None:
    """The figure's image is the trace's, in size and in numbers."""
    expect(page.locator(".figure")).to_have_attribute(
        "aria-label", re.compile(rf"^An image of {' × '.join(map(str, trace['x'].shape))}\b")
    )
    image = {ref: text for ref, text in shown_numbers(page).items() if ref.startswith("x[")}
    assert len(image) >= trace["x"][0].numel()
    assert [ref for ref, text in image.items() if not shows(text, value_at(trace, ref))] == []


def expect_numbers(page: Page, trace: Trace) -> None:
    """All numbers that the figure shows are the trace's."""
    shown = shown_numbers(page)
    assert shown
    assert [(ref, text) for ref, text in shown.items() if not shows(text, value_at(trace, ref))] == []


@pytest.mark.parametrize("path", PATHS)
def test_the_walk_follows_a_dragged_crop(page: Page, server: str, path: str) -> None:
    query = {"channels" if path == CONVOLUTION else "pool_channels": "grey"}
    open_lesson(page, server, query, path)
    page.get_by_role("button", name="Image", exact=True).click()
    expect(page.get_by_label("width", exact=True)).to_be_visible()
    page.get_by_test_id("crop").hover()  # waits until the panel stands still
    drag(page, on_cat(page, 60, 100), on_cat(page, 65, 108))
    trace = walk_of(path, query | {"crop": "60,100,6,9"})

    expect(page).to_have_url(re.compile(r"[?&]crop=60(,|%2C)100(,|%2C)6(,|%2C)9\b"))
    expect(page.get_by_test_id("player-step")).to_have_text(re.compile(rf"/ {len(trace)}$"))
    expect_image(page, trace)


def test_an_edited_kernel_changes_y_and_can_be_undone(page: Page, server: str) -> None:
    open_lesson(page, server, None, CONVOLUTION)
    page.keyboard.press("End")
    before, after = walk_of(CONVOLUTION, {}), walk_of(CONVOLUTION, {"numbers": "w0.1.0.2~-2.5"})
    mark(page, "weight[0,1,0,2]").click()
    page.get_by_label("new value").fill("−2,5")
    page.keyboard.press("Enter")

    expect(mark(page, "weight[0,1,0,2]")).to_have_text("−2.5")
    assert read_step(page) == (len(before), len(before))
    expect_numbers(page, after)
    with pytest.raises(AssertionError):
        expect_numbers(page, before)
    page.get_by_role("button", name="Undo").click()
    expect(mark(page, "weight[0,1,0,2]")).to_have_text("1")
    expect_numbers(page, before)
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_an_edited_pixel_changes_what_is_pooled(page: Page, server: str) -> None:
    open_lesson(page, server, None, POOLING)
    page.keyboard.press("End")
    mark(page, "x[0,0,1]").click()
    page.get_by_label("new value").fill("3")
    page.keyboard.press("Enter")

    expect(mark(page, "y[0,0,0]")).to_have_text("3")
    expect_numbers(page, walk_of(POOLING, {"pool_numbers": "x0.0.1~3"}))


@pytest.mark.parametrize("path", PATHS)
def test_the_walk_follows_a_painting(page: Page, server: str, path: str) -> None:
    # With the sum as the loss the output has room for its digits.
    query = {"channels": "grey", "backward": "sum"} if path == CONVOLUTION else {"pool_channels": "grey"}
    open_lesson(page, server, query, path)
    page.get_by_role("button", name="Image", exact=True).click()
    choose(page.get_by_test_id("stPopoverBody"), "Paint")
    expect(mark(page, "x[0,11,11]")).to_have_text("0")
    grid = page.get_by_test_id("paint")
    grid.hover()  # waits until the panel stands still
    drag(page, point(grid, 1, 2, 12, 12), point(grid, 1, 9, 12, 12))

    for column, level in ((1, "0"), (2, "1"), (9, "1"), (10, "0")):
        expect(mark(page, f"x[0,1,{column}]")).to_have_text(level)
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    expect(mark(page, "y[0,0,0]")).not_to_have_text("")
    length = read_step(page)[1]
    assert length == len(walk_of(path, query | {"crop": "0,0,12,12"}))


@pytest.mark.parametrize("path", PATHS)
def test_a_shared_link_opens_on_a_fresh_server_at_exactly_that(
    fresh_server: str, server: str, page: Page, path: str
) -> None:
    query = LINKED[path]
    open_lesson(page, server, query, path)
    mark(page, "weight[0,0,0,1]").click()
    page.get_by_label("new value").fill("0.75")
    page.keyboard.press("Enter")
    expect(mark(page, "weight[0,0,0,1]")).to_have_text(re.compile(r"^0?\.75$"))
    page.get_by_test_id("player-next").click()
    step = int(str(query["step"])) + 1
    expect(page).to_have_url(re.compile(rf"[?&]step={step}\b"))
    link = shared_link(page)
    linked = query_of(link)
    settings = {name: value for name, value in query.items() if name != "step"}
    assert settings.items() <= linked.items()
    page.goto(link.replace(server, fresh_server))
    wait_for_player(page)

    trace = walk_of(path, linked)
    assert "~0.75" in "".join(linked.values())
    assert read_step(page) == (step, len(trace))
    expect(page.get_by_test_id("player-title")).to_have_text(set_in_type(trace.steps[step - 1].title))
    expect_numbers(page, trace)
    expect_image(page, trace)


def shared_link(page: Page) -> str:
    page.get_by_role("button", name="Share & save").click()
    field = page.get_by_role("textbox", name="Link")
    expect(field).to_have_value(re.compile("^http"))
    return field.input_value()


@pytest.mark.parametrize("path", [*PATHS, "/one-hidden-layer"])
def test_the_shared_link_follows_the_step(page: Page, server: str, path: str) -> None:
    open_lesson(page, server, {"step": 5}, path)
    for _ in range(2):
        page.get_by_test_id("player-next").click()
    page.get_by_role("button", name="Share & save").click()

    expect(page.get_by_role("textbox", name="Link")).to_have_value(re.compile(r"[?&]step=7\b"))


@pytest.mark.parametrize("path", PATHS)
def test_a_link_to_an_uploaded_picture_opens_a_sample_and_says_so(
    page: Page, server: str, tmp_path: Path, path: str
) -> None:
    file = tmp_path / "quarters.png"
    file.write_bytes(saved(quarters(), "PNG"))
    grey = {"channels" if path == CONVOLUTION else "pool_channels": "grey", "sample": "coins"}
    open_lesson(page, server, grey, path)
    page.get_by_role("button", name="Image", exact=True).click()
    panel = page.get_by_test_id("stPopoverBody")
    choose(panel, "Upload")
    page.locator("input[type=file]").set_input_files(file)
    expect(panel.get_by_text("A link can't carry your own image: it opens with the sample “Coins”.")).to_be_visible()
    expect(panel.get_by_text(re.compile(r"^quarters.png: "))).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    link = shared_link(page)

    expect(page.get_by_text(re.compile("^Your own image can't travel in a link.*opens with a sample"))).to_be_visible()
    assert "quarters" not in link
    linked = query_of(link)
    assert linked["sample"] == "coins"
    open_lesson(page, server, linked, path)  # a session of its own, as any load of a page has
    expect_image(page, walk_of(path, linked))


@pytest.mark.parametrize("path", PATHS)
def test_the_panels_are_accessible(page: Page, server: str, path: str) -> None:
    open_lesson(page, server, None, path)
    for panel, part in (
        ("Image", "crop-words"),
        ("Settings", "stSelectbox"),
        ("Share & save", "stBidiComponentIsolated"),
    ):
        page.get_by_role("button", name=panel, exact=True).click()
        page.get_by_test_id("stPopoverBody").get_by_test_id(part).filter(visible=True).first.wait_for()
        assert serious_faults(page) == [], panel
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody").filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_has_no_horizontal_scroll(page: Page, server: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    open_lesson(page, server, {"step": 30}, path)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    transport = page.locator(".transport").bounding_box()
    assert transport is not None
    assert transport["y"] + transport["height"] <= PHONE["height"] + 1
    page.get_by_test_id("player-next").click()
    assert read_step(page)[0] == 31
    page.get_by_role("button", name="Settings").click()
    page.get_by_test_id("stPopoverBody").get_by_test_id("stSelectbox").filter(visible=True).first.wait_for()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", PATHS)
def test_a_walk_that_opens_in_its_middle_goes_to_its_start_and_stays_there(page: Page, server: str, path: str) -> None:
    page.goto(server + path)
    wait_for_player(page)
    assert read_step(page)[0] > 0
    page.get_by_role("button", name="Go to the start").click()
    assert read_step(page)[0] == 0
    expect(page).to_have_url(re.compile(r"[?&]step=0\b"))

    page.reload()
    expect(page.get_by_test_id("player-step")).to_have_text(re.compile(r"^0 /"))
