"""The lesson on RNN and LSTM in a real browser: numbers, sums, panes, folding, editing, links."""

from __future__ import annotations

import random
import re
from pathlib import Path
from unicodedata import normalize

import pytest
import torch
from playwright.sync_api import Page, expect

from tests.browser.bare_player import BarePlayer
from tests.browser.conftest import OpenWalk
from tests.browser.reading import set_in_type, shown_number, shown_numbers
from tests.browser.shown_sums import fault
from tools.browser import PHONE, open_lesson, read_step, wait_until_drawn
from visualizer.engine import Ref, Trace
from visualizer.engine.sequences.weights import save_model
from visualizer.lessons.recurrent.settings import SETTINGS
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.weights.hand_set import random_model

PATH = "/recurrent"


def trace_of(**values: object) -> Trace:
    lesson = RecurrentLesson(SETTINGS.of(values))
    assert lesson.refusal is None
    return lesson.trace


def random_lesson(seed: int) -> Trace:
    choose = random.Random(seed)
    numbers = ", ".join(f"{choose.uniform(-2, 2):.2f}" for _ in range(choose.randint(2, 13)))
    text = "ab" + "".join(choose.choice("abcdefgh"[: choose.randint(1, 8)]) for _ in range(choose.randint(0, 10)))
    return trace_of(
        cell=choose.choice(["rnn", "lstm"]),
        sequence_of=choose.choice(["characters", "numbers"]),
        text=text,
        series=numbers,
        units=choose.randint(1, 4),
        weight_scale=choose.choice([0.1, 1.0, 3.0]),
        recurrent_seed=seed,
        readout=choose.choice(["every", "last", "none"]),
        truncate=choose.choice(["0", "0", "2"]),
    )


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_every_step_of_the_default_adds_up(bare_player: BarePlayer, cell: str) -> None:
    trace = trace_of(cell=cell)
    shown = bare_player.read(trace, list(range(1, len(trace) + 1)))
    assert [fault(lines) for lines in shown] == [None] * len(trace)


