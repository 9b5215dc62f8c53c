"""What it costs the server to open a page, where nobody has touched a setting."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.figures import Figure
from benchmarks.server_cpu import cpu_seconds
from benchmarks.session import open_session
from tools.server import Server
from visualizer.site import catalogue

AT_A_GO = 10
GOES = 5


def measure(_browser: Browser, server: Server) -> Iterator[Figure]:
    """A figure for each page, home first; another visitor is there all the time, as on a server that is in use."""
    pages = {"": ("home", 10.0)} | {page.url_path: (page.title, 25.0) for page in catalogue.PAGES}
    with open_session(server.url, "") as neighbour:
        neighbour.rerun()
        for path, (title, reach) in pages.items():
            _open(server, path, 3)  # what is worked out once for all visitors
            costs = [_open(server, path, AT_A_GO) for _ in range(GOES)]
            yield Figure(f"server CPU to open “{title}”", "ms", costs, reach=reach, percentile=50)


def _open(server: Server, path: str, times: int) -> float:
    """Milliseconds of the server's CPU per opening, each by a visitor of its own; the kernel counts in 10 ms."""
    before = cpu_seconds(server.process_id)
    for _ in range(times):
        with open_session(server.url, path) as visitor:
            visitor.rerun()
    return (cpu_seconds(server.process_id) - before) * 1000 / times
