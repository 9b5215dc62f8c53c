"""The table of layers in a real browser, without a server: what it shows, asks for, and keeps in focus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import SCHEMES, serious_faults
from visualizer import FOLDER
from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.text import parse_stack, stack_text
from visualizer.lessons.counting_desk.rows import table_rows
from visualizer.web.bundle import script, style
from visualizer.web.palette import palette_css

STACK = "1x28x28 conv8k5p2 relu max2 basic8 flatten fc10"
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>layers</title><style>{palette} body {{ margin: 0 }} {style}</style><main id="layers"></main>
<script type="module">{script}
const parentElement = document.getElementById("layers")
window.sent = []
const setTriggerValue = (_, value) => sent.push(structuredClone(value))
window.show = (data) => void bundle.default({{ data, parentElement, setTriggerValue }})
window.ready = true
</script>"""


class BareTable:
    """A page with the table alone."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.serial = page, 0
        file = folder / "layers.html"
        file.write_text(
            _PAGE.format(
                palette=palette_css(),
                style=style(FOLDER / "lessons/counting_desk/layer_table.css"),
                script=script("layer_table"),
            ),
            encoding="utf-8",
        )
        page.goto(file.as_uri())
        page.wait_for_function("window.ready")

    def show(self, text: str, look: int = 0, note: str = "", *, anew: bool = True) -> None:
        """Hand the rows of a stack over; with `anew` as after a change."""
        self.serial += anew
        rows = table_rows(count_stack(parse_stack(text)))
        self.page.evaluate("(data) => show(data)", rows | {"look": look, "serial": self.serial, "note": note})

    def sent(self) -> list[dict[str, Any]]:
        """What the table has asked for."""
        found: list[dict[str, Any]] = self.page.evaluate("sent")
        return found


@pytest.fixture
def table(page: Page, tmp_path: Path) -> BareTable:
    bare = BareTable(page, tmp_path)
    bare.show(STACK)
    return bare


def test_every_layer_has_a_row_with_its_counts(table: BareTable) -> None:
    cells = table.page.get_by_test_id("layer-1").locator("td, th").all_inner_texts()
    assert [cell.split("\n")[0] for cell in cells][2:] == ["8 × 28 × 28", "208", "156,800", "25.1 kB", "5 × 5"]
    expect(table.page.locator("[data-testid^=layer-]")).to_have_count(1 + 1 + 6)
    expect(table.page.locator("tfoot")).to_contain_text("17,082")


def test_a_click_opens_a_layers_formulas_and_another_closes_them(table: BareTable) -> None:
    page = table.page
    expect(page.locator(".formulas")).to_contain_text("5 · 5 · 1 · 8 + 8 = 208")
    page.get_by_test_id("layer-6").click()
    expect(page.locator(".formulas")).to_have_count(1)
    expect(page.locator(".formulas")).to_contain_text("1,568 · 10 + 10 = 15,690")
    page.get_by_test_id("layer-6").click()
    expect(page.locator(".formulas")).to_have_count(0)
    assert table.sent() == []


def test_a_block_shows_its_steps(table: BareTable) -> None:
    table.page.get_by_test_id("layer-4").click()
    expect(table.page.locator(".parts tr")).to_have_count(1 + 7)
    expect(table.page.locator(".parts")).to_contain_text("plus the input")


def test_what_is_changed_is_asked_for(table: BareTable) -> None:
    page = table.page
    page.get_by_label("kernel").fill("3x5")
    page.get_by_label("kernel").press("Enter")
    page.get_by_label("bias").uncheck()
    page.get_by_role("button", name="Move down").click()
    page.get_by_role("button", name="Remove").click()
    page.get_by_label("Add a layer below").select_option(label="dropout")
    asked = [(each["action"], each["at"], each["field"], each["text"]) for each in table.sent()]
    assert asked == [
        ("set", 0, "kernel", "3x5"),
        ("set", 0, "bias", "0"),
        ("down", 0, None, None),
        ("remove", 0, None, None),
        ("add", 0, None, "dropout"),
    ]


def test_a_refused_change_is_said_and_the_field_has_its_number_again(table: BareTable) -> None:
    field = table.page.get_by_label("kernel")
    field.fill("abc")
    field.press("Enter")
    table.show(STACK, note="Kernel must be a whole number.")
    expect(table.page.get_by_role("alert")).to_have_text("Kernel must be a whole number.")
    expect(field).to_have_value("5")
    expect(field).to_be_focused()


def test_an_impossible_layer_says_why_and_the_rest_stays(table: BareTable) -> None:
    table.show("1x28x28 conv8k5 max2 conv8k30 relu fc10")
    fault = table.page.locator("tr.fault")
    expect(fault).to_contain_text("A kernel of 30 rows and columns covers 30, but the input has 12")
    expect(table.page.locator("tr.uncounted")).to_have_count(3)
    expect(table.page.get_by_test_id("layer-5")).to_contain_text("fully connected")
    expect(table.page.locator("tfoot")).to_contain_text("total, up to the fault")


def test_what_python_looks_at_opens_but_a_mere_rerun_leaves_what_is_open(table: BareTable) -> None:
    page = table.page
    table.show(STACK, look=5)
    expect(page.get_by_test_id("layer-6").get_by_role("button")).to_have_attribute("aria-expanded", "true")
    page.get_by_test_id("layer-2").click()
    table.show(STACK, look=5, anew=False)
    expect(page.get_by_test_id("layer-2").get_by_role("button")).to_have_attribute("aria-expanded", "true")


def test_the_arrows_go_from_layer_to_layer(table: BareTable) -> None:
    page = table.page
    page.get_by_test_id("layer-1").get_by_role("button").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("layer-2").get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("layer-2").get_by_role("button")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("layer-1").get_by_role("button")).to_be_focused()


def test_what_opens_far_down_comes_into_view(table: BareTable) -> None:
    table.show(stack_text(PRESETS["vgg16"].stack))
    table.show(stack_text(PRESETS["vgg16"].stack), look=33)
    expect(table.page.get_by_test_id("layer-34")).to_be_in_viewport(ratio=1)
    expect(table.page.locator(".formulas")).to_be_in_viewport(ratio=1)


def test_names_are_shown_as_they_are(table: BareTable) -> None:
    table.show(STACK, note="<img src=x onerror=alert(1)>")
    expect(table.page.get_by_role("alert")).to_have_text("<img src=x onerror=alert(1)>")


@pytest.mark.parametrize("width", [390, 1366])
def test_it_is_accessible_and_as_wide_as_the_page(page: Page, tmp_path: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    table = BareTable(page, tmp_path)
    table.show("1x28x28 conv8k5p2 basic8 max2 conv8k30 relu", look=1, note="Said.")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert serious_faults(page) == [], scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= width
