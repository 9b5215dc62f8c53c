"""axe finds no serious fault, in either theme."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tools.browser import open_lesson, wait_until_drawn

SERIOUS = ("serious", "critical")


def serious_faults(page: Page) -> list[str]:
    """What axe finds once all is drawn and nothing fades: half-faded words have too little contrast."""
    wait_until_drawn(page)
    results: dict[str, Any] = Axe().run(page).response
    return [
        f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:200]})"
        for fault in results["violations"]
        if fault["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("step", [0, 1, 29, 44])
def test_the_walk(open_page: OpenPage, server: str, scheme: str, step: int) -> None:
    page = open_page(color_scheme=scheme)
    open_lesson(page, server, {"step": step} if step else None)
    assert serious_faults(page) == []


@pytest.mark.parametrize("panel", ["Settings", "Numbers", "Gradient check", "Share & save"])
def test_the_panels(page: Page, server: str, panel: str) -> None:
    open_lesson(page, server)
    page.get_by_role("button", name=panel).click()
    page.get_by_test_id("stPopoverBody").wait_for()
    assert serious_faults(page) == []


def test_home(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("heading", name="Unrolled").wait_for()
    assert serious_faults(page) == []
