"""The server's memory once every page was opened, and what a further visitor adds to it."""

from __future__ import annotations

from contextlib import ExitStack

from playwright.sync_api import Browser, Page, expect

from benchmarks.server_memory import resident
from tools.browser import WINDOW
from tools.server import Server
from visualizer.site import catalogue

AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def every_page_opened(browser: Browser, server: Server) -> float:
    """Megabytes that the server holds after one visitor opened every page and waited for it."""
    with browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        for lesson in catalogue.PAGES:
            _open(page, f"{server.url}/{lesson.url_path}")
        return resident(server.process_id)


def further_visitors(browser: Browser, server: Server, path: str, count: int) -> float:
    """Megabytes that each of so many visitors adds, all of them on the page at the same time."""
    with ExitStack() as visits:

        def visit() -> None:
            context = visits.enter_context(browser.new_context(viewport=WINDOW))
            _open(context.new_page(), server.url + path)

        visit()
        before = resident(server.process_id)
        for _ in range(count):
            visit()
        return (resident(server.process_id) - before) / count


def _open(page: Page, address: str) -> None:
    """Open a page and wait until it is drawn; a lab's run, until it is done."""
    page.goto(address)
    page.locator(".st-key-toolbar").wait_for()
    page.locator(AT_REST).wait_for()
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_have_count(0)
    page.locator(AT_REST).wait_for()
