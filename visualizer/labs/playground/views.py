"""The lab on the page: the film, and the ways on from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import streamlit as st

from visualizer.film.component import film
from visualizer.film.film import Film
from visualizer.labs.kit.charts import Charts
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.playground import own_net
from visualizer.labs.playground.answer import answer
from visualizer.labs.playground.experiment import Recording, cost, film_on_screen, plays_by_itself, run
from visualizer.labs.playground.panels import next_seed
from visualizer.labs.playground.settings import PlaygroundSettings

NAME, FILM = "playground", "playground_film"
DrawWay = Callable[[PlaygroundSettings, Film, int], None]


def _draw(draw_way: DrawWay, settings: PlaygroundSettings, recording: Recording) -> Charts:
    """The film of the run, which stands in place of charts."""
    shown = film_on_screen(settings, recording)
    at = film(
        shown,
        key=FILM,
        editable=True,
        autoplay=plays_by_itself(shown),
        on_edit=partial(own_net.change_weight, settings, shown),
    )
    if own_net.has_changed():
        st.rerun()
    with st.container(horizontal=True, key="film-ways", vertical_alignment="center", gap="small"):
        draw_way(settings, shown, at)
        if st.button(
            "Another seed", key="play_next_seed", on_click=next_seed, args=(settings.seed,), help="Other first weights."
        ):
            st.rerun()
    return ()


def playground(draw_way: DrawWay) -> Experiment[PlaygroundSettings, Recording]:
    """The lab's one experiment. `draw_way` draws the way on from the frame that is shown, below the film."""
    return Experiment(NAME, run, cost, partial(_draw, draw_way), answer, figures_first=True)


_STYLE = f"<style>{(Path(__file__).parent / 'page.css').read_text(encoding='utf-8')}</style>"


@contextmanager
def film_page(question: str) -> Iterator[None]:
    """The question, and below it a place for the film and what follows from it."""
    st.html(_STYLE)
    with st.container(key="film-page", gap=None):
        st.subheader(question, anchor=False)
        yield
