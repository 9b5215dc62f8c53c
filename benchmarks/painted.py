"""How long the browser takes from a visitor's act to the frame that shows what it did.

The clock starts at the time stamp that the browser gives the key or the click, before any script sees it, and stops in
the first task after the frame in which the page's answer was laid out and painted (a message posted from that frame's
requestAnimationFrame). What the screen itself adds is not in it. A pause of random length before each act keeps the
acts from falling into step with the frames.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tools.browser import read_step

SHORTEST_PAUSE, LONGEST_PAUSE = 30.0, 90.0
SHORTEST_LOOK, LONGEST_LOOK = 120.0, 220.0
SHORTEST_PRESS, LONGEST_PRESS = 50.0, 110.0
WINDOW_OF_HOVER = ".window.field[visibility=visible]"

OUTPUT_BOX = """(figure) => {
  const output = [...figure.querySelectorAll(".grid")].find((grid) => grid.gridMark.array === "y")
  return output.querySelector("canvas").getBoundingClientRect().toJSON()
}"""

WATCH_ACTS = """
window.afterPaint = (then) => requestAnimationFrame(() => {
  const channel = new MessageChannel()
  channel.port1.onmessage = () => then(performance.now())
  channel.port2.postMessage(null)
})
window.watchAct = (kind) => {
  window.act = new Promise((done) => addEventListener(kind, (event) => {
    afterPaint((painted) => done(painted - event.timeStamp))
  }, { capture: true, once: true }))
}
"""


FIND_PLAYER = """
window.findPlayer = (root) => {
  const found = root.querySelector('[data-testid=player]')
  if (found) return found
  for (const node of root.querySelectorAll('*')) {
    const inside = node.shadowRoot && findPlayer(node.shadowRoot)
    if (inside) return inside
  }
  return null
}
"""


def key_to_painted(page: Page, repeats: int) -> list[float]:
    """Milliseconds from the right arrow key to the painted next step, walking through the trace again and again."""
    return _walk(page, repeats, "keydown", lambda: page.keyboard.press("ArrowRight"))


def click_to_painted(page: Page, repeats: int) -> list[float]:
    """Milliseconds from a click on "next" to the painted next step.

    A finger keeps a button down for some 80 ms. A button let go within the frame that paints it pressed would always
    wait for the next frame, which no visitor can bring about.
    """
    chance = random.Random(1)
    box = page.get_by_test_id("player-next").bounding_box()
    if box is None:
        raise RuntimeError("the player's next button is not on the page")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def click() -> None:
        # Without moving again: a move waits for a frame, and the click would then always wait for the next.
        page.mouse.down()
        page.wait_for_timeout(chance.uniform(SHORTEST_PRESS, LONGEST_PRESS))
        page.mouse.up()

    return _walk(page, repeats, "click", click)


def key_to_painted_anywhere(page: Page, repeats: int) -> list[float]:
    """Milliseconds from the right arrow key to the painted next step, each time from a random step of the walk.

    The jump there is given time to be painted, as a viewer takes to look.
    """
    chance = random.Random(0)
    slider = page.get_by_test_id("player-slider")
    steps = read_step(page)[1]
    samples = []
    for _ in range(repeats):
        step = chance.randrange(steps)
        slider.evaluate("(slider, step) => { slider.value = step; slider.oninput() }", step)
        page.wait_for_timeout(chance.uniform(SHORTEST_LOOK, LONGEST_LOOK))
        page.evaluate("watchAct('keydown')")
        page.keyboard.press("ArrowRight")
        samples.append(page.evaluate("act"))
        if read_step(page)[0] != step + 1:
            raise RuntimeError(f"the player is at {read_step(page)[0]} after step {step}")
    return samples


def hover_to_painted(page: Page, repeats: int) -> list[float]:
    """Milliseconds from a move of the mouse onto an output number to its painted window on the input."""
    chance = random.Random(0)
    page.keyboard.press("Home")
    box = page.locator(".figure").evaluate(OUTPUT_BOX)
    samples = []
    for _ in range(repeats):
        page.mouse.move(2, 2)
        expect(page.locator(WINDOW_OF_HOVER)).to_have_count(0)
        page.wait_for_timeout(chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))
        page.evaluate("watchAct('pointermove')")
        page.mouse.move(box["x"] + box["width"] * chance.random(), box["y"] + box["height"] * chance.random())
        samples.append(page.evaluate("act"))
        expect(page.locator(WINDOW_OF_HOVER)).not_to_have_count(0)
    return samples


def _walk(page: Page, repeats: int, kind: str, act: Callable[[], None]) -> list[float]:
    chance = random.Random(0)
    samples: list[float] = []
    step, steps = read_step(page)
    while len(samples) < repeats:
        if step == steps:
            page.keyboard.press("Home")
            step = 0
        page.wait_for_timeout(chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))
        page.evaluate("kind => watchAct(kind)", kind)
        act()
        samples.append(page.evaluate("act"))
        step += 1
    if read_step(page)[0] != step:
        raise RuntimeError(f"the player is at {read_step(page)[0]} after {step} steps")
    return samples
