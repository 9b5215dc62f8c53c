"""What is said to the user lies over no control, at any width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tools.browser import wait_until_drawn

COVERED = """() => {
  const seen = (control) => {
    let { left, right, top, bottom } = control.getBoundingClientRect()
    for (let at = control.parentElement; at; at = at.parentElement) {
      if (getComputedStyle(at).overflowY === "visible") continue
      const frame = at.getBoundingClientRect()
      ;[top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)]
    }
    return { left, right, top, bottom }
  }
  const within = (root) =>
    [...root.querySelectorAll("*")].flatMap((each) => [each, ...(each.shadowRoot ? within(each.shadowRoot) : [])])
  const shown = within(document.body).filter((each) =>
    each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  const said = shown.filter((each) => each.matches("[class*=st-key-say-]")).map((each) => each.parentElement)
  const overlap = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1
  const covered = shown.filter((each) => each.matches("button, input, select")).filter((control) =>
    said.some((message) => !message.contains(control) && overlap(seen(control), message.getBoundingClientRect())))
  return [said.length, covered.map((control) => control.getAttribute("aria-label") ?? control.textContent)]
}"""


@pytest.mark.parametrize(
    "address",
    ["/one-hidden-layer?inputs=99", "/one-hidden-layer?numbers=abc&hidden=88", "/retrieval?retrieval_view=no"],
)
def test_a_message_about_the_link_covers_no_control(page: Page, server: str, address: str) -> None:
    page.goto(server + address)
    for width in (320, 390, 768, 1024, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        wait_until_drawn(page)
        assert page.evaluate(COVERED) == [1, []], width
