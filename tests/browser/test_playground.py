"""The page "Playground" in a real browser: a run, a weight set by hand, to the walk and back, no server per frame."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tools.browser import PHONE, wait_for_player

PATH = "/playground"
QUICK = "play_epochs=12&play_points=60"


def open_film(page: Page, server: str, query: str = QUICK) -> None:
    page.goto(f"{server}{PATH}?{query}")
    wait_for_player(page)
    expect(page.get_by_text("Answer.", exact=True)).to_be_visible()


def test_a_setting_starts_another_run_that_plays(page: Page, server: str) -> None:
    open_film(page, server)
    page.get_by_role("button", name="Training", exact=True).click()
    rate = page.get_by_role("spinbutton", name="Learning rate")
    rate.fill("0.2")
    rate.press("Enter")
    expect(page.get_by_test_id("player-step")).to_have_text("12 / 12")
    expect(page).to_have_url(re.compile("play_rate=0.2"))
    expect(page.get_by_text("Adam 0.2, 12 epochs")).to_be_visible()


def test_scrubbing_asks_the_server_for_nothing(page: Page, server: str) -> None:
    open_film(page, server)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    for frame in range(1, 12):
        page.get_by_test_id("player-slider").fill(str(frame))
        expect(page.get_by_test_id("player-step")).to_have_text(f"{frame} / 12")
    assert sent == []


def test_a_weight_set_by_hand_starts_a_run_from_there_and_can_be_taken_back(page: Page, server: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # the new run does not play by itself
    open_film(page, server)
    page.get_by_test_id("player-slider").fill("5")
    page.locator(".weights [data-ref='W2[0,1]']").click()
    field = page.get_by_label("new value")
    field.fill("3.5")
    field.press("Enter")
    note = page.get_by_text("This run starts from the net after 5 epochs with the weight from unit 2 to the output set")
    expect(note).to_be_visible()
    expect(page.locator(".weights [data-ref='W2[0,1]'] .weight-value")).to_have_text(["3.5"])
    page.get_by_role("button", name="Back", exact=True).click()
    expect(note).to_be_hidden()


def test_to_the_walk_and_back(page: Page, server: str) -> None:
    open_film(page, server, f"{QUICK}&play_rate=0.1")
    page.get_by_test_id("player-slider").fill("7")
    page.get_by_text("What does each unit learn").hover()
    page.get_by_role("button", name="Open the net of epoch 7 in the walk").click()
    expect(page.get_by_text("The playground's net after 7 epochs")).to_be_visible()
    wait_for_player(page)
    page.get_by_role("button", name="Share & save").click()
    page.get_by_role("button", name="Train this net in the playground").click()
    expect(page.get_by_text("This run starts from the net of the lesson")).to_be_visible()
    expect(page.get_by_text("Adam 0.1, 12 epochs")).to_be_visible()


def test_on_a_phone_the_answer_begins_below_the_film(page: Page, server: str) -> None:
    page.set_viewport_size(PHONE)
    open_film(page, server)
    ways = page.locator(".st-key-film-ways").bounding_box()
    answer = page.get_by_text("Answer.", exact=True).bounding_box()
    plots = page.locator(".film .plot").filter(visible=True)
    last = plots.nth(plots.count() - 1).bounding_box()
    assert ways and answer and last
    assert last["y"] + last["height"] <= ways["y"] and ways["y"] + ways["height"] <= answer["y"]
