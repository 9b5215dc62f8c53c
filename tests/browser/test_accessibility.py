"""axe finds no serious fault in what stands over a page; test_layout.py asks it about every page."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tools.browser import open_lesson, wait_until_drawn

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SERIOUS = ("serious", "critical")
FAULTS_ONLY = {"resultTypes": ["violations"]}  # axe would take most of its time to list what is in order


def serious_faults(page: Page) -> list[str]:
    """What axe finds once all is drawn and nothing fades: half-faded words have too little contrast."""
    wait_until_drawn(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations: list[dict[str, Any]] = page.evaluate(
        "async (options) => (await axe.run(options)).violations", FAULTS_ONLY
    )
    return [
        f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:200]})"
        for fault in violations
        if fault["impact"] in SERIOUS
    ]


def test_the_panels(page: Page, server: str) -> None:
    open_lesson(page, server)
    opened = page.get_by_test_id("stPopoverBody").filter(visible=True)
    for panel in ("Settings", "Numbers", "Gradient check", "Share & save"):
        page.get_by_role("button", name=panel).click()
        expect(opened).to_have_count(1)
        assert serious_faults(page) == [], panel
        page.keyboard.press("Escape")
        expect(opened).to_have_count(0)
