"""The page "Image features by hand" in a real browser: the point, its address, the views, narrow and dark screens."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tools.browser import wait_for_player

PATH = "/image-features"


def opened(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}{PATH}{query}")
    expect(page.get_by_text("Answer.").first).to_be_visible()


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def mark(page: Page) -> str:
    style: str = page.locator(".point-mark").first.evaluate("(node) => `${node.style.top} ${node.style.left}`")
    return style


def test_a_click_and_the_arrow_keys_move_the_point_and_the_address(page: Page, server: str) -> None:
    opened(page, server, "?feature=HOG")
    surface = page.get_by_test_id("point")
    answer = page.locator("p", has_text="Answer.")
    before = answer.inner_text()
    box = surface.bounding_box()
    assert box
    surface.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.25})
    page.wait_for_url(re.compile("point_down=25"))
    expect(answer).not_to_have_text(before)
    assert float(query_of(page)["point_right"][0]) == pytest.approx(80, abs=0.3)
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_role("spinbutton", name="Point, from the left")).to_have_value(re.compile("^80"))
    page.keyboard.press("Escape")
    surface.press("Shift+ArrowDown")
    page.wait_for_url(re.compile(r"point_down=29"))


def test_a_link_opens_at_its_point_and_the_other_views_keep_it(page: Page, server: str) -> None:
    opened(page, server, "?feature=HOG&point_down=60&point_right=20&turn=90")
    assert mark(page) == "60% 20%"
    page.get_by_text("Compare", exact=True).click()
    expect(page.get_by_text("What is each descriptor invariant to?")).to_be_visible()
    expect(page.get_by_text("After a turn of 90°")).to_be_visible()
    assert mark(page) == "60% 20%"
    page.get_by_text("Features", exact=True).first.click()
    expect(page.get_by_text("Here HOG is 36 numbers")).to_be_visible()
    kept = query_of(page)
    assert [kept[name] for name in ("feature", "point_down", "point_right", "turn")] == [
        ["hog"],
        ["60"],
        ["20"],
        ["90"],
    ]


def test_the_walk_is_over_the_pixels_around_the_point(page: Page, server: str) -> None:
    opened(page, server, "?feature=HOG&point_down=60&point_right=20")
    page.get_by_role("button", name="Walk through it number by number").click()
    expect(page.locator(".figure")).to_have_attribute("aria-label", re.compile("^An image of 8 × 8"))
    assert query_of(page)["crop"] == ["175,86,8,8"]


def test_a_view_chosen_with_the_mouse_leaves_the_keys_to_its_walk(page: Page, server: str) -> None:
    opened(page, server)
    page.get_by_role("radio", name="HOG walk").click()
    wait_for_player(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("player-step")).to_have_text("366 / 512")
