"""Every page, opened a hundred times with addresses that somebody made up: it opens, and says what it did not take."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import MAIN, PATIENCE
from visualizer import frame
from visualizer.lessons.address import STEP

ADDRESSES = 100
HOSTILE = (
    *("", " ", "nan", "inf", "-inf", "1e400", "-1", "0", "99999999999999999999", "1.5", "1,5", "0x10", "１２", "−3"),
    *("true", "None", "null", "[]", "{}", "../../etc/passwd", "%00", "\x00", "\u2028", "\u202e", "a\tb", "é" * 50),
    *("<script>alert(1)</script>", "{{7*7}}", "$(id)", "'; DROP TABLE x; --", "x" * 10_000, "1" * 10_000, "🙂"),
    *("w0.0.0~1e9", "w0.0~nan", "x99.99~1", "w0.0.0~1_w0.0.0~2", "_" * 500, "~", "3~4~5", "1.2.3.4"),
)


def settings_of(page: frame.LessonPage) -> tuple[list[str], dict[str, str]]:
    """The parameters that a page knows, and their defaults as a link holds them."""
    package = page.script.removesuffix(".py")
    places = [
        f"visualizer.{kind}.{package}.{module}" for kind in ("lessons", "labs") for module in ("session", "table")
    ]
    for place in places:
        try:
            address = import_module(place).ADDRESS
        except (ModuleNotFoundError, AttributeError):
            continue
        defaults = {each.name: each.text(each.default) for each in address.table}
        return [*defaults, STEP.name, *([address.edits] if address.edits else [])], defaults
    raise LookupError(f"the page {page.title} has no ADDRESS")


def addresses(page: frame.LessonPage) -> Iterator[dict[str, Any]]:
    """Addresses with one to four hostile values, beside a few that are as they should be; the same in every run."""
    chance = random.Random(page.url_path)
    names, defaults = settings_of(page)
    for _ in range(ADDRESSES):
        chosen = chance.sample(names, min(len(names), chance.randint(1, 4)))
        query: dict[str, Any] = {name: chance.choice(HOSTILE) for name in chosen}
        if chance.random() < 0.2:
            query[chosen[0]] = [chance.choice(HOSTILE), chance.choice(HOSTILE)]  # the same parameter twice
        sound = chance.choice(names)
        yield {sound: defaults.get(sound, "0")} | query | {chance.choice(("utm", "q", "")): chance.choice(HOSTILE)}


@pytest.mark.parametrize("page", frame.PAGES, ids=lambda page: page.url_path)
def test_a_page_opens_whatever_its_address_says(page: frame.LessonPage) -> None:
    for query in addresses(page):
        app = AppTest.from_file(str(MAIN), default_timeout=PATIENCE).run()
        app.query_params.update(query)
        app.switch_page(f"../pages/{page.script}").run()
        assert app.session_state["frame_page"] == page.url_path
        assert not app.exception, query
