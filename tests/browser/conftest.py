"""A real browser. A test fails if its pages report an error or ask another host for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, WebSocket

from tests.browser.bare_player import BarePlayer
from tools.browser import WINDOW, patient_page, running_browser, wait_for_player
from visualizer.engine import Trace
from visualizer.player.export import to_html
from visualizer.scenes import draw

OpenPage = Callable[..., Page]
OpenWalk = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What the test's pages complained of. A test that provokes a fault looks at this list and empties it."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(browser: Browser, faults: list[str]) -> Iterator[OpenPage]:
    """Opens a page in a profile of its own; the arguments are Playwright's: has_touch, is_mobile, ...

    The browser reads and compiles the app anew for each. Where only size or colours are other, `page` will do.
    """
    with ExitStack() as contexts:

        def open_watched_page(**options: Any) -> Page:
            context = contexts.enter_context(browser.new_context(**({"viewport": WINDOW} | options)))
            page = patient_page(context)
            contexts.enter_context(_watched(page, faults))
            return page

        yield open_watched_page


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """The tab of the tests' pages: going from one to the next in it costs half of what a new tab does."""
    with browser.new_context(viewport=WINDOW) as context:
        yield patient_page(context)


@pytest.fixture
def page(tab: Page, faults: list[str]) -> Iterator[Page]:
    """A page of 1366×768, as most lecture-room projectors and laptops show it; a test may give it another size."""
    with _watched(tab, faults):
        yield tab
    if tab.url.startswith("http"):
        tab.evaluate("sessionStorage.clear()")
    tab.goto("about:blank")
    tab.mouse.move(0, 0)
    tab.set_viewport_size(WINDOW)
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    tab.context.clear_cookies()
    tab.context.clear_permissions()


@pytest.fixture
def open_walk(page: Page, tmp_path: Path) -> OpenWalk:
    """Opens a walk at a step, in its saved file: the whole player, as in the app, and no server."""

    def open_saved(trace: Trace, start: int = 0) -> Page:
        file = tmp_path / "walk.html"
        file.write_text(to_html(trace, draw(trace), start=start), encoding="utf-8")
        page.goto(file.as_uri())
        wait_for_player(page)
        return page

    return open_saved


@pytest.fixture(scope="module")
def bare_player(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BarePlayer]:
    """The player in a page of its own, which the tests of a file share: they only read."""
    found: list[str] = []
    with browser.new_context(viewport=WINDOW) as context:
        page = patient_page(context)
        with _watched(page, found):
            player = BarePlayer(page, tmp_path_factory.mktemp("bare"))
            found.clear()  # the page has no font
            yield player
    assert found == []


@contextmanager
def _watched(page: Page, faults: list[str]) -> Iterator[None]:
    """Notes what a page complains of, and whom it asks."""

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location['url']})")

    def note_error(error: Error) -> None:
        faults.append(f"page error: {error}")

    def note_address(asked: Request | WebSocket) -> None:
        parts = urlsplit(asked.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            faults.append(f"request to another host: {asked.url}")

    page.on("console", note_message)
    page.on("pageerror", note_error)
    page.on("request", note_address)
    page.on("websocket", note_address)
    yield
    page.remove_listener("console", note_message)
    page.remove_listener("pageerror", note_error)
    page.remove_listener("request", note_address)
    page.remove_listener("websocket", note_address)
