"""The table of numbers in a real browser, without a server: keys, pastes, and what is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import SCHEMES, serious_faults
from visualizer import FOLDER
from visualizer.web.bundle import script, style
from visualizer.web.palette import palette_css

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>numbers</title><style>{palette} body {{ margin: 0 }} {style}</style><main id="numbers"></main>
<script type="module">{script}
const parentElement = document.getElementById("numbers")
window.sent = []
const setTriggerValue = (_, value) => sent.push(structuredClone(value))
window.show = (data) => void bundle.default({{ data, parentElement, setTriggerValue }})
window.ready = true
</script>"""
DATA = {
    "label": "weights",
    "values": [[0.5, -2, 1 / 3], [1e-7, 0, 12345.678]],
    "rows": ["h¹", "h²"],
    "columns": ["from x₁", "from x₂", "bias"],
    "limit": 1e6,
    "least": [2, 3],
    "most": [2, 3],
    "done": 0,
    "fault": "",
}


class BareTable:
    """A page with the table alone."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        file = folder / "numbers.html"
        file.write_text(
            _PAGE.format(
                palette=palette_css(),
                style=style(FOLDER / "inputs/arrays/number_table.css"),
                script=script("number_table"),
            ),
            encoding="utf-8",
        )
        page.goto(file.as_uri())
        page.wait_for_function("window.ready")

    def show(self, **changes: object) -> None:
        self.page.evaluate("(data) => show(data)", DATA | changes)

    def cell(self, row: int, column: int) -> Locator:
        return self.page.locator("tbody tr").nth(row).locator("input").nth(column)

    def texts(self) -> list[str]:
        found: list[str] = self.page.locator("input").evaluate_all("(fields) => fields.map((field) => field.value)")
        return found

    def asked(self) -> list[tuple[int, int, object]]:
        """The numbers that were asked for last, with their places."""
        sent: list[list[dict[str, Any]]] = self.page.evaluate("sent")
        return (
            [(each["row"], each["column"], each.get("typed", each.get("pasted"))) for each in sent[-1]] if sent else []
        )

    def paste(self, cell: Locator, text: str) -> None:
        cell.focus()
        cell.evaluate(
            """(field, text) => {
              const carried = new DataTransfer()
              carried.setData("text/plain", text)
              const options = { clipboardData: carried, bubbles: true, cancelable: true }
              field.dispatchEvent(new ClipboardEvent("paste", options))
            }""",
            text,
        )


@pytest.fixture
def table(page: Page, tmp_path: Path) -> BareTable:
    bare = BareTable(page, tmp_path)
    bare.show()
    return bare


def test_numbers_are_short_until_one_goes_there(table: BareTable) -> None:
    assert table.texts() == ["0.5", "−2", "0.333333", "1e−7", "0", "12345.7"]
    table.cell(1, 2).focus()
    expect(table.cell(1, 2)).to_have_value("12345.678")
    table.page.keyboard.press("Shift+Tab")
    expect(table.cell(1, 2)).to_have_value("12345.7")
    assert table.asked() == []


def test_typing_counts_from_the_first_key_and_enter_tab_and_arrows_go_on(table: BareTable) -> None:
    keys = table.page.keyboard
    table.cell(0, 0).click()
    keys.type("0,25")
    keys.press("Tab")
    keys.type("1e-2")
    keys.press("Enter")
    keys.type("1/4")
    keys.press("ArrowDown")
    expect(table.cell(1, 2)).to_be_focused()
    keys.press("ArrowLeft")
    keys.type("−3")
    table.page.mouse.click(5, 400)
    assert table.asked() == [(0, 0, 0.25), (0, 1, 0.01), (0, 2, 0.25), (1, 1, -3)]
    assert table.texts() == ["0.25", "0.01", "0.25", "1e−7", "−3", "12345.7"]


def test_what_python_has_is_not_asked_for_again(table: BareTable) -> None:
    keys = table.page.keyboard
    table.cell(0, 0).click()
    keys.type("7")
    keys.press("Tab")
    keys.type("8")  # still typing while the first arrives
    table.show(values=[[7, -2, 1 / 3], [1e-7, 0, 12345.678]], done=1)
    expect(table.cell(0, 1)).to_have_value("8")
    keys.press("Tab")
    assert table.asked() == [(0, 1, 8)]


def test_what_cannot_be_read_is_red_and_said_and_the_number_before_counts(table: BareTable) -> None:
    keys = table.page.keyboard
    table.cell(0, 0).click()
    keys.type("abc")
    keys.press("Tab")
    expect(table.page.get_by_role("alert")).to_contain_text("“abc” is not a number.")
    expect(table.page.get_by_role("alert")).to_contain_text("Until then 0.5 counts.")
    expect(table.cell(0, 0)).to_have_attribute("aria-invalid", "true")
    expect(table.cell(0, 0)).to_have_value("abc")
    table.cell(0, 0).focus()
    keys.press("Escape")
    expect(table.cell(0, 0)).to_have_value("0.5")
    expect(table.page.get_by_role("alert")).to_be_empty()
    assert table.asked() == []


def test_escape_takes_back_and_the_arrows_move_within_what_is_typed(table: BareTable) -> None:
    keys = table.page.keyboard
    table.cell(0, 1).click()
    keys.type("15")
    keys.press("ArrowLeft")
    keys.type("2")
    expect(table.cell(0, 1)).to_have_value("125")
    keys.press("Escape")
    expect(table.cell(0, 1)).to_have_value("−2")
    keys.press("Enter")
    assert table.asked() == []


def test_a_matrix_is_pasted_whole_and_a_single_number_into_its_cell(table: BareTable) -> None:
    table.paste(table.cell(1, 0), "1\t2\n3\t4")
    assert table.asked() == [(1, 0, "1\t2\n3\t4")]
    table.show(fault="It is 2 × 2.", done=1)
    expect(table.page.get_by_role("alert")).to_have_text("It is 2 × 2.")
    table.cell(0, 0).fill("9")
    table.cell(0, 0).press("Enter")
    expect(table.page.get_by_role("alert")).to_be_empty()


def test_rows_and_columns_are_added_within_the_limits(table: BareTable) -> None:
    table.show(least=[2, 3], most=[3, 3])
    page = table.page
    expect(page.get_by_role("button")).to_have_count(2)
    expect(page.get_by_role("button", name="fewer rows")).to_be_disabled()
    page.get_by_role("button", name="more rows").click()
    assert table.asked() == [(3, 3, None)]


def test_the_cells_are_named(table: BareTable) -> None:
    expect(table.page.get_by_label("weights, h², from x₁")).to_have_value("1e−7")
    table.show(rows=[], columns=[])
    expect(table.page.get_by_label("weights, row 2, column 1")).to_have_value("1e−7")


def test_it_is_accessible_and_never_wider_than_the_page(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    table = BareTable(page, tmp_path)
    table.show(least=[1, 1], most=[5, 5])
    table.cell(0, 0).fill("abc")
    table.cell(0, 0).press("Tab")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert serious_faults(page) == [], scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
