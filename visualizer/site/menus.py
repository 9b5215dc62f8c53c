"""The menus in the bar: the first page, and every other one in the menu of its kind."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from visualizer.site.catalogue import SECTIONS, LessonPage
from visualizer.web.bundle import component_script, style


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
    return ("slide " if len(numbers) == 1 else "slides ") + ", ".join(str(number) for number in numbers)


_COMPONENT = st.components.v2.component(
    "unrolled_menus",
    html='<nav aria-label="Pages"><a class="home" data-page="">Unrolled</a>'
    + "".join(_menu(name, pages) for name, pages in SECTIONS.items())
    + "</nav>",
    js=component_script("menus"),
    css=style(Path(__file__).with_name("menus.css")),
)
