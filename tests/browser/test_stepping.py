"""Stepping through the walk: by button, key, clicker, slider, chapter and click; and what is shown at each step."""

from __future__ import annotations

import random
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWalk
from tests.browser.reading import default_trace, shown_number, shown_numbers
from tools.browser import LESSON, open_lesson, read_step

LINKED = re.compile(r"\blinked\b")


@pytest.fixture
def lesson(open_walk: OpenWalk) -> Page:
    """The walk that the lesson opens with."""
    return open_walk(default_trace())


@pytest.mark.parametrize(("forward", "back"), [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp")])
def test_arrow_keys_and_a_clicker_step(lesson: Page, forward: str, back: str) -> None:
    for _ in range(3):
        lesson.keyboard.press(forward)
    assert read_step(lesson)[0] == 3
    lesson.keyboard.press(back)
    assert read_step(lesson)[0] == 2


def test_home_and_end(lesson: Page) -> None:
    lesson.keyboard.press("End")
    last, length = read_step(lesson)
    assert last == length == len(default_trace())
    lesson.keyboard.press("Home")
    assert read_step(lesson)[0] == 0


def test_buttons(lesson: Page) -> None:
    lesson.get_by_test_id("player-next").click()
    lesson.get_by_test_id("player-next").click()
    lesson.get_by_test_id("player-back").click()
    assert read_step(lesson)[0] == 1
    lesson.get_by_test_id("player-last").click()
    assert read_step(lesson)[0] == len(default_trace())
    lesson.get_by_test_id("player-first").click()
    assert read_step(lesson)[0] == 0


def test_play_goes_on_by_itself_and_pauses(lesson: Page) -> None:
    lesson.get_by_label("speed").select_option("4")
    lesson.keyboard.press(" ")
    expect(lesson.get_by_test_id("player-step")).to_have_text(re.compile(r"^([3-9]|\d\d) / 44"))
    lesson.get_by_test_id("player-play").click()
    stopped = read_step(lesson)[0]
    expect(lesson.get_by_label("Play (space)")).to_be_visible()
    assert read_step(lesson)[0] == stopped


def test_the_slider_moves_the_walk(lesson: Page) -> None:
    lesson.get_by_test_id("player-slider").fill("17")
    assert read_step(lesson)[0] == 17
    lesson.get_by_test_id("player-slider").press("ArrowRight")
    assert read_step(lesson)[0] == 18


def test_longer_strides(lesson: Page) -> None:
    ends = {"unit": [2, 4], "layer": [6, 8], "chapter": [8, 10]}
    for stride, stops in ends.items():
        lesson.keyboard.press("Home")
        lesson.get_by_label("stride").select_option(stride)
        for stop in stops:
            lesson.get_by_test_id("player-next").click()
            assert read_step(lesson)[0] == stop, stride


@pytest.mark.parametrize(
    ("stride", "last", "title"), [("layer", 6, "The hidden layer: 3 units"), ("chapter", 8, "Forward: 8 numbers")]
)
def test_a_layer_or_chapter_is_shown_whole(lesson: Page, stride: str, last: int, title: str) -> None:
    trace = default_trace()
    lesson.get_by_label("stride").select_option(stride)
    lesson.get_by_test_id("player-next").click()
    assert read_step(lesson)[0] == last
    expect(lesson.get_by_test_id("player-title")).to_have_text(title)
    written = {str(step.target): float(trace.value(step.target)) for step in trace.steps[:last]}
    lit = {mark.get_attribute("data-ref") for mark in lesson.locator(".figure .number.writes").all()}
    assert lit == written.keys()
    shown = shown_numbers(lesson)
    assert {ref: shown_number(shown[ref]) for ref in written} == pytest.approx(written, rel=5e-3)
    expect(lesson.locator("[data-testid=formula-numbers] .matrix").first).to_be_visible()
    for ref, value in written.items():
        number = lesson.locator(f"[data-testid=formula-numbers] [data-ref='{ref}']").first
        assert shown_number(number.inner_text()) == pytest.approx(value, rel=5e-3), ref


@pytest.mark.parametrize(
    ("path", "settings", "stride", "step", "title"),
    [
        (LESSON, {"examples": 2}, "layer", 30, "The hidden layer: 3 units"),
        ("/recurrent", {}, "chapter", 10, "t = 1: 30 numbers"),
    ],
)
def test_a_whole_is_named_after_what_is_in_it(
    page: Page, server: str, path: str, settings: dict[str, object], stride: str, step: int, title: str
) -> None:
    open_lesson(page, server, settings | {"step": step}, path)
    page.get_by_label("stride").select_option(stride)
    page.get_by_test_id("player-next").click()
    expect(page.get_by_test_id("player-title")).to_have_text(title)


def test_a_chapter_leads_to_its_first_step(lesson: Page) -> None:
    lesson.locator(".chapter-title", has_text="Backward").click()
    expect(lesson.get_by_test_id("player-title")).to_have_text("How much does the loss change with out?")


def test_a_click_on_a_number_leads_to_the_step_that_wrote_it(lesson: Page) -> None:
    lesson.keyboard.press("End")
    lesson.locator(".figure [data-ref='h1[0,1]']").click()
    assert read_step(lesson)[0] == 4
    expect(lesson.get_by_test_id("player-title")).to_have_text("What comes out of hidden unit 2?")


def test_comes_from_and_used_by_lead_there(lesson: Page) -> None:
    lesson.get_by_test_id("player-slider").fill("4")
    lesson.locator(".chips", has_text="comes from").locator("button").first.click()
    assert read_step(lesson)[0] == 3
    lesson.locator(".chips", has_text="used by").locator("button").first.click()
    assert read_step(lesson)[0] == 4


def test_only_what_is_known_is_shown(lesson: Page) -> None:
    trace = default_trace()
    for step in (0, 1, 9, 20, len(trace)):
        lesson.get_by_test_id("player-slider").fill(str(step))
        written = {str(each.target) for each in trace.steps[:step]}
        later = {str(each.target) for each in trace.steps[step:]}
        shown = shown_numbers(lesson)
        assert written <= shown.keys()
        assert not later & shown.keys()


def test_shown_numbers_equal_the_trace_at_random_steps(lesson: Page) -> None:
    trace = default_trace()
    for step in random.Random(0).choices(range(1, len(trace) + 1), k=50):
        lesson.get_by_test_id("player-slider").fill(str(step))
        target = trace.steps[step - 1].target
        total = lesson.locator("[data-testid=formula-numbers] .writes").first.inner_text()
        value = float(trace.value(target))
        assert shown_number(total) == pytest.approx(value, rel=5e-4, abs=1e-12)
        for ref, text in shown_numbers(lesson).items():
            name, _, index = ref.removesuffix("]").partition("[")
            at = tuple(int(part) for part in index.split(",")) if index else ()
            assert shown_number(text) == pytest.approx(float(trace[name][at]), rel=5e-3, abs=1e-12), (step, ref)


def test_a_step_lights_what_it_reads_and_writes(lesson: Page) -> None:
    lesson.get_by_test_id("player-slider").fill("1")
    reads = {mark.get_attribute("data-ref") for mark in lesson.locator(".figure .number.reads").all()}
    writes = {mark.get_attribute("data-ref") for mark in lesson.locator(".figure .number.writes").all()}
    assert reads == {"W1[0,0]", "W1[0,1]", "x[0,0]", "x[0,1]", "b1[0]"}
    assert writes == {"a1[0,0]"}


def test_hovering_links_figure_and_formula(page: Page, server: str) -> None:
    open_lesson(page, server)  # in the app the player is in a shadow root
    page.get_by_test_id("player-slider").fill("1")
    page.locator("[data-testid=formula-numbers] [data-ref='x[0,1]']").first.hover()
    expect(page.locator(".figure .number[data-ref='x[0,1]']")).to_have_class(LINKED)
    page.locator(".figure .number[data-ref='W1[0,0]']").hover()
    expect(page.locator("[data-testid=formula-symbols] [data-ref='W1[0,0]']")).to_have_class(LINKED)
    expect(page.locator(".tooltip")).to_contain_text("given")


def test_matrix_notation(lesson: Page) -> None:
    lesson.get_by_test_id("player-slider").fill("3")
    lesson.get_by_text("matrix notation").click()
    expect(lesson.locator("[data-testid=formula-numbers] .matrix")).to_have_count(4)
    lesson.keyboard.press("ArrowRight")
    expect(lesson.locator("[data-testid=formula-numbers] .matrix")).to_have_count(2)
    lesson.get_by_role("button", name="one number").click()
    expect(lesson.locator("[data-testid=formula-numbers] .matrix")).to_have_count(0)


def test_every_step_is_said_to_screen_readers(lesson: Page) -> None:
    lesson.keyboard.press("ArrowRight")
    expect(lesson.locator("[aria-live=polite]").filter(has_text="Step 1 of 44")).to_contain_text("hidden unit 1")
