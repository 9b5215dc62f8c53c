"""The lesson with its server: links, edits, iterations, examples, narrow and dark screens, the exported file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bare_player import BarePlayer
from tests.browser.conftest import OpenPage
from tests.browser.reading import default_trace, shown_number
from tools.browser import PHONE, open_lesson, read_step
from visualizer.engine import Ref, trace_network


def figure_number(page: Page, ref: str) -> str:
    return page.locator(f".figure .number[data-ref='{ref}']").text_content() or ""


def change(page: Page, ref: str, text: str) -> None:
    page.locator(f".figure .number[data-ref='{ref}']").click()
    page.get_by_label("new value").fill(text)
    page.keyboard.press("Enter")


def test_it_opens_with_everything_in_one_window(page: Page, server: str) -> None:
    open_lesson(page, server)
    for part in (".figure", ".board", ".transport", "[data-testid=formula-symbols]", ".note"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 1366
        assert box["y"] + box["height"] <= 768
    assert page.evaluate("document.scrollingElement.scrollHeight") <= 768


def test_a_link_opens_at_its_step_on_a_fresh_server(fresh_server: str, page: Page) -> None:
    open_lesson(page, fresh_server, {"step": 27, "seed": 3})
    assert read_step(page)[0] == 27
    expect(page.get_by_test_id("player-title")).to_contain_text("How much does the loss change")


def test_the_step_goes_into_the_address_at_rest_only(page: Page, server: str) -> None:
    open_lesson(page, server, {"hidden": 4})
    page.keyboard.press("ArrowRight")
    assert "step=1" not in page.url
    expect(page).to_have_url(re.compile(r"[?&]step=1\b"))
    assert "hidden=4" in page.url


def test_an_edited_weight_changes_all_that_follows(page: Page, server: str) -> None:
    open_lesson(page, server)
    page.keyboard.press("End")
    before = figure_number(page, "loss")
    change(page, "W1[0,1]", "−2,5")
    expect(page.locator(".figure .number[data-ref='W1[0,1]']")).to_have_text("−2.5")
    expect(page.locator(".figure .number[data-ref=loss]")).not_to_have_text(before)
    assert read_step(page)[0] == len(default_trace())


def test_an_edit_can_be_undone(page: Page, server: str) -> None:
    open_lesson(page, server)
    weight = page.locator(".figure .number[data-ref='W1[0,0]']")
    before = weight.text_content() or ""
    for undo in (lambda: page.get_by_test_id("iterate-undo").click(), lambda: page.keyboard.press("Control+z")):
        change(page, "W1[0,0]", "9")
        expect(weight).to_have_text("9")
        page.keyboard.press("Escape")  # Enter went on to the next number
        undo()
        expect(weight).to_have_text(before)
    expect(page.get_by_test_id("iterate-undo")).to_be_hidden()


def test_a_number_in_the_figure_is_read_as_it_is_written(page: Page, server: str) -> None:
    open_lesson(page, server)
    weight = page.locator(".figure .number[data-ref='W1[0,0]']")
    for typed, shown in {"0.25": "0.25", "0,75": "0.75", "1e-2": "0.01", "1/4": "0.25", "−0.5": "−0.5"}.items():
        change(page, "W1[0,0]", typed)
        expect(weight).to_have_text(shown)
        page.keyboard.press("Escape")  # Enter went on to the next number


def test_a_wrong_edit_is_answered_beside_the_field(page: Page, server: str) -> None:
    open_lesson(page, server)
    for typed, answer in {"half": "is not a number", "1e99": "1,000,000", "": "Nothing is typed"}.items():
        change(page, "W2[0,0]", typed)
        expect(page.get_by_role("alert").filter(has_text=answer)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".figure .number[data-ref='W2[0,0]']")).to_have_text("−0.52")


def test_a_number_can_be_edited_by_keyboard_alone(page: Page, server: str) -> None:
    open_lesson(page, server)
    page.locator(".figure .number[data-ref='x[0,0]']").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("0.25")
    page.keyboard.press("Enter")
    expect(page.locator(".figure .number[data-ref='x[0,0]']")).to_have_text("0.25")


def test_updates_lower_the_loss_and_can_be_undone(page: Page, server: str) -> None:
    open_lesson(page, server)
    label = page.locator(".iteration-label")
    first = label.inner_text()
    for iteration in (1, 2, 3):
        page.get_by_test_id("iterate-apply").click()
        expect(label).to_contain_text(f"Iteration {iteration} ")
    last = shown_number(label.inner_text().rsplit(" ", 1)[1])
    assert last < shown_number(first.rsplit(" ", 1)[1])
    page.get_by_test_id("iterate-back").click()
    expect(label).to_contain_text("Iteration 2 ")
    page.get_by_test_id("iterate-restart").click()
    expect(label).to_have_text(first)


def test_examples_by_csv_good_and_bad(page: Page, server: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("x1,x2,y\n0.1,0.2,1\n0.3,0.4,0\n", encoding="utf-8")
    bad.write_text("x1,x2,y\n0.1,red,1\n", encoding="utf-8")
    open_lesson(page, server)
    page.get_by_role("button", name="Numbers").click()
    page.get_by_text("Own examples").click()
    page.locator("input[type=file]").set_input_files(bad)
    expect(page.get_by_text(re.compile("red"))).to_be_visible()
    expect(page.locator(".figure .number[data-ref='x[0,0]']")).to_have_text("0.8")
    page.locator("input[type=file]").set_input_files(good)
    expect(page.locator(".figure .number[data-ref='x[0,0]']")).to_have_text("0.1")
    expect(page.locator(".frames")).to_contain_text("of 2")


def test_a_phone_shows_figure_board_and_transport(page: Page, server: str) -> None:
    page.set_viewport_size(PHONE)
    open_lesson(page, server, {"step": 12})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    transport = page.locator(".transport").bounding_box()
    assert transport is not None
    assert transport["y"] + transport["height"] <= PHONE["height"] + 1
    mark = page.locator(".figure .number.writes").bounding_box()
    assert mark is not None
    assert 0 <= mark["x"] <= PHONE["width"]
    page.get_by_test_id("player-next").click()
    assert read_step(page)[0] == 13


def test_the_dark_theme_reaches_the_player(page: Page, server: str) -> None:
    page.emulate_media(color_scheme="dark")
    open_lesson(page, server, {"step": 3})
    background, text = page.get_by_test_id("player").evaluate(
        "(player) => [getComputedStyle(player).backgroundColor, getComputedStyle(player).color]"
    )
    assert background == "rgb(16, 21, 31)"
    assert text == "rgb(230, 234, 242)"


def test_the_files_hold_every_array_and_the_walk_plays_without_a_server(
    page: Page, open_page: OpenPage, server: str, tmp_path: Path
) -> None:
    file = tmp_path / "walk.html"
    open_lesson(page, server)
    page.get_by_role("button", name="Share & save").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the walk (HTML)").click()
    download.value.save_as(file)
    arrays = {}
    for kind in ("JSON", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download the arrays ({kind})").click()
        assert download.value.suggested_filename == f"unrolled-walk-arrays.{kind.lower()}"
        arrays[kind] = download.value.path().read_text(encoding="utf-8")
    assert json.loads(arrays["JSON"])["arrays"] == {
        name: each.tolist() for name, each in default_trace().arrays.items()
    }
    assert len(arrays["CSV"].splitlines()) == 1 + sum(each.numel() for each in default_trace().arrays.values())
    saved = open_page(offline=True)
    saved.goto(file.as_uri())
    expect(saved.get_by_test_id("player-step")).to_have_text("0 / 44")
    saved.keyboard.press("End")
    assert read_step(saved)[0] == 44
    assert shown_number(figure_number(saved, "loss")) == pytest.approx(float(default_trace()["loss"]), rel=1e-3)


def test_full_screen_makes_the_digits_larger(page: Page, server: str) -> None:
    open_lesson(page, server, {"step": 5})
    formula = page.get_by_test_id("formula-numbers")
    before = formula.evaluate("(node) => node.getBoundingClientRect().height")
    page.get_by_role("button", name="Present").click()
    expect(page.locator(".player:fullscreen")).to_be_visible()
    assert formula.evaluate("(node) => node.getBoundingClientRect().height") > before


def test_a_number_too_large_is_said_in_words(page: Page, server: str) -> None:
    open_lesson(page, server, {"activation": "identity", "learning_rate": 1000})
    for iteration in range(1, 120):
        page.get_by_test_id("iterate-apply").click()
        if page.get_by_text(re.compile("learning rate", re.IGNORECASE)).filter(visible=True).count():
            break
        expect(page.locator(".iteration-label")).to_contain_text(f"Iteration {iteration} ")
    expect(page.get_by_text(re.compile("step \\d+")).first).to_be_visible()


@pytest.mark.parametrize(("score", "says"), [(2000, "a computer takes it for 0"), (1, "The chain rule starts here")])
def test_an_infinite_gradient_that_no_step_needs_is_not_blamed_on_the_learning_rate(
    bare_player: BarePlayer, score: float, says: str
) -> None:
    ones = [[1.0, 0.0], [0.0, 1.0]]
    trace = trace_network([[score, 0.0]], [[0.0, 1.0]], [ones] * 2, activation="relu", loss="cross_entropy")
    at = next(number for number, step in enumerate(trace.steps, 1) if step.target == Ref("grad_out", (0, 1)))
    assert says in bare_player.note(trace, at)
    assert "learning rate" not in bare_player.note(trace, at)


def test_numbers_too_large_from_the_start_are_not_blamed_on_the_learning_rate(bare_player: BarePlayer) -> None:
    trace = trace_network([[1e200]], [[0.0]], [[[1.0]], [[1e200]]], activation="identity", learning_rate=0.5)
    assert bare_player.note(trace, len(trace)).endswith("It begins at step 3. Smaller numbers to begin with help.")
