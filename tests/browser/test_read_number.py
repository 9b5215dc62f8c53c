"""One number, read in the browser: as Python reads it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.inputs.test_numbers import CASES
from visualizer.web.bundle import READER, joined_script


def test_a_number_is_read_in_the_browser_as_in_python(page: Page) -> None:
    page.add_script_tag(content=joined_script(READER))
    found = page.evaluate("(cases) => cases.map(({ text, limit }) => readNumber(text, limit))", CASES)

    wanted = [{name: case[name] for name in ("value", "fault") if name in case} for case in CASES]
    assert found == wanted
