"""How long a lesson takes to open, and what it sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.delay_proxy import delay_proxy
from benchmarks.painted import WATCH_ACTS
from tools.browser import LESSON, WINDOW, open_lesson
from tools.server import free_port, running_server

PAUSE = 400.0
SOCKET = "/_stcore/stream"
STREAMLITS_OWN = ("/static/", "/_stcore/health", "/_stcore/host-config", "/favicon.png")


def beside_bare_streamlit(browser: Browser, server: str, repeats: int) -> Iterator[tuple[str, list[float]]]:
    """How many times as long the lesson takes to open as a Streamlit page that has only a heading, both measured in
    turns: cold, with nothing in the browser's cache, and in a new tab."""
    port = str(free_port())
    command = ("-m", "streamlit", "run", str(Path(__file__).with_name("bare_page.py")), "--server.port", port)
    with running_server(*command, PORT=port, STREAMLIT_SERVER_HEADLESS="true") as bare:
        cold: list[float] = []
        for _ in range(repeats):
            with _visitor(browser) as context:
                theirs = _open_bare(context.new_page(), bare.url)
            with _visitor(browser) as context:
                cold.append(_open(context.new_page(), server) / theirs)
        yield "cold", cold
        warm: list[float] = []
        with _visitor(browser) as context:
            for _ in range(1 + repeats):
                with context.new_page() as page:
                    theirs = _open_bare(page, bare.url)
                with context.new_page() as page:
                    warm.append(_open(page, server) / theirs)
        yield "in a new tab", warm[1:]


def _open_bare(page: Page, server: str) -> float:
    page.goto("about:blank")
    page.wait_for_timeout(PAUSE)
    page.goto(server)
    page.get_by_role("heading", name="Bare").wait_for()
    return float(page.evaluate("new Promise(afterPaint)"))


def reopen(browser: Browser, server: str, repeats: int) -> list[float]:
    """Milliseconds until the figure can be used, in the tab that showed it before."""
    with _visitor(browser) as context:
        page = context.new_page()
        _open(page, server)
        return [_open(page, server) for _ in range(repeats)]


def open_warm(browser: Browser, server: str, repeats: int) -> list[float]:
    """Milliseconds until the figure can be used, in a new tab, Streamlit's files being in the browser's cache."""
    samples = []
    with _visitor(browser) as context:
        for _ in range(1 + repeats):
            with context.new_page() as page:
                samples.append(_open(page, server))
    return samples[1:]


def open_cold(browser: Browser, server: str, repeats: int) -> list[float]:
    """Milliseconds until the figure can be used, with nothing in the browser's cache."""
    samples = []
    for _ in range(repeats):
        with _visitor(browser) as context:
            samples.append(_open(context.new_page(), server))
    return samples


def opening(browser: Browser, server: str, path: str, settings: Mapping[str, object]) -> float:
    """Milliseconds until another lesson's figure can be used, with nothing in the browser's cache."""
    with _visitor(browser) as context:
        return _open(context.new_page(), server, path, settings)


def _visitor(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport=WINDOW)
    context.add_init_script(WATCH_ACTS)
    return context


def _open(page: Page, server: str, path: str = LESSON, settings: Mapping[str, object] | None = None) -> float:
    """The page's own clock, which starts as it is asked for, in the first task after the player was painted.

    The pause keeps the browser's own work, opening a window or leaving the last page, out of the figure.
    """
    page.goto("about:blank")
    page.wait_for_timeout(PAUSE)
    open_lesson(page, server, settings, path)
    return float(page.evaluate("new Promise(afterPaint)"))


def bytes_to_open(browser: Browser, server: str, path: str, settings: Mapping[str, object]) -> float:
    """Kilobytes (1000 bytes) as they travel, compressed: the whole websocket, and the files that are not Streamlit's.

    `path` is the lesson's address and `settings` what it says.
    """
    with delay_proxy(server, seconds=0) as proxy, browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        network = context.new_cdp_session(page)
        paths: dict[str, str] = {}
        files: dict[str, float] = {}
        network.on("Network.requestWillBeSent", lambda it: paths.update({it["requestId"]: it["request"]["url"]}))
        network.on("Network.loadingFinished", lambda it: files.update({it["requestId"]: it["encodedDataLength"]}))
        network.send("Network.enable")
        open_lesson(page, proxy.url, settings, path)
        page.wait_for_load_state("networkidle")
        own = [size for request, size in files.items() if _is_the_lessons(paths[request], path)]
        return (proxy.sent_for(SOCKET) + sum(own)) / 1000


def _is_the_lessons(address: str, page: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "http" and not parts.path.startswith((*STREAMLITS_OWN, page))
