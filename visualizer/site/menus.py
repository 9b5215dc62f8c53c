"""Every page for Streamlit, the home page for an unknown address, and the menus in the bar: every page in that of its
section."""

from __future__ import annotations

from copy import copy
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from visualizer.site.catalogue import PAGES, SECTIONS, LessonPage, script
from visualizer.web.bundle import component_script, style


def home() -> st.Page:
    """The page that opens first. No browser asks for the address ".", so no unknown address can be that one."""
    return st.Page(script("home.py"), title="Unrolled", url_path=".", default=True)


def pages() -> list[st.Page]:
    """All pages."""
    return [copy(each) for each in _made()]


@cache
def _made() -> tuple[st.Page, ...]:
    """Streamlit looks each page up on the disk; it need not for every visitor."""
    return home(), *(each.page() for each in PAGES)


def home_for(unknown: str) -> st.Page:
    """The home page under an address that no page has."""
    return st.Page(script("home.py"), title="Unrolled", url_path=unknown, visibility="hidden")


def draw_menus(page: st.Page) -> None:
    """The menus, with `page` marked."""
    _COMPONENT(key="menus", data={"page": page.url_path}, width="content")


def _menu(name: str, pages: tuple[LessonPage, ...]) -> str:
    links = "".join(
        f'<a data-page="{page.url_path}"><strong>{escape(page.title)}</strong><small>{_slides(page)}</small></a>'
        for page in pages
    )
    return (
        f'<button aria-haspopup="true" aria-expanded="false">{name} <span class="page"></span></button>'
        f'<div class="menu" popover aria-label="{name}">{links}</div>'
    )


def _slides(page: LessonPage) -> str:
    numbers = sorted({int(slide.number) for slide in page.slides})
    listed = ", ".join(map(str, numbers))
    return f"slide {listed}" if len(numbers) == 1 else f"slides {listed}"


_COMPONENT = st.components.v2.component(
    "unrolled_menus",
    html='<nav aria-label="Pages"><a class="home" data-page="">Unrolled</a>'
    + "".join(_menu(name, pages) for name, pages in SECTIONS.items())
    + "</nav>",
    js=component_script("menus"),
    css=style(Path(__file__).with_name("menus.css")),
)
