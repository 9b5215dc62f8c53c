"""Nothing overlaps, is cut off or leaves the window, and axe finds no serious fault; and what does is found."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.test_accessibility import serious_faults
from tools.layout import VIEWS, faults, faults_at_all_sizes

SHORT = "overflow: hidden; width: 60px; text-overflow: ellipsis; white-space: nowrap"
BOX = "position: absolute; font: 16px/1.2 monospace;"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            f'<p style="{BOX} left: 10px">one</p><p style="{BOX} left: 20px">two</p>',
            "text “one” and text “two” overlap",
        ),
        (f'<button style="{BOX}">a</button><button style="{BOX}">b</button>', "control “a” and control “b” overlap"),
        ('<button style="position: relative; left: -20px">away</button>', "control “away” leaves the window"),
        ('<div style="overflow: hidden; width: 20px"><p>longest</p></div>', "text “longest” is cut off"),
        ('<div style="width: 3000px; height: 1px"></div>', "the page is 3008 px wide"),
        (
            f'<div style="{SHORT}">too long a text</div>',
            "text “too long a text” ends in …",
        ),
    ],
)
def test_a_fault_is_found(page: Page, body: str, fault: str) -> None:
    page.set_content(f"<html><body>{body}</body></html>")
    assert any(found.startswith(fault) for found in faults(page)), faults(page)


@pytest.mark.parametrize(
    "body",
    [
        "<p>one</p><p>two</p><button>three <b>four</b></button>",
        '<div style="overflow: auto; width: 60px"><p style="width: 300px">one can scroll to all of this text</p></div>',
        '<div style="height: 0; overflow: hidden"><button>folded away</button></div>',
        f'<p style="{BOX} opacity: 0">unseen</p><p style="{BOX}">seen</p>',
    ],
)
def test_what_is_in_order_is_not_complained_of(page: Page, body: str) -> None:
    page.set_content(f"<html><body>{body}</body></html>")
    assert faults(page) == []


@pytest.mark.parametrize("address", VIEWS)
def test_every_page_and_view_is_in_order_and_accessible(page: Page, server: str, address: str) -> None:
    page.goto(server + address)
    assert serious_faults(page) == []
    assert list(faults_at_all_sizes(page)) == []
    assert serious_faults(page) == []  # dark, by now, with large text
