"""The film in a real browser, without a server: what each frame shows, pointing, editing, keys, and a longer run."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bare_film import BareFilm
from tests.browser.reading import shown_number
from tests.browser.test_accessibility import SCHEMES, serious_faults
from tests.film.films import small_film
from tools.browser import PHONE


@pytest.fixture
def film(page: Page, tmp_path: Path) -> BareFilm:
    """The film of a net 2-3-1 over 6 epochs."""
    bare = BareFilm(page, tmp_path)
    bare.show(small_film())
    return bare


def weights_shown(page: Page) -> dict[str, float]:
    rows = page.locator(".weights .weight").evaluate_all(
        "(rows) => rows.map((row) => [row.dataset.ref, row.querySelector('.weight-value').textContent])"
    )
    return {ref: shown_number(text) for ref, text in rows}


def test_every_frame_shows_its_own_numbers(film: BareFilm) -> None:
    shown, page = small_film(), film.page
    expect(page.get_by_test_id("player-step")).to_have_text("0 / 6")
    page.locator("[data-ref='h1[1]']").click()  # stays on show
    for frame in random.Random(0).choices(range(len(shown)), k=8):
        page.get_by_test_id("player-slider").fill(str(frame))
        expect(page.get_by_test_id("player-step")).to_have_text(f"{int(shown.epochs[frame])} / 6")
        weights, biases = (
            shown.shape.weights(shown.parameters[frame])[0],
            shown.shape.biases(shown.parameters[frame])[0],
        )
        expected = {"W1[1,0]": weights[1, 0], "W1[1,1]": weights[1, 1], "b1[1]": biases[1]}
        assert weights_shown(page) == {ref: pytest.approx(float(value), rel=5e-3) for ref, value in expected.items()}
        train, test = page.locator(".chart").first.locator(".reading-value").all_inner_texts()
        assert shown_number(train) == pytest.approx(float(shown.curves["train_loss"][frame]), rel=5e-3)
        assert shown_number(test) == pytest.approx(float(shown.curves["test_loss"][frame]), rel=5e-3)


def test_units_carry_the_numbers_by_which_the_answer_names_them(film: BareFilm) -> None:
    page = film.page
    assert page.locator(".unit-number").all_inner_texts() == ["1", "2", "3"]
    expect(page.locator(".weights-title")).to_have_text("weights into the output")
    page.locator("[data-ref='h1[1]']").click()
    expect(page.locator(".weights-title")).to_have_text("weights into layer 1, unit 2")


def test_the_map_is_painted_as_the_net_answers(film: BareFilm) -> None:
    """Orange is red's gain, blue is blue's: at the middle of the map they say on which side of ½ the output is."""
    shown, page = small_film(), film.page
    maps = shown.layers[-1].maps
    assert maps is not None
    page.get_by_test_id("player-last").click()
    for row, column in ((5, 5), (30, 10), (45, 50)):
        red, _, blue, _ = page.locator("canvas.map").evaluate(
            "(map, [x, y]) => [...map.getContext('2d').getImageData(x * map.width, y * map.height, 1, 1).data]",
            [(column + 0.5) / 60, (row + 0.5) / 60],
        )
        level = int(maps[-1, 0, row, column])
        if abs(level - 127) > 12:
            assert (blue > red) == (level > 127), (row, column)


def test_pointing_at_a_unit_shows_it_large_and_leaving_it_shows_the_answer(film: BareFilm) -> None:
    page = film.page
    expect(page.get_by_test_id("film-view")).to_have_text("The probability of B")
    page.locator("[data-ref='h1[2]']").hover()
    expect(page.get_by_test_id("film-view")).to_have_text("Layer 1, unit 3")
    page.get_by_test_id("player-title").hover()
    expect(page.get_by_test_id("film-view")).to_have_text("The probability of B")
    page.locator("[data-ref='h1[0]']").click()
    page.get_by_test_id("player-title").hover()
    expect(page.get_by_test_id("film-view")).to_have_text("Layer 1, unit 1")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("film-view")).to_have_text("The probability of B")


@pytest.mark.parametrize("ref", ["W2[0,1]", "b2[0]"])
def test_a_weight_is_changed_where_it_stands(film: BareFilm, ref: str) -> None:
    page = film.page
    page.get_by_test_id("player-slider").fill("4")
    page.locator(f".weights [data-ref='{ref}']").click()
    field = page.get_by_label("new value")
    field.fill("much")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("number")
    field.fill("−2.5")
    field.press("Enter")
    expect(field).to_be_hidden()
    source = 1 if ref.startswith("W") else 3
    # Frames are reported, too, where they are looked at for long enough.
    assert [sent for sent in film.sent() if not isinstance(sent, int)] == [
        [{"layer": 1, "unit": 0, "from": source}, -2.5, 4]
    ]


def test_a_wire_says_its_weight_and_can_be_changed(film: BareFilm) -> None:
    page = film.page
    one, other = (page.locator(f"[data-ref='{ref}']").bounding_box() for ref in ("h1[0]", "out[0]"))
    assert one and other
    x = (one["x"] + one["width"] + other["x"]) / 2
    y = (one["y"] + other["y"] + one["height"]) / 2
    page.mouse.move(x, y)
    expect(page.locator(".tooltip")).to_contain_text("unit 1 → output")
    page.mouse.click(x, y)
    field = page.get_by_label("new value")
    weight = small_film().shape.weights(small_film().parameters[0])[1][0, 0]
    assert float(field.input_value()) == pytest.approx(float(weight), rel=1e-5)
    field.press("Escape")
    expect(field).to_be_hidden()


def test_keys_step_and_a_clicker_too(film: BareFilm) -> None:
    page = film.page
    step = page.get_by_test_id("player-step")
    for key, text in [("ArrowRight", "1 / 6"), ("PageDown", "2 / 6"), ("PageUp", "1 / 6"), ("End", "6 / 6")]:
        page.keyboard.press(key)
        expect(step).to_have_text(text)
    page.keyboard.press("Home")
    expect(step).to_have_text("0 / 6")
    page.keyboard.press(" ")
    expect(step).to_have_text("6 / 6")
    expect(page.get_by_label("Play (space)")).to_be_visible()


def test_a_click_on_a_curve_leads_to_that_epoch(film: BareFilm) -> None:
    plot = film.page.locator(".plot").first
    box = plot.bounding_box()
    assert box
    plot.click(position={"x": box["width"] - 12, "y": box["height"] / 2})
    expect(film.page.get_by_test_id("player-step")).to_have_text("6 / 6")
    expect(film.page.locator(".tooltip")).to_contain_text("train")


def test_more_of_a_run_keeps_the_frame_and_another_run_begins_anew(film: BareFilm) -> None:
    page = film.page
    step = page.get_by_test_id("player-step")
    page.get_by_test_id("player-slider").fill("3")
    film.show(small_film(epochs=9, planned=20))
    expect(step).to_have_text("3 / 20")
    film.show(small_film(epochs=12, planned=20), follow=True)
    expect(step).to_have_text("12 / 20")
    film.show(small_film(run="another"))
    expect(step).to_have_text("0 / 6")


def test_a_run_that_goes_on_is_waited_for(film: BareFilm) -> None:
    page = film.page
    film.show(small_film(run="going on", planned=9), autoplay=True)
    expect(page.get_by_test_id("player-step")).to_have_text("6 / 9")
    expect(page.get_by_label("Pause (space)")).to_be_visible()
    film.show(small_film(run="going on", epochs=9, planned=9), autoplay=True)
    expect(page.get_by_test_id("player-step")).to_have_text("9 / 9")
    expect(page.get_by_label("Play (space)")).to_be_visible()


def test_nothing_plays_by_itself_for_those_who_want_no_motion(page: Page, tmp_path: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    BareFilm(page, tmp_path).show(small_film(), autoplay=True)
    expect(page.get_by_label("Play (space)")).to_be_visible()
    expect(page.get_by_test_id("player-step")).to_have_text("0 / 6")


@pytest.mark.parametrize("name", ["sine", "gaussians_3", "ripple", "digits"])
def test_other_data_are_shown_too(film: BareFilm, name: str) -> None:
    page = film.page
    film.show(small_film(name, run=name))
    page.get_by_test_id("player-last").click()
    expect(page.get_by_test_id("player-title")).to_have_text(re.compile("^After 6 epochs: "))
    page.locator("[data-ref='h1[0]']").hover()
    expect(page.get_by_test_id("film-view")).to_have_text("Layer 1, unit 1")


def test_a_diverged_run_says_so(film: BareFilm) -> None:
    film.show(small_film("sine", run="diverged", rate=1e30, optimiser="sgd", epochs=20))
    film.page.get_by_test_id("player-last").click()
    expect(film.page.get_by_test_id("player-title")).to_contain_text("Diverged at update")


def test_axe_finds_no_serious_fault(film: BareFilm) -> None:
    film.page.get_by_test_id("player-last").click()
    for scheme in SCHEMES:
        film.page.emulate_media(color_scheme=scheme)
        assert serious_faults(film.page) == [], scheme


def test_it_fits_a_phone(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size(PHONE)
    BareFilm(page, tmp_path).show(small_film(hidden=(8,) * 6))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_map_and_curves_are_saved(film: BareFilm) -> None:
    page = film.page
    with page.expect_download() as map_file:
        page.get_by_role("button", name="PNG").click()
    assert map_file.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as curves_file:
        page.get_by_role("button", name="SVG").click()
    drawing = curves_file.value.path().read_text(encoding="utf-8")
    assert "Gradient norm" in drawing and "var(--" not in drawing