def test_random_settings_add_up(bare_player: BarePlayer) -> None:
    found = []
    for seed in range(16):
        trace = random_lesson(seed)
        steps = sorted(random.Random(seed).sample(range(1, len(trace) + 1), min(len(trace), 25)))
        found += [f"seed {seed}, {wrong}" for wrong in bare_player.faults(trace, steps)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("cell", ["RNN", "LSTM"])
def test_the_figure_shows_the_numbers_of_the_trace(open_walk: OpenWalk, cell: str) -> None:
    trace = trace_of(cell=cell.lower())
    page = open_walk(trace)
    slider = page.get_by_test_id("player-slider")
    for step in sorted(random.Random(cell).sample(range(1, len(trace) + 1), 15)):
        slider.evaluate("(slider, step) => { slider.value = step; slider.oninput() }", step)
        expect(page.get_by_test_id("player-step")).to_have_text(f"{step} / {len(trace)}")
        expect(page.get_by_test_id("player-title")).to_have_text(set_in_type(trace.steps[step - 1].title))
        for ref, text in shown_numbers(page).items():
            name, _, index = ref.partition("[")
            at = tuple(int(part) for part in index.rstrip("]").split(",")) if index else ()
            value = float(trace.value(Ref(name, at)))
            assert shown_number(
                re.sub(r"^(a|∂a|∂ᵒᵘᵗ|tanh|z|y|q|m|S|lse|×) ", "", text).replace("−.", "−0.")
            ) == pytest.approx(value, rel=6e-3, abs=6e-3)


@pytest.mark.parametrize(("cell", "state"), [("RNN", "grad_h"), ("LSTM", "grad_c")])
def test_it_opens_at_the_gradient_of_a_state_that_comes_from_later(
    page: Page, server: str, cell: str, state: str
) -> None:
    page.goto(f"{server}{PATH}?cell={cell}")
    trace = trace_of(cell=cell.lower())
    expect(page.get_by_test_id("player-step")).to_have_text(f"{step_of(trace, state, 2, 0)} / {len(trace)}")
    expect(page.locator(f'.number[data-ref="{state}[2,0]"]')).to_have_class(re.compile("writes"))
    expect(page.locator(".lane.back.reads")).to_have_count(1)


def test_the_start_shows_a_formula_for_each_gate(page: Page, server: str) -> None:
    open_lesson(page, server, {"step": 0}, PATH)
    lines = page.get_by_test_id("formula-symbols").locator(".line")
    expect(lines).to_have_count(6)
    assert [re.sub(r"\s", "", normalize("NFKC", line))[:2] for line in lines.all_inner_texts()] == [
        "ft",
        "it",
        "gt",
        "ot",
        "ct",
        "ht",
    ]
    expect(page.get_by_text("as superscripts of w, u, b and a they name the gate")).to_be_visible()


def test_a_click_on_a_state_leads_to_the_step_that_wrote_it(open_walk: OpenWalk) -> None:
    trace = trace_of()
    page = open_walk(trace, 100)
    page.locator('.number[data-ref="c[0,1]"]').first.click()
    step = trace.step_of(Ref("c", (0, 1)))
    assert step is not None
    expect(page.get_by_test_id("player-step")).to_have_text(f"{step + 1} / {len(trace)}")


def step_of(trace: Trace, name: str, *index: int) -> int:
    at = trace.step_of(Ref(name, index))
    assert at is not None
    return at + 1


def test_the_gradient_goes_back_along_the_cell_line(open_walk: OpenWalk) -> None:
    page = open_walk(trace_of(), step_of(trace_of(), "grad_c", 1, 0))
    lit = page.locator(".lane.reads")
    expect(lit).to_have_count(1)
    expect(lit).to_have_css("marker-start", 'url("#arrow")')
    page.keyboard.press("End")
    expect(lit).to_have_count(0)


def test_a_gates_weights_stand_beside_its_numbers_and_can_be_changed_there(page: Page, server: str) -> None:
    trace = trace_of()
    open_lesson(page, server, {"step": step_of(trace, "a", 1, 2)}, PATH)
    page.get_by_role("button", name="t = 2: show this cell in full").click()
    factor = page.locator('.factor[data-ref="weight_hh[2,1]"]')
    expect(factor).to_have_text(f"× {float(trace['weight_hh'][2, 1]):.3g}".replace("-", "−"))
    factor.click()
    page.get_by_label("new value").fill("0.75")
    page.keyboard.press("Enter")
    expect(factor).to_have_text("× 0.75")
    page.keyboard.press("Home")
    expect(page.locator(".factor[data-ref]")).to_have_count(0)


def test_a_column_opens_its_cell_in_full_and_keeps_it_open_while_time_goes_on(open_walk: OpenWalk) -> None:
    trace = trace_of()
    page = open_walk(trace, step_of(trace, "h", 1, 1))
    expect(page.locator('.number[data-ref="c[0,0]"]')).to_be_visible()
    page.get_by_role("button", name="t = 1: show this cell in full").click()
    expect(page.get_by_role("button", name="Cell in full")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("time step 1 of 4")).to_be_visible()
    page.get_by_test_id("player-slider").fill(str(step_of(trace, "h", 2, 0)))
    expect(page.get_by_text("time step 3 of 4")).to_be_visible()
    expect(page.get_by_role("button", name="Cell in full")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [1366, 390])
def test_the_column_of_the_opening_step_is_in_view_and_again_after_another_pane(
    page: Page, server: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server}{PATH}?text=abbabaabbaba")
    column = page.locator(".column.now .column-head")
    expect(column).to_have_text("t = 10")
    expect(column).to_be_in_viewport(ratio=1)
    page.locator(".frames").get_by_text("Weights").click()
    expect(column).to_be_hidden()
    page.get_by_role("button", name="Unrolled", exact=True).click()
    expect(column).to_be_in_viewport(ratio=1)


def test_time_is_folded_and_unrolled(open_walk: OpenWalk) -> None:
    page = open_walk(trace_of(), 60)
    expect(page.locator(".column")).to_have_count(4)
    page.get_by_test_id("player-fold").click()
    expect(page.locator(".column").first).to_be_hidden()
    expect(page.locator(".loop")).to_have_count(2)
    for loop, state in (("c passes", "c"), ("h passes", "h")):
        end = (
            page.locator(".loop", has_text=loop)
            .locator("path")
            .evaluate(
                "(path) => { const { x, y } = path.getPointAtLength(path.getTotalLength())"
                ".matrixTransform(path.getScreenCTM()); return { x, y } }"
            )
        )
        before = page.locator(f'.number[data-ref^="{state}[1,"]').first.bounding_box()
        assert before
        assert end["x"] < before["x"] and abs(end["y"] - before["y"]) < 60, "it leads to the state before"
    page.get_by_test_id("player-fold").click()
    expect(page.locator(".column").first).to_be_visible()
    expect(page.locator(".loop").first).to_be_hidden()


def test_the_weights_are_a_click_away_and_a_changed_one_changes_the_walk(page: Page, server: str) -> None:
    open_lesson(page, server, {"step": 20}, PATH)
    page.locator(".frames").get_by_text("Weights").click()
    weight = page.locator('.number[data-ref="weight_hh[3,1]"]')
    expect(weight).to_be_visible()
    weight.click()
    page.get_by_label("new value").fill("1.25")
    page.keyboard.press("Enter")
    expect(weight).to_have_text("1.25")
    expect(page.get_by_text("1 number is as you set it.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(weight).not_to_have_text("1.25")


def test_the_cell_is_switched_in_place(page: Page, server: str) -> None:
    lstm, rnn = trace_of(), trace_of(cell="rnn")
    open_lesson(page, server, {"step": step_of(lstm, "grad_h", 2, 0)}, PATH)
    page.get_by_text("RNN", exact=True).click()
    expect(page.get_by_test_id("player-step")).to_contain_text(f"/ {len(rnn)}")
    assert len(rnn) < len(lstm)
    chapter = next(each for each in rnn.chapters if each.title == "← t = 3")
    assert chapter.start < read_step(page)[0] <= chapter.stop, "it stays in the same part of the walk"


def test_a_typed_text_gives_a_new_walk(page: Page, server: str) -> None:
    open_lesson(page, server, {"step": 0}, PATH)
    page.get_by_role("button", name="Settings").click()
    field = page.get_by_label("Text", exact=True)
    field.fill("hello")
    field.press("Enter")
    expect(page.get_by_test_id("player-step")).to_have_text(f"0 / {len(trace_of(text='hello'))}")
    field.fill("x")
    field.press("Enter")
    expect(page.get_by_text("A sequence has at least 2 characters").first).to_be_visible()
    expect(page.get_by_test_id("player-step")).to_have_text(f"0 / {len(trace_of(text='hello'))}")


def test_a_link_opens_at_its_step_on_a_fresh_server(fresh_server: str, page: Page) -> None:
    open_lesson(page, fresh_server, {"text": "hello", "units": 3, "step": 77}, PATH)
    trace = trace_of(text="hello", units=3)
    expect(page.get_by_test_id("player-step")).to_have_text(f"77 / {len(trace)}")
    expect(page.get_by_test_id("player-title")).to_have_text(set_in_type(trace.steps[76].title))


def test_a_cell_of_a_large_net_opens_in_the_walk(page: Page, server: str) -> None:
    settings = {"recurrent_view": "Maps", "units": 16, "text": "abcabcabdabcabcabd", "map_time": 15, "map_unit": 3}
    page.goto(f"{server}{PATH}?" + "&".join(f"{name}={value}" for name, value in settings.items()))
    page.get_by_role("button", name="Open this cell in the walk").click()
    expect(page.get_by_test_id("player-title")).to_have_text("What does the cell remember after t = 12?")


def test_a_phone_shows_it_without_scrolling_sideways(page: Page, server: str) -> None:
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    open_lesson(page, server, {"step": 40}, PATH)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_own_weights_are_taken_and_a_bad_file_is_answered_in_words(page: Page, server: str, tmp_path: Path) -> None:
    model = random_model("rnn", 2, 2, 3, 1.0, 7)
    good = save_model(model, "mine", tmp_path)
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"\x80\x04 no tensors")
    open_lesson(page, server, {"recurrent_weights": "own", "step": 0}, PATH)
    page.get_by_role("button", name="Settings").click()
    field = page.locator("input[type=file]")
    field.set_input_files(bad)
    expect(page.get_by_text("The weights before stay.")).to_be_visible()
    field.set_input_files(good)
    expect(page.get_by_text("RNN (tanh): 2 inputs, 3 units, 2 outputs")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("player-last").click()
    page.get_by_role("button", name="Unrolled", exact=True).click()
    expect(page.locator('.number[data-ref="h[3,2]"]')).to_be_visible()
    page.locator(".frames").get_by_text("Weights").click()
    expect(page.locator('.number[data-ref="weight_hh[0,0]"]')).to_have_text("−0.410")


def test_a_net_is_trained_and_walked_through(page: Page, server: str) -> None:
    page.goto(f"{server}{PATH}?recurrent_view=Train&train_iterations=50&train_length=3")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Done: LSTM with 4 units, iteration 50")).to_be_visible()
    page.get_by_role("button", name="Walk with these weights").click()
    expect(page.get_by_role("button", name="t = 8: show this cell in full")).to_be_visible()


def paste(page: Page, label: str, text: str) -> None:
    """Into the first field of a table of numbers."""
    field = page.get_by_label(re.compile(f"^{re.escape(label)}.*, row 1, "), exact=False).first
    field.evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/plain", text)
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        text,
    )


def test_a_homework_is_pasted_agrees_with_torch_and_is_there_after_a_reload(page: Page, server: str) -> None:
    """Vectors, all weights of an LSTM of another size, the initial states, and gradients from outside."""
    torch.manual_seed(3)
    lstm = torch.nn.LSTM(2, 3).double()
    with torch.no_grad():
        for weight in lstm.parameters():
            weight.copy_(weight.mul(100).round() / 100)
    x = torch.tensor([[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5], [1.0, 0.0]], dtype=torch.float64, requires_grad=True)
    h0 = torch.tensor([[0.1, -0.2, 0.3]], dtype=torch.float64, requires_grad=True)
    c0 = torch.tensor([[-0.4, 0.5, 0.6]], dtype=torch.float64, requires_grad=True)
    grad_h = torch.tensor([[1, 0, -1], [0.5, 0.5, 0], [0, 2, 0], [1, -1, 1]], dtype=torch.float64)
    grad_c = torch.tensor([[0.25, -0.5, 1.0]], dtype=torch.float64)
    out, (_, c) = lstm(x, (h0, c0))
    ((out * grad_h).sum() + (c * grad_c).sum()).backward()
    assert x.grad is not None and h0.grad is not None and c0.grad is not None
    open_lesson(page, server, {"sequence_of": "vectors", "readout": "none"}, PATH)
    page.get_by_role("button", name="Numbers").click()
    paste(page, "x: inputs", str(x.tolist()))
    expect(page.get_by_label(re.compile("^x: inputs.*, row 4, x2$"))).to_have_value("0")
    weights = page.get_by_role("textbox", name="Paste all weights at once")
    weights.fill(str({name: value.tolist() for name, value in lstm.state_dict().items()}))
    weights.press("Control+Enter")
    expect(page.get_by_text("Taken as the weights of 3 units and 2 inputs.")).to_be_visible()
    for label, table in (("h₀", h0), ("c₀", c0), ("∂ℓ/∂h", grad_h), ("∂ℓ/∂c", grad_c)):
        paste(page, label, str(table.tolist()))
        fields = page.get_by_label(re.compile(f"^{label}.*, unit [1-3]$"))
        for field, value in zip(fields.all(), table.flatten().tolist(), strict=True):
            expect(field).to_have_value(f"{value:g}".replace("-", "−"))
    page.keyboard.press("Escape")
    wait_until_drawn(page)
    wanted = {"h[3,2]": out[3, 2], "c[3,0]": c[0, 0], "grad_x[0,1]": x.grad[0, 1], "grad_h0[0]": h0.grad[0, 0]}
    wanted |= {"grad_c0[1]": c0.grad[0, 1], "h0[2]": h0[0, 2]}
    slider = page.get_by_test_id("player-slider")
    expect(page.locator(".column")).to_have_count(4)
    slider.evaluate("(slider) => { slider.value = slider.max; slider.oninput() }")
    for again in (False, True):
        if again:
            page.reload()
            expect(page.get_by_text("numbers are as you set them.")).to_be_visible()
        page.get_by_role("button", name="Unrolled", exact=True).click()
        for ref, value in wanted.items():
            number = page.locator(f'.number[data-ref="{ref}"]:visible').first
            expect(number).not_to_have_text("")
            text = number.text_content() or ""
            assert shown_number(text.removeprefix("∂ ")) == pytest.approx(value.item(), rel=6e-3, abs=6e-3), ref
