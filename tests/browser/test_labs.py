"""The labs in a real browser: a run is finished by itself, answered, kept in the address, and can be taken home."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Download, Page, expect

PATH = "/learning-rate"
QUICK = "rate_epochs=20&rate_seeds=2"


def open_answered(page: Page, server: str, query: str = QUICK) -> None:
    """Opens the lab, and waits for the answer of its run."""
    page.goto(f"{server}{PATH}?{query}")
    expect(page.get_by_text("Answer.", exact=True)).to_be_visible()


def saved(page: Page, button: str) -> Download:
    with page.expect_download() as download:
        page.locator(".st-key-chart-rate_final").get_by_role("button", name=button).first.click()
    return download.value


def test_the_run_ends_with_an_answer_and_settings_are_in_the_address(page: Page, server: str) -> None:
    open_answered(page, server)
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    expect(page.get_by_text("seeds 0 to 1")).to_be_visible()
    field = page.get_by_role("spinbutton", name="First seed")
    field.fill("7")
    field.press("Enter")
    expect(page.get_by_text("seeds 7 to 8")).to_be_visible()
    expect(page).to_have_url(re.compile(r"rate_seed=7"))
    page.reload()
    expect(page.get_by_text("seeds 7 to 8")).to_be_visible()


def test_a_figure_is_saved_as_png_svg_and_csv(page: Page, server: str, tmp_path: Path) -> None:
    open_answered(page, server)
    assert saved(page, "Download plot").suggested_filename == "unrolled-rate_final.png"
    page.locator(".st-key-chart-rate_final").get_by_role("button", name="Save").click()
    page.get_by_role("radio", name="SVG").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Download plot", exact=True)).to_be_visible()
    drawing = saved(page, "Download plot")
    drawing.save_as(tmp_path / "figure.svg")
    assert "too small" in (tmp_path / "figure.svg").read_text(encoding="utf-8")
    page.locator(".st-key-chart-rate_final").get_by_role("button", name="Save").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the data as CSV").click()
    table = download.value
    table.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("learning rate,net,training loss") and len(lines) == 1 + 24 * 2


def test_a_long_run_is_cancelled_while_the_page_stays_usable(page: Page, server: str) -> None:
    page.goto(f"{server}{PATH}?rate_view=Optimisers&rate_epochs=1000&rate_seeds=8")
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled at")).to_be_visible()
    expect(page.get_by_text("Answer so far.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.get_by_text("Rates", exact=True).click()
    expect(page.get_by_text("How large should the learning rate be?")).to_be_visible()
