"""Images brought, cropped and painted in a real browser, with mouse, finger and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import SCHEMES, serious_faults
from tests.inputs.image_files import noise, quarters, saved
from tools.browser import CONTAINED, PHONE, QUIET, wait_until_drawn
from tools.find_browser import find_browser
from tools.server import running_server


@pytest.fixture(scope="module")
def pictures() -> Iterator[str]:
    """The address of a small app that has the image inputs and nothing else."""
    with running_server("-m", "tests.browser.small_app", "picture_page") as running:
        yield running.url


@pytest.fixture
def opened(page: Page, pictures: str) -> Page:
    return open_pictures(page, pictures)


def open_pictures(page: Page, server: str, query: str = "") -> Page:
    page.goto(f"{server}/{query}")
    expect(page.get_by_test_id("crop-words")).to_have_text(re.compile(r"\d"))
    wait_until_drawn(page)
    return page


def expect_crop(page: Page, top: int, left: int, height: int, width: int) -> None:
    """Python, the component and the four numbers agree."""
    expect(page.get_by_text(f"crop [{top}, {left}, {height}, {width}]")).to_be_visible()
    words = f"{height} × {width} pixels, {top} from the top, {left} from the left"
    expect(page.get_by_test_id("crop-words")).to_have_text(words)
    for name, value in (("top", top), ("left", left), ("height", height), ("width", width)):
        expect(page.get_by_label(name, exact=True)).to_have_value(str(value))


def expect_in_address(page: Page, *numbers: int) -> None:
    expect(page).to_have_url(re.compile(r"[?&]crop=" + "(,|%2C)".join(map(str, numbers)) + r"\b"))


def point(surface: Locator, row: float, column: float, rows: int, columns: int) -> tuple[float, float]:
    """Where the middle of a pixel of an image of rows × columns is in the window: x, y."""
    box = surface.bounding_box()
    assert box is not None
    return box["x"] + (column + 0.5) / columns * box["width"], box["y"] + (row + 0.5) / rows * box["height"]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()


def on_cat(page: Page, row: int, column: int) -> tuple[float, float]:
    return point(page.get_by_test_id("crop"), row, column, 300, 451)


def choose(page: Page, source: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(source, exact=True).click()


def test_a_crop_is_dragged_out(opened: Page) -> None:
    drag(opened, on_cat(opened, 60, 100), on_cat(opened, 79, 111))

    expect_crop(opened, 60, 100, 20, 12)
    expect_in_address(opened, 60, 100, 20, 12)


def test_a_drag_of_more_than_32_pixels_keeps_the_crop_at_the_mouse_and_says_the_limit(opened: Page) -> None:
    limit = opened.get_by_test_id("crop-limit")
    expect(opened.get_by_text(re.compile("^Drag a rectangle out, at most 32 × 32 pixels"))).to_be_visible()
    drag(opened, on_cat(opened, 60, 100), on_cat(opened, 250, 400))
    expect_crop(opened, 219, 369, 32, 32)
    expect(limit).to_have_text("At most 32 × 32 pixels; drag in the magnified part for fine work.")
    drag(opened, on_cat(opened, 200, 300), on_cat(opened, 10, 20))
    expect_crop(opened, 10, 20, 32, 32)
    drag(opened, on_cat(opened, 60, 100), on_cat(opened, 69, 109))
    expect_crop(opened, 60, 100, 10, 10)
    expect(limit).to_be_empty()


def test_a_drag_that_leaves_the_picture_ends_at_its_border(opened: Page) -> None:
    start = on_cat(opened, 290, 440)

    drag(opened, start, (start[0] + 400, start[1] + 60))

    expect_crop(opened, 290, 440, 10, 11)


def test_a_click_moves_the_crop_there(opened: Page) -> None:
    opened.mouse.click(*on_cat(opened, 200, 250))
    expect_crop(opened, 196, 246, 8, 8)
    opened.mouse.click(*on_cat(opened, 0, 450))
    expect_crop(opened, 0, 443, 8, 8)


def test_the_loupe_shows_single_pixels(opened: Page) -> None:
    loupe = opened.get_by_test_id("crop-loupe")

    drag(opened, point(loupe, 2, 3, 48, 48), point(loupe, 10, 5, 48, 48))

    # The loupe begins 20 pixels above and left of the crop at 99, 166.
    expect_crop(opened, 81, 149, 9, 3)


def test_arrow_keys_move_and_resize(opened: Page) -> None:
    opened.get_by_test_id("crop").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp"):
        opened.keyboard.press(key)

    expect_crop(opened, 100, 167, 7, 9)
    for _ in range(30):
        opened.keyboard.press("Shift+ArrowDown")
    expect_crop(opened, 100, 167, 32, 9)


def test_a_crop_by_number(opened: Page) -> None:
    opened.get_by_label("width", exact=True).fill("20")
    opened.keyboard.press("Enter")
    expect_crop(opened, 99, 166, 8, 20)
    opened.get_by_label("left", exact=True).fill("0")
    opened.keyboard.press("Enter")
    expect_crop(opened, 99, 0, 8, 20)
    drag(opened, on_cat(opened, 60, 100), on_cat(opened, 69, 109))
    expect_crop(opened, 60, 100, 10, 10)
    opened.get_by_label("left", exact=True).fill("0")
    opened.keyboard.press("Enter")
    expect_crop(opened, 60, 0, 10, 10)


def test_a_link_opens_with_its_sample_and_crop(page: Page, pictures: str) -> None:
    open_pictures(page, pictures, "?sample=Coins&crop=10,20,32,5")

    expect_crop(page, 10, 20, 32, 5)
    expect(page.get_by_text("Coins: 384 × 303")).to_be_visible()


def test_the_browser_s_back_button_goes_back_to_the_crop_before(opened: Page) -> None:
    opened.mouse.click(*on_cat(opened, 200, 250))
    expect_in_address(opened, 196, 246, 8, 8)
    opened.mouse.click(*on_cat(opened, 100, 50))
    expect_in_address(opened, 96, 46, 8, 8)

    opened.go_back()
    expect_crop(opened, 196, 246, 8, 8)
    opened.go_back()
    expect_crop(opened, 99, 166, 8, 8)


def test_a_crop_and_a_painting_by_finger(open_page: OpenPage, pictures: str) -> None:
    page = open_pictures(open_page(viewport=PHONE, has_touch=True, is_mobile=True), pictures)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    touch(page, on_cat(page, 60, 100), on_cat(page, 75, 115))
    expect(page.get_by_test_id("crop-words")).to_contain_text("16 × 16 pixels, 60 from the top")
    choose(page, "Paint")
    grid = page.get_by_test_id("paint")
    grid.scroll_into_view_if_needed()
    touch(page, point(grid, 0, 0, 12, 12), point(grid, 0, 11, 12, 12))
    expect(page.get_by_text("Painted: 12 × 12")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^red \[(1\.0, )+1\.0\]"))).to_be_visible()


def touch(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    session = page.context.new_cdp_session(page)
    middle = tuple((one + other) / 2 for one, other in zip(start, end, strict=True))
    for kind, places in (("touchStart", [start]), ("touchMove", [middle]), ("touchMove", [end]), ("touchEnd", [])):
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_grid_is_painted_erased_and_cleared(opened: Page) -> None:
    choose(opened, "Paint")
    grid, red = opened.get_by_test_id("paint"), opened.get_by_text(re.compile("^red "))
    expect(red).to_have_text(f"red {[0.0] * 12}")

    drag(opened, point(grid, 0, 0, 12, 12), point(grid, 0, 11, 12, 12))
    expect(red).to_have_text(f"red {[1.0] * 12}")
    opened.get_by_test_id("paint-level").fill("51")
    drag(opened, point(grid, 0, 1, 12, 12), point(grid, 0, 2, 12, 12))
    expect(red).to_have_text(f"red {[1.0, 0.2, 0.2, *[1.0] * 9]}")
    opened.get_by_test_id("paint-eraser").click()
    opened.mouse.click(*point(grid, 0, 0, 12, 12))
    expect(red).to_have_text(f"red {[0.0, 0.2, 0.2, *[1.0] * 9]}")
    opened.get_by_test_id("paint-clear").click()
    expect(red).to_have_text(f"red {[0.0] * 12}")


def test_two_quick_strokes_are_both_kept(opened: Page) -> None:
    choose(opened, "Paint")
    grid = opened.get_by_test_id("paint")
    for column in (0, 3, 6, 9):
        opened.mouse.click(*point(grid, 0, column, 12, 12))

    expect(opened.get_by_text(re.compile("^red "))).to_have_text(f"red {[1.0, 0.0, 0.0] * 4}")
    opened.mouse.click(*point(grid, 0, 1, 12, 12))
    expect(opened.get_by_text(re.compile("^red "))).to_have_text(f"red {[1.0, 1.0, 0.0, *[1.0, 0.0, 0.0] * 3]}")


def test_a_grid_is_painted_with_keys_alone(opened: Page) -> None:
    choose(opened, "Paint")
    opened.get_by_test_id("paint").focus()
    for key in ("Space", "ArrowRight", "Enter", "ArrowRight", "Space", "ArrowLeft", "Delete"):
        opened.keyboard.press(key)

    expect(opened.get_by_text(re.compile("^red "))).to_have_text(f"red {[1.0, 0.0, 1.0, *[0.0] * 9]}")


def test_a_painting_is_still_there_after_a_look_at_a_sample(opened: Page) -> None:
    choose(opened, "Paint")
    opened.mouse.click(*point(opened.get_by_test_id("paint"), 0, 0, 12, 12))
    expect(opened.get_by_text(re.compile("^red "))).to_have_text(f"red {[1.0, *[0.0] * 11]}")
    choose(opened, "Sample")
    expect(opened.get_by_text("Cat: 451 × 300")).to_be_visible()
    choose(opened, "Paint")

    expect(opened.get_by_text(re.compile("^red "))).to_have_text(f"red {[1.0, *[0.0] * 11]}")
    assert shown_pixel(opened.get_by_test_id("paint"), 0, 0) == [255, 255, 255, 255]


def shown_pixel(surface: Locator, row: int, column: int) -> list[int]:
    found: list[int] = surface.locator("canvas").evaluate(
        "(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data]", [column, row]
    )
    return found


def test_a_file_is_uploaded_and_a_bad_one_leaves_it(opened: Page, tmp_path: Path) -> None:
    good, bad = tmp_path / "quarters.webp", tmp_path / "drawing.svg"
    good.write_bytes(saved(quarters(), "WEBP", lossless=True))
    bad.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    choose(opened, "Upload")
    field = opened.locator("input[type=file]")

    field.set_input_files(good)
    expect(opened.get_by_text("quarters.webp: 48 × 32", exact=True)).to_be_visible()
    expect(opened.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    surface = opened.get_by_test_id("crop")
    assert shown_pixel(surface, 4, 4) == [255, 0, 0, 255]
    assert shown_pixel(surface, 28, 4) == [0, 0, 255, 255]
    field.set_input_files(bad)
    expect(opened.get_by_text(re.compile("^The file is an SVG drawing.*The image stays as it was"))).to_be_visible()
    expect(opened.get_by_text("quarters.webp: 48 × 32", exact=True)).to_be_visible()


def test_a_file_above_20_mb_is_refused_in_words(opened: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    large.write_bytes(bytes(21 * 1024 * 1024))
    choose(opened, "Upload")
    opened.locator("input[type=file]").set_input_files(large)

    expect(opened.get_by_text(re.compile(r"must be 20(\.0)?\s?MB or smaller"))).to_be_visible()
    expect(opened.get_by_text("Cat: 451 × 300")).to_be_visible()


def test_a_phone_s_photo_is_brought_down_and_says_so(opened: Page, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(saved(noise(4000, 3000), "JPEG", quality=90))
    choose(opened, "Upload")
    opened.locator("input[type=file]").set_input_files(photo)

    expect(opened.get_by_text("photo.jpg: 4,000 × 3,000 pixels, downscaled to 1024 × 768.")).to_be_visible()


def test_the_camera(browser: Browser, pictures: str) -> None:
    fake = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    filming = browser.browser_type.launch(executable_path=find_browser(), args=[*CONTAINED, *QUIET, *fake])
    try:
        page = filming.new_context(permissions=["camera"]).new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        open_pictures(page, pictures)
        choose(page, "Camera")
        # Before the first frame the button takes no photo.
        page.locator("video").evaluate("(video) => video.videoHeight || new Promise((done) => (video.onresize = done))")
        page.get_by_role("button", name="Take Photo").click()
        expect(page.get_by_text(re.compile(r"^Camera: 1024 × "))).to_be_visible()
        assert faults == []
    finally:
        filming.close()


def test_the_inputs_are_accessible(opened: Page) -> None:
    own = opened.get_by_text(re.compile("A link can't carry your own image"))
    for source, part in (("Sample", "crop"), ("Upload", "stFileUploaderDropzone"), ("Paint", "paint")):
        choose(opened, source)
        expect(opened.get_by_test_id(part)).to_be_visible()
        expect(own).to_have_count(0 if source == "Sample" else 1)
        for scheme in SCHEMES:
            opened.emulate_media(color_scheme=scheme)
            assert serious_faults(opened) == [], (source, scheme)
