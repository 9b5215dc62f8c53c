"""A real browser. A test fails if its pages report an error or ask another host for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.bare_player import BarePlayer
from tools.browser import WINDOW, patient_page, running_browser

OpenPage = Callable[..., Page]


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
    """Opens a page in a profile of its own; the arguments are Playwright's: viewport, color_scheme, ..."""
    with ExitStack() as contexts:

        def open_watched_page(**options: Any) -> Page:
            context = contexts.enter_context(browser.new_context(**({"viewport": WINDOW} | options)))
            page = patient_page(context)
            _watch(page, faults)
            return page

        yield open_watched_page


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """The profile of the tests' pages: what the browser has read and compiled of the app is there for the next test."""
    with browser.new_context(viewport=WINDOW) as context:
        yield context


@pytest.fixture
def page(profile: BrowserContext, faults: list[str]) -> Iterator[Page]:
    """A page of 1366×768, as most lecture-room projectors and laptops show it."""
    page = patient_page(profile)
    _watch(page, faults)
    yield page
    page.close()
    profile.clear_cookies()
    profile.clear_permissions()


@pytest.fixture(scope="module")
def bare_player(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BarePlayer]:
    """The player in a page of its own, which the tests of a file share: they only read."""
    found: list[str] = []
    with browser.new_context(viewport=WINDOW) as context:
        page = patient_page(context)
        _watch(page, found)
        player = BarePlayer(page, tmp_path_factory.mktemp("bare"))
        found.clear()  # the page has no font
        yield player
    assert found == []


def _watch(page: Page, faults: list[str]) -> None:
    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location['url']})")

    def note_address(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            faults.append(f"request to another host: {address}")

    page.on("console", note_message)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("request", lambda request: note_address(request.url))
    page.on("websocket", lambda socket: note_address(socket.url))
