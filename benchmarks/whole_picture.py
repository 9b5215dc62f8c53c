"""How long the whole image takes: from a file, and from a changed kernel, to the result on the screen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from benchmarks.painted import WATCH_ACTS
from benchmarks.server_memory import resident
from tools.browser import WINDOW
from tools.server import Server

VIEW = "/convolution?view=Whole+image&mix=the+same"
RESULT = 'img[alt^="Filter 1"]'
WIDE, HIGH = 4000, 3000
KERNELS = ("box", "sharpen", "emboss", "Sobel y")

WATCH_RESULT = """
window.watchResult = (kind) => {
  const result = () => document.querySelector('img[alt^="Filter 1"]')
  const before = result().src
  window.resultPainted = new Promise((done, fail) => addEventListener(kind, (event) => {
    setTimeout(() => fail(new Error("no other result was shown")), 30_000)
    const watcher = new MutationObserver(async () => {
      const image = result()
      if (!image || image.src === before) return
      watcher.disconnect()
      await image.decode()
      afterPaint((painted) => done(painted - event.timeStamp))
    })
    watcher.observe(document.body, { subtree: true, childList: true, attributeFilter: ["src"] })
  }, { capture: true, once: true }))
}
"""


@contextmanager
def whole_picture(browser: Browser, server: str) -> Iterator[Page]:
    """The view of the whole image, its first result painted, ready to take a file."""
    with browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        page.add_init_script(WATCH_ACTS + WATCH_RESULT)
        page.goto(server + VIEW)
        expect(page.locator(RESULT)).to_be_visible()
        page.get_by_role("button", name="Image", exact=True).click()
        page.get_by_text("Upload", exact=True).click()
        expect(page.locator("input[type=file]")).to_be_attached()
        yield page


def uploads_to_painted(page: Page, server: Server, count: int) -> tuple[list[float], float]:
    """Milliseconds from each file's choice to the painted result, and the megabytes that the server grew by.

    The files are JPEGs of 12 megapixels, two of them in turn; the first upload is where the memory is counted from.
    """
    files = [_photo(seed) for seed in range(2)]
    samples = [_upload(page, files[-1])]
    before = resident(server.process_id)
    for number in range(count):
        samples.append(_upload(page, files[number % 2]))
    return samples[1:], resident(server.process_id) - before


def kernel_to_painted(page: Page, repeats: int) -> list[float]:
    """Milliseconds from Enter, which chooses a kernel for all channels, to the painted result."""
    page.keyboard.press("Escape")
    field = page.get_by_label("Kernel", exact=True).first
    samples = []
    for number in range(repeats):
        field.click()
        field.fill(KERNELS[number % len(KERNELS)])
        page.evaluate("watchResult('keydown')")
        field.press("Enter")
        samples.append(float(page.evaluate("resultPainted")))
    return samples


def _upload(page: Page, file: FilePayload) -> float:
    page.evaluate("watchResult('change')")
    page.locator("input[type=file]").set_input_files([file])
    return float(page.evaluate("resultPainted"))


def _photo(seed: int) -> FilePayload:
    """Soft noise, so that a file of it has about the size of a photo's."""
    coarse = np.random.default_rng(seed).integers(0, 256, (HIGH // 8, WIDE // 8, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(coarse).resize((WIDE, HIGH), Image.Resampling.BICUBIC).save(file, "JPEG", quality=90)
    return {"name": f"photo-{seed}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
