"""A visitor's page with a lesson on it, and the clocks that the measurements start and stop in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from benchmarks.editing import WATCH_EDIT
from benchmarks.painted import WATCH_ACTS
from tools.browser import WINDOW, open_lesson, patient_page


@contextmanager
def visitor(browser: Browser, server: str, path: str, settings: Mapping[str, object] | None = None) -> Iterator[Page]:
    """The lesson with the settings in its address, its walk ready."""
    with browser.new_context(viewport=WINDOW) as context:
        page = patient_page(context)
        page.add_init_script(WATCH_ACTS + WATCH_EDIT)
        open_lesson(page, server, settings, path)
        yield page
