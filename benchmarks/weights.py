"""Trained recurrent nets: how long training in view takes, and what the weights that ship add to an opening."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Browser, Page, expect

from benchmarks.opening import opening
from tools.browser import WINDOW, patient_page

PATH = "/recurrent"
TRAINING = "recurrent_view=Train&train_task=remember&train_length=10&train_units=16"
RIGHT = """
() => new Promise((done) => {
  const started = performance.now()
  const look = () => {
    const shown = document.querySelector('[data-testid=stMetricValue]')?.innerText ?? ''
    if (parseInt(shown) >= 99) done((performance.now() - started) / 1000)
    else requestAnimationFrame(look)
  }
  look()
})
"""
DEFAULT: Mapping[str, object] = {}
SHIPPED: Mapping[str, object] = {"recurrent_weights": "remember"}


def training_seconds(browser: Browser, server: str, repeats: int) -> list[float]:
    """Seconds from the click on Train until the page shows at least 99 % right answers, a seed each."""
    samples = []
    for seed in range(repeats):
        with browser.new_context(viewport=WINDOW) as context:
            page = patient_page(context)
            page.goto(f"{server}{PATH}?{TRAINING}&train_seed={seed}")
            samples.append(_train(page))
    return samples


def _train(page: Page) -> float:
    button = page.get_by_role("button", name="Train", exact=True)
    expect(button).to_be_visible()
    button.click()
    return float(page.evaluate(RIGHT))


def shipped_weights_on_top(browser: Browser, server: str, repeats: int) -> list[float]:
    """Milliseconds that a page with shipped weights takes longer to open than the default one, opened in turns."""
    pairs = [[opening(browser, server, PATH, settings) for settings in (DEFAULT, SHIPPED)] for _ in range(repeats)]
    return [shipped - default for default, shipped in pairs]
