"""How long a lesson takes to open, and what it sends."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from benchmarks.delay_proxy import delay_proxy
from benchmarks.painted import WATCH_ACTS
from tools.browser import WINDOW, open_lesson

SOCKET = "/_stcore/stream"
STREAMLITS_OWN = ("/static/", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/one-hidden-layer")


def open_warm(browser: Browser, server: str, repeats: int) -> list[float]:
    """Milliseconds until the figure can be used, Streamlit's files being in the browser's cache."""
    with browser.new_context(viewport=WINDOW) as context:
        context.add_init_script(WATCH_ACTS)
        _open(context, server)
        return [_open(context, server) for _ in range(repeats)]


def open_cold(browser: Browser, server: str, repeats: int) -> list[float]:
    """Milliseconds until the figure can be used, with nothing in the browser's cache."""
    samples = []
    for _ in range(repeats):
        with browser.new_context(viewport=WINDOW) as context:
            context.add_init_script(WATCH_ACTS)
            samples.append(_open(context, server))
    return samples


def _open(context: BrowserContext, server: str) -> float:
    """The page's own clock, which starts as it is asked for, in the first task after the player was painted."""
    with context.new_page() as page:
        open_lesson(page, server)
        return float(page.evaluate("new Promise(afterPaint)"))


def bytes_to_open(browser: Browser, server: str) -> list[float]:
    """Kilobytes (1000 bytes) as they travel, compressed: the whole websocket, and the files that are not Streamlit's.

    Ten times, as only the session's random names change them.
    """
    return [_bytes_to_open(browser, server) / 1000 for _ in range(10)]


def _bytes_to_open(browser: Browser, server: str) -> int:
    with delay_proxy(server, seconds=0) as proxy, browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        network = context.new_cdp_session(page)
        paths: dict[str, str] = {}
        files: dict[str, float] = {}
        network.on("Network.requestWillBeSent", lambda it: paths.update({it["requestId"]: it["request"]["url"]}))
        network.on("Network.loadingFinished", lambda it: files.update({it["requestId"]: it["encodedDataLength"]}))
        network.send("Network.enable")
        open_lesson(page, proxy.url)
        page.wait_for_load_state("networkidle")
        own = [size for request, size in files.items() if _is_the_lessons(paths[request])]
        return proxy.sent_for(SOCKET) + int(sum(own))


def _is_the_lessons(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "http" and not parts.path.startswith(STREAMLITS_OWN)
