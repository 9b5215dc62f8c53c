"""The detector in a real browser: marks by mouse and keys, a score that opens as a walk, phones, both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import product_sizes, shown_number
from tools.browser import wait_for_player


def open_scan(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/detector{query}")
    expect(page.get_by_text("A classifier is asked at every place")).to_be_visible()


def test_marks_are_set_by_mouse_and_by_keys_and_train_a_classifier(page: Page, server: str) -> None:
    open_scan(page, server, "?det_kind=My+marks")
    picture = page.get_by_test_id("detector_marks")
    picture.click(position={"x": 150, "y": 110})
    expect(page.get_by_text("1 marked yes, 0 no")).to_be_visible()
    expect(page.get_by_text("All marks say yes")).to_be_visible()
    page.get_by_text("no, something else").click()
    expect(page.get_by_role("radio", name="no, something else")).to_be_checked()
    picture.focus()
    for key in ("ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("1 marked yes, 1 no")).to_be_visible()
    expect(page.get_by_text("9 patches of the thing and 9 without it")).to_be_visible()
    expect(page).to_have_url(re.compile(r"det_marks=\d+%2C\d+y\.\d+%2C\d+n"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("1 marked yes, 0 no")).to_be_visible()


def test_a_score_that_is_clicked_in_the_map_opens_as_a_walk_at_its_number(page: Page, server: str) -> None:
    open_scan(page, server)
    page.get_by_test_id("detector_map").click(position={"x": 120, "y": 90})
    expect(page).to_have_url(re.compile("det_place=1%2C"))
    words = page.get_by_test_id("stMarkdown").filter(has_text="This window scores")
    expect(words).not_to_contain_text("This window scores 1.00")
    numerator = re.search(r"= (−?[0-9.]+), divided", words.inner_text())
    assert numerator
    page.get_by_role("button", name="Walk through this score").click()
    expect(page.get_by_test_id("formula-numbers")).to_contain_text(numerator[1][:-1])
    expect(page.get_by_text("For the window that was chosen")).to_be_visible()


def test_the_products_of_a_score_are_listed_row_by_row(page: Page, server: str) -> None:
    page.goto(f"{server}/detector?det_view=One+score")
    wait_for_player(page)
    products, sums = page.locator(".products > g").nth(0), page.locator(".products > g").nth(1)
    assert min(product_sizes(page)) >= 12

    def shown(which: int) -> list[float]:
        texts = page.locator(".products > g").nth(which).locator(".number").all_text_contents()
        return [shown_number(text.removeprefix("Σ ")) for text in texts]

    for row in (1, 5):
        sums.get_by_role("button", name=f"row {row}: show its products").click()
        expect(products.locator(".label")).to_have_text(f"row {row}")
        *terms, total = shown(0)
        assert sum(terms) == pytest.approx(total, abs=1e-9) and total == shown(1)[row - 1]
    *terms, total = shown(1)
    assert len(terms) == 11 and sum(terms) == pytest.approx(total, abs=1e-9)
    page.keyboard.press("ArrowRight")
    expect(products.locator(".label")).to_have_text("row 5")
