"""What a browser sends to the server while its visitor steps, and then looks at where the walk stands."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.figures import Figure
from benchmarks.main_thread import PACE, STEPS_AT_A_GO, WALKS
from benchmarks.visitor import visitor
from tools.browser import read_step
from tools.server import Server

REST = 1500.0  # milliseconds, in which the step has gone into the address


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """The messages of one visit to each walk."""
    for name, (path, settings, _) in WALKS.items():
        with visitor(browser, server.url, path, settings) as page:
            sent: list[object] = []
            network = page.context.new_cdp_session(page)
            network.send("Network.enable")
            page.wait_for_timeout(REST)  # what opening the page sends
            network.on("Network.webSocketFrameSent", lambda message, sent=sent: sent.append(message))
            before = read_step(page)[0]
            for _ in range(STEPS_AT_A_GO):
                page.keyboard.press("ArrowRight")
                page.wait_for_timeout(PACE)
            page.wait_for_timeout(REST)
            if read_step(page)[0] == before:
                raise RuntimeError(f"no step was taken: {name}")
            yield Figure(f"messages to the server while stepping and resting, {name}", "messages", [len(sent)], 0, 50)
