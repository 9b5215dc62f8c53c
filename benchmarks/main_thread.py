"""What a step costs the browser's main thread: script, style, layout and paint, by the browser's own counters.

`BASELINE=folder` names an older checkout: its player is measured in turns with this one's, as only the two figures'
ratio means something on a machine that other work is done on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.figures import Figure
from benchmarks.visitor import visitor
from tools.browser import read_step
from tools.server import Server, running_server

WALKS: dict[str, tuple[str, Mapping[str, object], float]] = {
    "default net": ("/one-hidden-layer", {}, 5),
    "4-8-3": ("/one-hidden-layer", {"inputs": 4, "hidden": 8, "outputs": 3}, 8),
    "convolution 7×7×3": ("/convolution", {}, 8),
    "pooling": ("/pooling", {}, 6),
    "LSTM T=4": ("/recurrent", {}, 10),
}
"""Path, settings and the milliseconds to reach, by name."""
GOES = 12
STEPS_AT_A_GO = 12
PACE = 60.0


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """A figure for each walk, and another for the baseline where one is named."""
    servers = {"": server.url}
    with ExitStack() as running:
        if folder := os.environ.get("BASELINE"):
            servers[", baseline"] = running.enter_context(running_server(folder=Path(folder))).url
        for name, (path, settings, reach) in WALKS.items():
            samples = _in_turns(browser, servers, path, settings)
            for which, values in samples.items():
                yield Figure(f"main thread per step, {name}{which}", "ms", values, reach=reach, percentile=50)


def _in_turns(
    browser: Browser, servers: Mapping[str, str], path: str, settings: Mapping[str, object]
) -> dict[str, list[float]]:
    samples: dict[str, list[float]] = {which: [] for which in servers}
    with ExitStack() as opened:
        pages = {which: opened.enter_context(visitor(browser, url, path, settings)) for which, url in servers.items()}
        counters = {which: _counters(page) for which, page in pages.items()}
        for go in range(GOES):
            for which, page in pages.items():
                page.bring_to_front()
                cost = _cost_of_steps(page, counters[which], go)
                samples[which].append(cost)
    return samples


def _counters(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # work, not the waiting for a processor
    return session


def _cost_of_steps(page: Page, counters: CDPSession, go: int) -> float:
    """Milliseconds of the main thread per step, over steps that begin at another part of the walk at each go."""
    length = read_step(page)[1]
    start = round((length - STEPS_AT_A_GO) * go / (GOES - 1))
    page.get_by_test_id("player-slider").evaluate("(slider, step) => { slider.value = step; slider.oninput() }", start)
    page.wait_for_timeout(4 * PACE)
    before = _busy(counters)
    for _ in range(STEPS_AT_A_GO):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(PACE)
    return (_busy(counters) - before) * 1000 / STEPS_AT_A_GO


def _busy(counters: CDPSession) -> float:
    """Seconds of processor time that the main thread has taken."""
    metrics = {each["name"]: each["value"] for each in counters.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])
