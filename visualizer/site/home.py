"""The first page as one text: what this is, where to begin, and every page with its picture."""

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
class Way:
    """A link into a page, and what it is for; `number` is the slide's, where it is one."""

    words: str
    page: str
    settings: Mapping[str, str]
    number: str = ""

    @property
    def target(self) -> str:
        """The page and its settings, as the end of an address."""
        return f"{self.page}?{urlencode(self.settings, quote_via=quote)}" if self.settings else self.page


SLIDES = tuple(
    sorted(
        (Way(slide.teaches, page.url_path, slide.link, slide.number) for page in PAGES for slide in page.slides),
        key=lambda way: int(way.number),
    )
)
"""In the lecture's order."""

QUESTIONS = (
    Way("Where does a gradient come from?", "one-hidden-layer", {"preset": "in training", "step": "26"}),
    Way("How is one output pixel of a convolution made?", "convolution", {}),
    Way("Why does an LSTM remember what an RNN forgets?", "recurrent", {"cell": "LSTM"}),
    Way("What do the units of a ConvNet look for?", "convnet", {"convnet_view": "Units"}),
    Way("What does each unit learn, and when?", "playground", {}),
    Way("How large should the learning rate be?", "learning-rate", {}),
    Way("Does a deeper net help?", "architecture", {"arch_view": "Deeper"}),
    Way("Which kind of regularisation helps most?", "regularisation", {}),
)
BROUGHT = {
    "an image": (
        Way("filter it", "convolution", {}),
        Way("describe it", "image-features", {}),
        Way("scan it", "detector", {}),
        Way("find images like it", "retrieval", {}),
        Way("classify it", "convnet", {}),
    ),
    "a text, a sequence": (Way("let an RNN or an LSTM read it", "recurrent", {}),),
    "a net": (
        Way("count its parameters", "counting-desk", {}),
        Way("walk through its weights", "one-hidden-layer", {}),
    ),
    "a table": (Way("learn from it", "playground", {}), Way("compare nets on it", "architecture", {})),
    "an exercise": (
        Way("back-propagation", "one-hidden-layer", {"preset": "textbook"}),
        Way("convolution", "convolution", {}),
        Way("pooling", "pooling", {}),
        Way("LSTM", "recurrent", {"cell": "LSTM"}),
    ),
}


def draw_home() -> None:
    _COMPONENT(key="home", data={})


def _link(way: Way) -> str:
    number = f"<b>{way.number}</b>" if way.number else ""
    return f'<a data-page="{escape(way.target)}">{number}<span>{escape(way.words)}</span></a>'


def _list(ways: Iterable[Way]) -> str:
    return "".join(f"<li>{_link(way)}</li>" for way in ways)


def _card(page: LessonPage) -> str:
    return (
        f'<a class="card" data-page="{page.url_path}">{page.image()}<strong>{escape(page.title)}</strong>'
        f"<span>{escape(page.about)}</span></a>"
    )


def _html() -> str:
    brought = "".join(f"<dt>{name}</dt><dd>{' '.join(map(_link, ways))}</dd>" for name, ways in BROUGHT.items())
    cards = "".join(
        f"<h2>{name}</h2><div class='cards'>{''.join(map(_card, pages))}</div>" for name, pages in SECTIONS.items()
    )
    return (
        "<main><header><h1>Unrolled</h1><p>Neural nets worked out one number at a time, forward and backward: every "
        "step shows its formula, the numbers in it, and where each of them comes from. Change any number, and all the "
        "rest follows.</p></header>"
        f"<div class='begin'><section><h2>Begin with a slide</h2><ul class='slides'>{_list(SLIDES)}</ul>"
        "<p class='source'>The slides of <em>Deep Learning &amp; Neural Networks</em> (CSE 446, S. Kakade, 2016).</p>"
        f"</section><div><section><h2>… with a question</h2><ul>{_list(QUESTIONS)}</ul></section>"
        f"<section><h2>… or with what you have</h2><dl>{brought}</dl></section></div></div>{cards}</main>"
    )


_COMPONENT = st.components.v2.component(
    "unrolled_home",
    html=_html(),
    js=component_script("home"),
    css=style(Path(__file__).with_name("home.css")),
)
