"""The figures of the labs: a setting of the playground changed, its film scrubbed, and every lab's answer."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from benchmarks.figures import Figure
from benchmarks.painted import FIND_PLAYER, LONGEST_PAUSE, SHORTEST_PAUSE
from benchmarks.visitor import visitor
from tools.browser import WINDOW, read_step
from tools.server import Server

PLAYGROUND = "/playground"
SEEDS = {
    PLAYGROUND: "play_seed",
    "/architecture": "arch_seed",
    "/initialisation": "init_seed",
    "/learning-rate": "rate_seed",
    "/regularisation": "reg_seed",
    "/gradient-descent": "descent_seed",
}
"""The labs, and what the seed is called in the address of each."""
CHANGES, SCRUBS, ANSWERS = 60, 120, 3
NUDGE = 1e-4

WATCH_RUN = """
window.watchRun = () => {
  window.changed = new Promise((done) => addEventListener('keydown', (event) => {
    const watcher = new MutationObserver(() => {
      watcher.disconnect()
      afterPaint((painted) => done(painted - event.timeStamp))
    })
    watcher.observe(findPlayer(document), { attributes: true, attributeFilter: ['data-run'] })
  }, { capture: true, once: true }))
}
"""


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured."""
    with visitor(browser, server.url, PLAYGROUND) as page:
        _wait_for_answer(page)
        scrubbed = _scrub_to_painted(page)
        changed = _change_to_painted(page)
    yield Figure("playground, setting changed → first frame painted", "ms", changed, reach=300, percentile=95)
    yield Figure("playground, scrub to any epoch → painted", "ms", scrubbed, reach=33, percentile=95)
    for path, seed in SEEDS.items():
        answers = [_opened_to_answer(browser, f"{server.url}{path}?{seed}={each}") for each in range(ANSWERS)]
        name = f"{path[1:]}: page asked for → answer of the default run shown"
        yield Figure(name, "s", answers, reach=5, percentile=95)


def _change_to_painted(page: Page) -> list[float]:
    """Milliseconds from Enter in the field of the learning rate to the painted first frame of a run that nobody had."""
    page.evaluate(f"() => {{ {FIND_PLAYER} {WATCH_RUN} }}")
    page.get_by_role("button", name="Training", exact=True).click()
    field = page.get_by_role("spinbutton", name="Learning rate")
    samples = []
    for number in range(CHANGES):
        field.fill(f"{0.03 + (number + 1) * NUDGE:.4f}")
        page.evaluate("watchRun()")
        field.press("Enter")
        samples.append(float(page.evaluate("changed")))
        _wait_for_answer(page)
    return samples


def _scrub_to_painted(page: Page) -> list[float]:
    """Milliseconds from pressing the slider at a random place to the painted frame of that place."""
    chance = random.Random(0)
    box = page.get_by_test_id("player-slider").bounding_box()
    if box is None:
        raise RuntimeError("the film's slider is not on the page")
    samples: list[float] = []
    while len(samples) < SCRUBS:
        before = read_step(page)[0]
        page.mouse.move(box["x"] + box["width"] * chance.uniform(0.02, 0.98), box["y"] + box["height"] / 2)
        page.wait_for_timeout(chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))
        page.evaluate("watchAct('pointerdown')")
        page.mouse.down()
        painted = page.evaluate("act")
        page.mouse.up()
        if read_step(page)[0] != before:  # else the press was on the frame that is shown, and nothing to paint
            samples.append(painted)
    return samples


def _opened_to_answer(browser: Browser, address: str) -> float:
    """Seconds from asking for a lab, with nothing in the cache and a seed that nobody had, to its answer."""
    with browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(address)
        _wait_for_answer(page)
        return time.perf_counter() - begun


def _wait_for_answer(page: Page) -> None:
    expect(page.get_by_text("Answer.", exact=True)).to_be_visible()
