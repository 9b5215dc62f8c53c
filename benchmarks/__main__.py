"""Measures every figure in one run and prints them as one table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from benchmarks.delay_proxy import delay_proxy
from benchmarks.editing import WATCH_EDIT, edit_to_painted
from benchmarks.figures import Figure, table
from benchmarks.opening import bytes_to_open, open_cold, open_warm, reopen
from benchmarks.painted import WATCH_ACTS, click_to_painted, key_to_painted
from benchmarks.server_cpu import cpu_per_step
from benchmarks.tracing import trace_large_net
from tools.browser import WINDOW, open_lesson, running_browser
from tools.server import Server, running_server

# As the lesson's address says them.
NETS: dict[str, dict[str, object]] = {
    "default net": {},
    "4-8-3": {"inputs": 4, "hidden": 8, "outputs": 3},
}
REPEATS = 120
DELAY = 0.05


@contextmanager
def open_net(browser: Browser, server: str, settings: dict[str, object]) -> Iterator[Page]:
    """The lesson with one of the nets, its figure ready."""
    with browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        page.add_init_script(WATCH_ACTS + WATCH_EDIT)
        open_lesson(page, server, settings)
        yield page


def measure_steps(browser: Browser, server: str, where: str = "") -> Iterator[Figure]:
    """A key and a click, in both nets."""
    for net, settings in NETS.items():
        with open_net(browser, server, settings) as page:
            keys, clicks = key_to_painted(page, REPEATS), click_to_painted(page, REPEATS)
        yield Figure(f"key → painted, {net}{where}", "ms", keys, reach=16.7, percentile=95)
        yield Figure(f"click → painted, {net}{where}", "ms", clicks, reach=16.7, percentile=95)


def measure_server(browser: Browser, server: Server) -> Iterator[Figure]:
    """What passes through the server: opening, editing, and the CPU of stepping."""
    with open_net(browser, server.url, {}) as page:
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
    yield Figure("sent when the lesson opens", "kB", bytes_to_open(browser, server.url), reach=60, percentile=95)
    yield Figure("change a weight → new trace painted", "ms", edits, reach=150, percentile=95)


def measure_all() -> Iterator[Figure]:
    """Every figure, each said as soon as it is measured."""
    with running_server() as server, running_browser() as browser:
        yield from measure_steps(browser, server.url)
        with delay_proxy(server.url, DELAY) as delayed:
            yield from measure_steps(browser, delayed.url, ", 50 ms away")
        yield from measure_server(browser, server)
    yield Figure("trace of 4-8-3, 8 examples", "ms", trace_large_net(REPEATS), reach=20, percentile=95)


def main() -> None:
    figures = []
    for figure in measure_all():
        print(f"{figure.name}: {figure.at(50):.1f} {figure.unit}", file=sys.stderr, flush=True)
        figures.append(figure)
    print(table(figures))


if __name__ == "__main__":
    main()
