"""The figures of the lesson "A ConvNet and what it has learned": from a new image to all of its maps painted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.figures import Figure
from benchmarks.painted import WATCH_ACTS
from tools.browser import WINDOW, patient_page
from tools.server import Server

PATH = "/convnet"
REPEATS = 30
REACH = 400.0
OVERVIEW = "convnet-overview"
SHORTEST_PAUSE, LONGEST_PAUSE = 100.0, 200.0
THUMBNAILS = 24

WATCH_MAPS = """
window.watchMaps = (kind) => {
  const maps = window.overviewOnPage
  window.mapped = new Promise((done) => addEventListener(kind, (event) => {
    const watcher = new MutationObserver(() => {
      watcher.disconnect()
      afterPaint((painted) => done(painted - event.timeStamp))
    })
    watcher.observe(maps, { attributes: true, attributeFilter: ['data-painted'] })
  }, { capture: true, once: true }))
}
"""


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured."""
    with browser.new_context(viewport=WINDOW) as context:
        page = patient_page(context)
        page.add_init_script(WATCH_ACTS + WATCH_MAPS)
        page.goto(f"{server.url}{PATH}")
        overview = page.get_by_test_id(OVERVIEW)
        expect(overview).to_have_attribute("data-painted", "1")
        overview.evaluate("(node) => { window.overviewOnPage = node }")
        drawn, chosen = _drawn_to_painted(page), _chosen_to_painted(page)
    yield Figure("ConvNet: end of a stroke → all maps painted", "ms", drawn, reach=REACH, percentile=95)
    yield Figure("ConvNet: click on a test image → all maps painted", "ms", chosen, reach=REACH, percentile=95)


def _drawn_to_painted(page: Page) -> list[float]:
    """Milliseconds from the pointer's release after a stroke, each on an empty pad: every drawing is another one."""
    chance = random.Random(0)
    pad = page.get_by_test_id("convnet-pad").bounding_box()
    if pad is None:
        raise RuntimeError("the pad is not on the page")

    def draw() -> None:
        places = [(chance.uniform(0.2, 0.8), chance.uniform(0.2, 0.8)) for _ in range(3)]
        points = [(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"]) for x, y in places]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=4)
        page.mouse.up()

    return _repeated(page, "pointerup", draw, page.get_by_role("button", name="Clear"))


def _chosen_to_painted(page: Page) -> list[float]:
    """Milliseconds from the click on a thumbnail of another image."""
    buttons = page.get_by_role("group", name="Test images").get_by_role("button")
    turn = iter(range(REPEATS))
    return _repeated(page, "click", lambda: buttons.nth((next(turn) + 1) % THUMBNAILS).click())


def _repeated(page: Page, kind: str, act: Callable[[], None], first: Locator | None = None) -> list[float]:
    """What `mapped` says after each act; `first` is clicked before it, where it can be."""
    chance = random.Random(1)
    samples = []
    for _ in range(REPEATS):
        if first and first.is_enabled():
            first.click()
        page.wait_for_timeout(chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))
        page.evaluate("(kind) => watchMaps(kind)", kind)
        act()
        samples.append(float(page.evaluate("mapped")))
    return samples
