"""Every page, opened sixty times with addresses that somebody made up: it opens, and says what it did not take."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import cycle
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from tests.pages.opening import new_visit
from visualizer.site import catalogue
from visualizer.ui.address import STEP, Address
from visualizer.ui.settings import Setting

ADDRESSES = 60
HOSTILE = (
    *("", " ", "nan", "inf", "-inf", "1e400", "-1", "0", "99999999999999999999", "1.5", "1,5", "0x10", "１２", "−3"),
    *("true", "None", "null", "[]", "{}", "../../etc/passwd", "\x00", "\u2028", "\u202e", "a\tb", "é" * 50),
    *("%00", "%2520", "%E0%A4%A", "&step=3", "a=b", "#"),
    *("<script>alert(1)</script>", "{{7*7}}", "$(id)", "'; DROP TABLE x; --", "x" * 10_000, "1" * 10_000, "🙂"),
    *("w0.0.0~1e9", "w0.0~nan", "x99.99~1", "w0.0.0~1_w0.0.0~2", "_" * 500, "~", "3~4~5", "1.2.3.4"),
)


def settings_of(page: catalogue.LessonPage) -> tuple[list[str], dict[str, str]]:
    """The parameters that a page knows, and their defaults as a link holds them."""
    folder = page.script.removesuffix(".py")
    tables: list[Iterable[Setting[Any]]] = []
    edits: list[str] = []
    for kind in ("lessons", "labs"):
        for module in modules_of(f"visualizer.{kind}.{folder}"):
            addresses = [value for value in vars(module).values() if isinstance(value, Address)]
            tables += [vars(module).get("SETTINGS", ()), *(address.table for address in addresses)]
            edits += [address.edits.parameter for address in addresses if address.edits]
    defaults = {each.name: each.text(each.default) for table in tables for each in table}
    assert defaults, f"{page.title} has no settings"
    return [*defaults, STEP.name, "numbers", *sorted(set(edits))], defaults


def modules_of(package: str) -> Iterator[ModuleType]:
    try:
        found = import_module(package)
    except ModuleNotFoundError:
        return
    yield from (import_module(f"{package}.{each.name}") for each in iter_modules(found.__path__))


def addresses(page: catalogue.LessonPage) -> Iterator[dict[str, Any]]:
    """Addresses with hostile values for one to four parameters, beside some that are as they should be.

    Every hostile value is tried at least twice. The addresses are the same in every run but that of make explore.
    """
    explores = settings.get_current_profile_name() == "explore"
    chance = random.Random(None if explores else page.url_path)
    names, defaults = settings_of(page)
    hostile = cycle(chance.sample(HOSTILE, len(HOSTILE)))
    for _ in range(ADDRESSES):
        chosen = chance.sample(names, min(len(names), chance.randint(1, 4)))
        query: dict[str, Any] = {name: next(hostile) for name in chosen}
        if chance.random() < 0.2:
            query[chosen[0]] = [next(hostile), next(hostile)]  # the same parameter twice
        sound = chance.choice(names)
        yield {sound: defaults.get(sound, "0")} | query | {chance.choice(("utm", "q", "")): next(hostile)}


@pytest.mark.hypothesis  # make explore looks at fresh ones
@pytest.mark.parametrize("page", catalogue.PAGES, ids=lambda page: page.url_path)
def test_a_page_opens_whatever_its_address_says(page: catalogue.LessonPage) -> None:
    for query in addresses(page):
        app = new_visit()
        app.query_params.update(query)
        app.switch_page(f"../../pages/{page.script}").run()
        assert app.session_state["frame_page"] == page.url_path
        assert not app.exception, query
