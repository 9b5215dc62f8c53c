"""The home page as one text: what the app is, where to start, and every page with its image."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import streamlit as st

from visualizer.site.catalogue import PAGES, SECTIONS, LessonPage
from visualizer.web.bundle import component_script, style


@dataclass(frozen=True)
class PageLink:
    """A link into a page with its text; `number` is the slide's, where it leads to one."""

    text: str
    page: str
    settings: Mapping[str, str]
    number: str = ""

    @property
    def target(self) -> str:
        """The page and its settings, as the end of an address."""
        return f"{self.page}?{urlencode(self.settings, quote_via=quote)}" if self.settings else self.page


SLIDES = tuple(
    sorted(
        (PageLink(slide.teaches, page.url_path, slide.link, slide.number) for page in PAGES for slide in page.slides),
        key=lambda link: int(link.number),
    )
)
"""In the lecture's order."""

QUESTIONS = (
    PageLink("Where does a gradient come from?", "one-hidden-layer", {"preset": "training", "step": "26"}),
    PageLink("How is one output pixel of a convolution computed?", "convolution", {}),
    PageLink("Why does an LSTM remember what an RNN forgets?", "recurrent", {"cell": "lstm"}),
    PageLink("What do the units of a ConvNet look for?", "convnet", {"convnet_view": "units"}),
    PageLink("What does each unit learn, and when?", "playground", {}),
    PageLink("How large should the learning rate be?", "learning-rate", {}),
    PageLink("Does a deeper net help?", "architecture", {"arch_view": "deeper"}),
    PageLink("Which kind of regularisation helps most?", "regularisation", {}),
)
MATERIAL = {
    "an image": (
        PageLink("filter it", "convolution", {}),
        PageLink("describe it", "image-features", {}),
        PageLink("scan it", "detector", {}),
        PageLink("find images like it", "retrieval", {}),
        PageLink("classify it", "convnet", {}),
    ),
    "a text or a sequence": (PageLink("let an RNN or an LSTM read it", "recurrent", {}),),
    "a net": (
        PageLink("count its parameters", "counting-desk", {}),
        PageLink("walk through its weights", "one-hidden-layer", {}),
    ),
    "a table": (PageLink("learn from it", "playground", {}), PageLink("compare nets on it", "architecture", {})),
    "an exercise": (
        PageLink("back-propagation", "one-hidden-layer", {"preset": "textbook"}),
        PageLink("convolution", "convolution", {}),
        PageLink("pooling", "pooling", {}),
        PageLink("LSTM", "recurrent", {"cell": "lstm"}),
    ),
}


def draw_home() -> None:
    _COMPONENT(key="home", data={})


def _link(link: PageLink) -> str:
    number = f"<b>{link.number}</b>" if link.number else ""
    return f'<a data-page="{escape(link.target)}">{number}<span>{escape(link.text)}</span></a>'


def _list(links: Iterable[PageLink]) -> str:
    return "".join(f"<li>{_link(link)}</li>" for link in links)


def _card(page: LessonPage) -> str:
    return (
        f'<a class="card" data-page="{page.url_path}">{page.image()}<strong>{escape(page.title)}</strong>'
        f"<span>{escape(page.about)}</span></a>"
    )


def _html() -> str:
    material = "".join(f"<dt>{name}</dt><dd>{' '.join(map(_link, links))}</dd>" for name, links in MATERIAL.items())
    cards = "".join(
        f"<h2>{name}</h2><div class='cards'>{''.join(map(_card, pages))}</div>" for name, pages in SECTIONS.items()
    )
    return (
        "<main><header><h1>Unrolled</h1><p>Neural nets, computed one number at a time, forward and backward: every "
        "step shows its formula, the numbers in it, and where each of them comes from. Change any number, and the rest "
        "follows.</p></header>"
        f"<div class='begin'><section><h2>Start from a slide</h2><ul class='slides'>{_list(SLIDES)}</ul>"
        "<p class='source'>The slides of <em>Deep Learning &amp; Neural Networks</em> (CSE 446, S. Kakade, 2016).</p>"
        f"</section><div><section><h2>… from a question</h2><ul>{_list(QUESTIONS)}</ul></section>"
        f"<section><h2>… or from what you have</h2><dl>{material}</dl></section></div></div>{cards}</main>"
    )


_COMPONENT = st.components.v2.component(
    "unrolled_home",
    html=_html(),
    js=component_script("home"),
    css=style(Path(__file__).with_name("home.css")),
)
