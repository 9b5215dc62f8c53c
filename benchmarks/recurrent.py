"""The figures of the lesson "RNN & LSTM"."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser, Page

from benchmarks.figures import Figure
from benchmarks.opening import bytes_to_open
from benchmarks.painted import FIND_PLAYER, key_to_painted_anywhere
from benchmarks.tracing import trace_large_lstm
from benchmarks.visitor import visitor
from benchmarks.weights import shipped_weights_on_top, training_seconds
from tools.server import Server

PATH = "/recurrent"
LARGE: dict[str, object] = {"units": 4, "text": "abcdefghabcda"}
TEXTS = ("abcab", "hello", "abba", "banana")
REPEATS = 120

WATCH_WALK = """
window.watchWalk = () => {
  window.typed = new Promise((done) => addEventListener('keydown', (event) => {
    const player = findPlayer(document)
    const watcher = new MutationObserver(() => {
      watcher.disconnect()
      afterPaint((painted) => done(painted - event.timeStamp))
    })
    const step = player.querySelector('[data-testid=player-step]')
    watcher.observe(step, { subtree: true, childList: true, characterData: true })
  }, { capture: true, once: true }))
}
"""


def measure(browser: Browser, server: Server) -> Iterator[Figure]:
    """Every figure, each as soon as it is measured."""
    with visitor(browser, server.url, PATH, LARGE) as page:
        keys = key_to_painted_anywhere(page, REPEATS)
    yield Figure("key → painted anywhere, LSTM, T=12, 4 units", "ms", keys, reach=16.7, percentile=95)
    yield Figure("trace of T=12, 4 units, 8 inputs", "ms", trace_large_lstm(REPEATS), reach=60, percentile=95)
    opened = [bytes_to_open(browser, server.url, PATH, LARGE) for _ in range(3)]
    yield Figure("all that is sent when that walk opens", "kB", opened, reach=200, percentile=95)
    with visitor(browser, server.url, PATH) as page:
        typed = _typed_to_painted(page)
    yield Figure("typed text → new walk painted", "ms", typed, reach=250, percentile=95)
    trained = training_seconds(browser, server.url, 3)
    yield Figure("“remember, delay 10” trained in view to 99 %, LSTM, 16 units", "s", trained, reach=15, percentile=95)
    loaded = shipped_weights_on_top(browser, server.url, 10)
    yield Figure("shipped weights and first walk, over the page's own opening", "ms", loaded, reach=300, percentile=95)


def _typed_to_painted(page: Page) -> list[float]:
    """Milliseconds from Enter in the text's field to the painted new walk."""
    page.evaluate(f"() => {{ {FIND_PLAYER} {WATCH_WALK} }}")
    page.get_by_role("button", name="Settings").click()
    field = page.get_by_label("Text", exact=True)
    samples = []
    for number in range(REPEATS):
        field.fill(TEXTS[number % len(TEXTS)])
        page.evaluate("watchWalk()")
        field.press("Enter")
        samples.append(float(page.evaluate("typed")))
    return samples
