"""The bar: the way around has room beside the page's tools, and shows where one is."""

from __future__ import annotations

import re
from itertools import product

from playwright.sync_api import Locator, Page, expect

from tools.browser import open_lesson, wait_until_drawn

MENUS = {"Lessons": "RNN & LSTM", "Vision": "ConvNet", "Labs": "Learning rate"}


def lies_over(page: Page, first: Locator, second: Locator) -> bool:
    one, two = first.bounding_box(), second.bounding_box()
    assert one and two
    apart = one["x"] + one["width"] <= two["x"] + 1 or two["x"] + two["width"] <= one["x"] + 1
    return not apart and one["y"] + one["height"] > two["y"] + 1 and two["y"] + two["height"] > one["y"] + 1


def test_menus_and_tools_have_room(page: Page, server: str) -> None:
    open_lesson(page, server, None, "/recurrent")
    tools = page.locator(".st-key-toolbar")
    for size, width in product((100, 200), (320, 768, 1366, 2560)):
        page.evaluate("(size) => { document.documentElement.style.fontSize = `${size}%` }", size)
        page.set_viewport_size({"width": width, "height": 768})
        wait_until_drawn(page)
        for name in MENUS:
            button = page.get_by_role("button", name=name)
            expect(button).to_be_in_viewport(ratio=1)
            assert not lies_over(page, button, tools), (size, width)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, size


def test_a_menu_opens_a_page_without_loading_the_app_anew_and_marks_it(page: Page, server: str) -> None:
    open_lesson(page, server, None, "/recurrent")
    expect(page).to_have_title("RNN & LSTM · Unrolled")
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="Lessons").click()
    menu = page.get_by_label("Lessons").filter(visible=True)
    expect(menu.locator("[aria-current=page]")).to_have_text(re.compile("RNN & LSTM"))
    menu.get_by_role("link", name="Pooling").click()

    expect(page).to_have_url(re.compile(r"/pooling$"))
    expect(page).to_have_title("Pooling · Unrolled")
    expect(menu).to_have_count(0)
    expect(page.get_by_test_id("player")).to_be_visible()
    assert page.evaluate("window.stays")
    page.go_back()
    expect(page).to_have_title("RNN & LSTM · Unrolled")


def test_a_menu_is_walked_with_the_arrow_keys(page: Page, server: str) -> None:
    open_lesson(page, server, None, "/pooling")
    page.get_by_role("button", name="Vision").press("Enter")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/detector"))
