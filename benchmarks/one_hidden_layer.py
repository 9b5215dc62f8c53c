"""The figures of the lesson "One hidden layer"."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.delay_proxy import delay_proxy
from benchmarks.editing import edit_to_painted
from benchmarks.figures import Figure
from benchmarks.opening import beside_bare_streamlit, bytes_to_open, open_cold, open_warm, reopen
from benchmarks.painted import click_to_painted, key_to_painted
from benchmarks.server_cpu import cpu_per_step
from benchmarks.tracing import trace_large_net
from benchmarks.visitor import visitor
from tools.browser import LESSON
from tools.server import Server

# As the lesson's address says them.
NETS: dict[str, dict[str, object]] = {
    "default net": {},
    "4-8-3": {"inputs": 4, "hidden": 8, "outputs": 3},
}
REPEATS = 120
BESIDE = 15
DELAY = 0.05


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured."""
    yield from _steps(browser, server.url)
    with delay_proxy(server.url, DELAY) as delayed:
        yield from _steps(browser, delayed.url, ", 50 ms away")
    yield from _server(browser, server)
    yield Figure("trace of 4-8-3, 8 examples", "ms", trace_large_net(REPEATS), reach=20, percentile=95)


def _steps(browser: Browser, server: str, where: str = "") -> Iterator[Figure]:
    """A key and a click, in both nets."""
    for net, settings in NETS.items():
        with visitor(browser, server, LESSON, settings) as page:
            keys, clicks = key_to_painted(page, REPEATS), click_to_painted(page, REPEATS)
        yield Figure(f"key → painted, {net}{where}", "ms", keys, reach=16.7, percentile=95)
        yield Figure(f"click → painted, {net}{where}", "ms", clicks, reach=16.7, percentile=95)


def _server(browser: Browser, server: Server) -> Iterator[Figure]:
    """What passes through the server: opening, editing, and the CPU of stepping."""
    with visitor(browser, server.url, LESSON) as page:
        cpu = cpu_per_step(page, server.process_id)
        edits = edit_to_painted(page, REPEATS)
    yield Figure("server CPU per step", "ms", cpu, reach=2, percentile=95)
    for how, open_page, reach in (
        ("warm, the same tab", reopen, 900),
        ("warm, a new tab", open_warm, 900),
        ("cold", open_cold, 1200),
    ):
        times = open_page(browser, server.url, REPEATS)
        yield Figure(f"page open → figure usable, {how}", "ms", times, reach=reach, percentile=50)
    for how, ratios in beside_bare_streamlit(browser, server.url, BESIDE):
        most = 1.25 if how == "cold" else 1.2
        yield Figure(f"page open → figure usable, {how}, beside bare Streamlit", "×", ratios, reach=most, percentile=50)
    sent = [bytes_to_open(browser, server.url, LESSON, {}) for _ in range(10)]  # a session's random names change it
    yield Figure("sent when the lesson opens", "kB", sent, reach=60, percentile=95)
    yield Figure("change a weight → new trace painted", "ms", edits, reach=150, percentile=95)
