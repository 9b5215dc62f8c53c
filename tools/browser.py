"""A Chromium with a new profile, and the few things that tests and benchmarks do with a lesson in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tools.find_browser import find_browser

# Without these, a browser on a closed network tries to reach its maker's hosts all the time.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# Containers have neither a GPU nor the user namespaces that the sandbox needs; the only pages opened are this app's.
CONTAINED = ("--disable-gpu", "--no-sandbox")
WINDOW: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
LESSON = "/one-hidden-layer"
# In milliseconds. Whatever waits for the app waits on what its pages say, and as long as this: a machine that is busy
# with something else is slow, not wrong.
PATIENCE = 120_000.0
# Streamlit has run the page and styled it, every component has drawn itself, no lab is at work, nothing fades, and no
# box has moved for three frames.
DRAWN = """() => {
  const app = document.querySelector("[data-testid=stApp]")
  const styled = getComputedStyle(document.documentElement).getPropertyValue("--frame-line")
  if (location.protocol !== "file:" && !(app?.dataset.testScriptState === "notRunning" && styled)) return false
  const atWork = "[data-stale=true], [data-testid=stSkeleton], [role=progressbar]:not([aria-valuenow='100'])"
  if (document.querySelector(atWork)) return false
  const fading = (each) => each instanceof CSSTransition && each.playState !== "finished"
  if (document.fonts.status !== "loaded" || document.getAnimations().some(fading)) return false
  const boxes = []
  let empty = false
  const measure = (root) => root.querySelectorAll("*").forEach((each) => {
    const { x, y, width, height } = each.getBoundingClientRect()
    boxes.push(x, y, width, height)
    if (each.shadowRoot) measure(each.shadowRoot)
    if (each.dataset.testid === "stBidiComponentIsolated") empty ||= !each.shadowRoot?.querySelector("*:not(style)")
  })
  measure(document.body)
  const still = window.drawnBoxes?.boxes === boxes.join() ? window.drawnBoxes.still + 1 : 0
  window.drawnBoxes = { boxes: boxes.join(), still }
  return !empty && still >= 3
}"""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A headless Chromium.

    Raises: FileNotFoundError where none is installed.
    """
    expect.set_options(timeout=PATIENCE)
    path = find_browser()
    if path is None:
        raise FileNotFoundError("no Chromium was found: run tools/find_browser.py, or set CHROMIUM to the path of one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*CONTAINED, *QUIET])
        try:
            yield browser
        finally:
            browser.close()


def patient_page(context: BrowserContext) -> Page:
    """A new page whose actions wait as long as everything else does."""
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def open_lesson(page: Page, server: str, settings: Mapping[str, object] | None = None, path: str = LESSON) -> None:
    """Opens a lesson at its first step, with settings in its address, and waits until its player can be used."""
    page.goto(f"{server}{path}?{urlencode({'step': 0} | dict(settings or {}))}")
    wait_for_player(page)


def wait_for_player(page: Page) -> None:
    """Returns once the player shows which step it is at."""
    expect(page.get_by_test_id("player")).to_be_visible()
    expect(page.get_by_test_id("player-step")).to_have_text(re.compile(r"\d+ / \d+"))


def wait_until_drawn(page: Page) -> None:
    """Returns once a page of the app, or a file that it exported, stands still."""
    page.wait_for_function(DRAWN)


def read_step(page: Page) -> tuple[int, int]:
    """The step that the player shows, counted from 1, and how many there are."""
    step, steps = page.get_by_test_id("player-step").inner_text().split("/")
    return int(step), int(steps)
