"""Every page and view stands in the list of what the layout test measures."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tools.layout import VIEWS
from visualizer.site.catalogue import PAGES, SECTIONS, LessonPage
from visualizer.ui.settings import Choice


def _view_setting(page: LessonPage) -> Choice | None:
    """The choice between a page's views, where it has more than one."""
    folder = "labs" if page in SECTIONS["Labs"] else "lessons"
    settings = import_module(f"visualizer.{folder}.{Path(page.script).stem}.settings")
    setting: Choice | None = getattr(settings, "VIEW", None)
    return setting


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url_path)
def test_every_view_of_a_page_is_measured(page: LessonPage) -> None:
    asked = [parse_qs(urlsplit(view).query) for view in VIEWS if urlsplit(view).path == f"/{page.url_path}"]
    assert asked
    setting = _view_setting(page)
    if setting is not None:
        measured = {
            setting.parse(query[setting.name][0]) if setting.name in query else setting.default for query in asked
        }
        assert measured == set(setting.options)


def test_only_pages_are_measured_and_home_is() -> None:
    assert {urlsplit(view).path for view in VIEWS} == {"/", *(f"/{page.url_path}" for page in PAGES)}
