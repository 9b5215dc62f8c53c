"""The fields for one number in a real browser: read as every other number is, or refused beside the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tools.server import running_server

READ = {"0,25": 0.25, "1e-2": 0.01, "1/3": 1 / 3, "−2": -2.0, " 0.5\u00a0": 0.5, "5": 5.0}
REFUSED = {
    "abc": "“abc” is not a number. Type one such as 0.5, −2, 1e-3 or 1/3.",
    "": "Nothing is typed. Type one such as 0.5, −2, 1e-3 or 1/3.",
    "1/0": "“1/0” divides by 0.",
    "1,234.5": "“1,234.5” is too large; numbers go from −100 to 100.",
    "-2e9": "“-2e9” is too small; numbers go from −100 to 100.",
}


@pytest.fixture(scope="module")
def fields_server() -> Iterator[str]:
    with running_server("-m", "tests.browser.small_app", "fields_page") as running:
        yield running.url


@pytest.fixture
def fields(page: Page, fields_server: str) -> Page:
    page.goto(fields_server)
    expect(page.get_by_text("bias 0.75, seed 7, row 0")).to_be_visible()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    return page


def enter(page: Page, label: str, text: str, way: str) -> None:
    """Put a text into the field, as a paste does, and leave it by `way`."""
    field = page.get_by_role("spinbutton", name=label)
    field.focus()
    field.select_text()
    page.keyboard.insert_text(text) if text else page.keyboard.press("Delete")
    if way == "elsewhere":
        field.blur()
    else:
        page.keyboard.press(way)


def expect_number(page: Page, label: str, text: str, value: float) -> None:
    """The field shows the text; the server and the address have the value."""
    name = label.lower()
    expect(page.get_by_role("spinbutton", name=label)).to_have_value(text)
    expect(page.get_by_text(re.compile(rf"{name} {re.escape(str(value))}(,|$)"))).to_be_visible()
    page.wait_for_url(lambda url: [float(each) for each in parse_qs(urlsplit(url).query).get(name, [])] == [value])


def said(page: Page) -> Locator:
    return page.locator(".number-fault")


@pytest.mark.parametrize("way", ["Enter", "Tab", "elsewhere"])
def test_a_number_counts_as_it_is_written_whichever_way_the_field_is_left(fields: Page, way: str) -> None:
    for text, value in READ.items():
        enter(fields, "Bias", text, way)
        expect_number(fields, "Bias", f"{value:g}" if value != 1 / 3 else str(value), value)
    expect(said(fields)).to_be_hidden()


def test_what_can_t_be_read_is_said_at_the_field_and_the_number_before_stays(fields: Page) -> None:
    enter(fields, "Bias", "−0,5", "Enter")
    expect_number(fields, "Bias", "-0.5", -0.5)
    for text, fault in REFUSED.items():
        enter(fields, "Bias", text, "Enter")
        expect(said(fields)).to_have_text(f"{fault} −0.5 stays.")
        expect(fields.get_by_role("spinbutton", name="Bias")).to_have_value(text)
        for way in ("Tab", "elsewhere"):
            enter(fields, "Bias", text, way)
            expect(said(fields)).to_have_text(f"{fault} −0.5 stays.")
            expect_number(fields, "Bias", "-0.5", -0.5)
    enter(fields, "Bias", "2", "Tab")
    expect(said(fields)).to_be_hidden()
    expect_number(fields, "Bias", "2", 2.0)


def test_the_steps_go_on_from_what_is_typed(fields: Page) -> None:
    enter(fields, "Bias", "0,5", "ArrowUp")
    expect_number(fields, "Bias", "0.6", 0.6)
    enter(fields, "Bias", "abc", "ArrowDown")
    expect(said(fields)).to_contain_text("“abc” is not a number.")
    enter(fields, "Bias", "3/2", "elsewhere")
    fields.get_by_test_id("stNumberInput").filter(has_text="Bias").get_by_test_id("stNumberInputStepUp").click()
    expect_number(fields, "Bias", "1.6", 1.6)


def test_a_field_of_whole_numbers_takes_no_other(fields: Page) -> None:
    for text, fault in {
        "2,5": "“2,5” is not a whole number.",
        "1,000": "“1,000” can be read in two ways. Write it without marks.",
        "1e5": "“1e5” is too large; numbers go from 0 to 9,999.",
    }.items():
        enter(fields, "Seed", text, "elsewhere")
        expect(said(fields)).to_have_text(f"{fault} 7 stays.")
    enter(fields, "Seed", "1e3", "Tab")
    expect_number(fields, "Seed", "1000", 1000)


def test_an_empty_field_is_read_as_it_says_itself(fields: Page) -> None:
    enter(fields, "Row", "5,0", "Tab")
    expect_number(fields, "Row", "5", 5)
    enter(fields, "Row", "", "Tab")
    expect(fields.get_by_text("row 0")).to_be_visible()
    enter(fields, "Row", "x", "Tab")
    expect(said(fields)).to_contain_text("1e-3 or 1/3. the strongest stays.")
