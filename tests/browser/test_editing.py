"""Numbers typed in the figure: they count on Enter, Tab and a click elsewhere, and the field goes on by itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage
from tests.browser.grid_lessons import CONVOLUTION
from tools.browser import open_lesson


def number(page: Page, ref: str) -> str:
    return f".figure .number[data-ref='{ref}']"


def type_at(page: Page, ref: str, text: str) -> None:
    page.locator(number(page, ref)).click()
    page.get_by_label("new value").fill(text)


@pytest.mark.parametrize("key", ["Enter", "Tab", "ArrowDown"])
def test_a_key_keeps_the_number_and_goes_on_to_the_next(page: Page, server: str, key: str) -> None:
    open_lesson(page, server)
    type_at(page, "x[0,0]", "0.25")
    page.keyboard.press(key)
    expect(page.locator(number(page, "x[0,0]"))).to_have_text("0.25")
    expect(page.get_by_label("new value")).to_be_focused()
    expect(page.get_by_label("new value")).to_have_value("-0.5")  # the second input
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("new value")).to_have_value("0.25")


def test_a_click_elsewhere_keeps_the_number_and_escape_takes_it_back(page: Page, server: str) -> None:
    open_lesson(page, server)
    type_at(page, "x[0,0]", "0.25")
    page.locator(".title").click()
    expect(page.locator(number(page, "x[0,0]"))).to_have_text("0.25")
    expect(page.get_by_label("new value")).to_be_hidden()
    type_at(page, "x[0,0]", "7")
    page.keyboard.press("Escape")
    expect(page.get_by_label("new value")).to_be_hidden()
    expect(page.locator(number(page, "x[0,0]"))).to_have_text("0.25")


def test_a_weight_of_a_stack_is_changed_kept_in_the_address_and_undone(page: Page, server: str) -> None:
    open_lesson(page, server, {"desk_view": "walk", "stack": "4 fc3 tanh fc2", "step": 40}, "/counting-desk")
    weight, before = number(page, "0.weight[0,1]"), page.locator(number(page, "0.out[0,0]")).text_content()
    type_at(page, "0.weight[0,1]", "5")
    page.locator(".title").click()
    expect(page.locator(weight)).to_have_text("5")
    expect(page.locator(number(page, "0.out[0,0]"))).not_to_have_text(before or "")
    expect(page).to_have_url(re.compile(r"desk_numbers=a0\.1(~|%7E)5"))
    page.reload()
    expect(page.locator(weight)).to_have_text("5")
    page.get_by_role("button", name="Undo all").click()
    expect(page.locator(number(page, "0.out[0,0]"))).to_have_text(before or "")


def test_a_number_is_sent_again_where_the_server_did_not_get_it(open_page: OpenPage, server: str) -> None:
    page = open_page()  # the route stays with a page for good
    lost: list[bytes | str] = []

    def pass_on(socket: WebSocketRoute) -> None:
        app = socket.connect_to_server()

        def hand_over(message: bytes | str) -> None:
            if not lost and isinstance(message, bytes) and b'"ref"' in message:
                lost.append(message)
            else:
                app.send(message)

        socket.on_message(hand_over)

    page.route_web_socket(re.compile("_stcore/stream"), pass_on)
    open_lesson(page, server)
    type_at(page, "x[0,0]", "7")
    page.keyboard.press("Enter")
    expect(page.locator(number(page, "x[0,0]"))).to_have_text("7")
    assert len(lost) == 1


def test_25_numbers_typed_one_after_another_all_arrive(page: Page, server: str) -> None:
    open_lesson(page, server, {"crop": "40,120,5,5", "step": 0}, CONVOLUTION)
    page.locator(number(page, "x[0,0,0]")).click()
    for typed in range(25):
        page.keyboard.type(str(typed))
        page.keyboard.press("Tab")
    for typed in range(25):
        expect(page.locator(number(page, f"x[0,{typed // 5},{typed % 5}]"))).to_have_text(str(typed))
    expect(page.get_by_label("new value")).to_be_focused()
