"""What a visitor did is in the address: stepping sends nothing, and a new server brings all of it back."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.conftest import OpenPage
from tools.browser import open_lesson, read_step, wait_for_player
from tools.server import free_port, running_server

PASTE = """(field, text) => {
  field.focus()
  const carried = new DataTransfer()
  carried.setData("text/plain", text)
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }))
}"""
EDITED = {
    "/one-hidden-layer": "W1[0,0]",
    "/convolution": "x[0,0,0]",
    "/pooling": "x[0,0,0]",
    "/recurrent": "weight_ih[0,0]",
}


def show_weights(page: Page, path: str) -> None:
    """Where they stand in a pane of their own."""
    if path == "/recurrent":
        page.locator(".frames").get_by_role("button", name="Weights").click()


def mark(page: Page, ref: str) -> Locator:
    return page.locator(f".figure .number[data-ref='{ref}']")


def test_stepping_and_resting_send_nothing(page: Page, server: str) -> None:
    sent: list[object] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame))

    page.on("websocket", listen)
    open_lesson(page, server)
    page.wait_for_load_state("networkidle")
    before = len(sent)
    start = read_step(page)[0]
    for step in range(start + 1, start + 6):
        page.get_by_test_id("player-next").click()
        expect(page).to_have_url(re.compile(rf"[?&]step={step}\b"))
    assert len(sent) == before


def test_a_new_server_at_the_same_address_brings_every_edit_back(open_page: OpenPage, faults: list[str]) -> None:
    port = str(free_port())
    profile = open_page().context
    pages = {path: profile.new_page() for path in EDITED}
    addresses = {}
    with running_server(PORT=port) as first:
        for path, page in pages.items():
            open_lesson(page, first.url, None, path)
            show_weights(page, path)
            mark(page, EDITED[path]).click()
            page.get_by_label("new value").fill("0.75")
            page.keyboard.press("Enter")
            expect(page).to_have_url(re.compile("(~|%7E)0[.]75"))
            page.get_by_test_id("player-next").click()
            expect(page).to_have_url(re.compile(r"step=1\b"))
            addresses[path] = page.url
            page.evaluate("window.opened = true")
    with running_server(PORT=port):
        for path, page in pages.items():
            expect(page.get_by_test_id("stConnectionStatus")).to_have_count(0)
            page.wait_for_function("() => !window.opened")  # it loads itself anew
            wait_for_player(page)
            show_weights(page, path)
            expect(mark(page, EDITED[path])).to_have_text(re.compile(r"0?\.75$"))
            page.reload()
            wait_for_player(page)
            show_weights(page, path)
            expect(mark(page, EDITED[path])).to_have_text(re.compile(r"0?\.75$"))
            assert read_step(page)[0] == 1
            assert page.url == addresses[path]
            page.close()
    faults.clear()  # the browser complained of the server that was away


def test_iterations_come_back(page: Page, server: str) -> None:
    open_lesson(page, server)
    apply = page.get_by_role("button", name="Apply the update")
    apply.click()
    expect(page).to_have_url(re.compile(r"iteration=1\b"))
    apply.click()
    expect(page).to_have_url(re.compile(r"iteration=2\b"))
    shown = page.locator(".iterations").get_by_text("Iteration 2")
    expect(shown).to_be_visible()
    page.reload()
    wait_for_player(page)
    expect(shown).to_be_visible()


def test_what_the_app_sets_counts_for_good_where_its_panel_was_open_before(page: Page, server: str) -> None:
    open_lesson(page, server, {"sequence_of": "vectors", "readout": "none"}, "/recurrent")
    page.get_by_role("button", name="Settings", exact=True).click()
    steps = page.get_by_role("spinbutton", name="Time steps T")
    expect(steps).to_have_value("3")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Numbers", exact=True).click()
    for label, text in (("x: inputs", "1 2 3\n4 5 6"), ("h₀", "0.5 0.25"), ("c₀", "1 -1")):
        table = page.get_by_role("table", name=label)
        table.locator("input").first.evaluate(PASTE, text)
        expect(table.locator("input")).to_have_count(len(text.split()))
        expect(table.locator("input").last).to_have_value(text.split()[-1].replace("-", "−"))
        expect(page).to_have_url(re.compile("input_steps=2(.0)?&.*x1.2(~|%7E)6"))
    expect(page.get_by_role("table", name="x: inputs").locator("input").last).to_have_value("6")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Settings", exact=True).click()
    expect(steps).to_have_value("2")
    steps.fill("3")
    steps.press("Enter")
    expect(page).to_have_url(re.compile("^(?!.*input_steps)"))
    expect(steps).to_have_value("3")


def test_a_picture_that_was_brought_is_said_to_be_gone_after_a_reload(page: Page, server: str, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    Image.effect_noise((64, 64), 60).save(photo)
    open_lesson(page, server, {"step": 0}, "/convolution")
    page.get_by_role("button", name="Image", exact=True).click()
    page.get_by_text("Upload", exact=True).click()
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.get_by_text("photo.png: 64 × 64 pixels.")).to_be_visible()
    expect(page).to_have_url(re.compile("own_picture=true"))
    page.reload()
    wait_for_player(page)
    gone = page.get_by_text("The image uploaded here is gone")
    expect(gone).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(gone).to_be_hidden()
    expect(page).not_to_have_url(re.compile("own_picture"))
