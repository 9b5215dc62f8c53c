"""How many digits the walk's numbers have: chosen beside the speed, kept in the address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tools.browser import open_lesson


def test_more_digits_are_in_formula_figure_and_address_and_stay(page: Page, server: str) -> None:
    open_lesson(page, server, {"step": 2})
    formula, digits = page.get_by_test_id("formula-numbers"), page.get_by_label("digits of every number")
    output = page.locator(".figure .number[data-ref='h1[0,0]']")
    expect(formula).to_contain_text("0.7728")
    digits.select_option("6")
    expect(formula).to_contain_text("0.772767")
    expect(output).to_have_text("0.772767")
    expect(page).to_have_url(re.compile(r"digits=6"))
    page.reload()
    expect(formula).to_contain_text("0.772767")
    digits.select_option("10")
    expect(formula).to_contain_text("0.7727667090")
    digits.select_option("4")
    expect(formula).not_to_contain_text("0.77276")
    expect(page).not_to_have_url(re.compile("digits"))


@pytest.mark.parametrize("text", ["5", "06", "1e1", "-6", "999999999999", "<b>", ""])
def test_an_address_with_other_digits_shows_the_usual_ones(page: Page, server: str, text: str) -> None:
    open_lesson(page, server, {"step": 2, "digits": text})
    expect(page.get_by_label("digits of every number")).to_have_value("4")
    expect(page.get_by_test_id("formula-numbers")).to_contain_text("0.7728")
