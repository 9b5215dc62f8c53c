"""How long a changed weight takes to show: to the server, through the engine, back, painted."""

from __future__ import annotations

import random

from playwright.sync_api import Page, expect

WATCH_EDIT = """
window.findPlayer = (root = document) => {
  for (const node of root.querySelectorAll("*")) {
    if (node.dataset.testid === "player") return node
    const inside = node.shadowRoot && findPlayer(node.shadowRoot)
    if (inside) return inside
  }
}
window.watchEdit = () => {
  const player = findPlayer()
  const loss = () => player.querySelector('.figure [data-ref="loss"]').textContent
  const before = loss()
  window.edit = new Promise((done) => addEventListener("keydown", (event) => {
    const watcher = new MutationObserver(() => {
      if (loss() === before) return
      watcher.disconnect()
      afterPaint((painted) => done(painted - event.timeStamp))
    })
    watcher.observe(player, { subtree: true, childList: true, characterData: true })
  }, { capture: true, once: true }))
}
"""


def edit_to_painted(page: Page, repeats: int) -> list[float]:
    """Milliseconds from Enter, after a new value of w₁¹ was typed in the figure, to the painted new loss."""
    chance = random.Random(0)
    page.keyboard.press("End")
    weight = page.locator('.figure [data-ref="W1[0,0]"]').first
    field = page.get_by_label("new value")
    samples = []
    for count in range(repeats):
        weight.click()
        field.fill(f"{(-1) ** count * chance.uniform(0.5, 2):.3f}")
        page.evaluate("watchEdit()")
        field.press("Enter")
        samples.append(float(page.evaluate("edit")))
        field.press("Escape")  # Enter went on to the next number
        expect(field).to_be_hidden()
    return samples
