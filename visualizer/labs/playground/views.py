"""The lab on the page: the film, and the ways on from it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from visualizer.film.component import film
from visualizer.film.film import Film
from visualizer.labs.lab import Experiment
from visualizer.labs.playground import own_net
from visualizer.labs.playground.answer import answer
from visualizer.labs.playground.experiment import Recording, cost, run
from visualizer.labs.playground.films import film_on_screen, plays_by_itself
from visualizer.labs.playground.page import go_to
from visualizer.labs.playground.panels import next_seed
from visualizer.labs.playground.settings import PlaygroundSettings
from visualizer.labs.playground.walk_link import walk_of, why_not
from visualizer.lessons.one_hidden_layer.session import keep_lesson
from visualizer.lessons.one_hidden_layer.settings_panel import store

NAME, FILM = "playground", "playground_film"


def draw(settings: PlaygroundSettings, recording: Recording) -> None:
    """The film of the run."""
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
        _draw_walk(settings, shown, at)
        if st.button(
            "Another seed", key="play_next_seed", on_click=next_seed, args=(settings.seed,), help="Other first weights."
        ):
            st.rerun()


def _draw_walk(settings: PlaygroundSettings, shown: Film, at: int) -> None:
    words = why_not(settings, shown.parameters[at])
    count = f"{shown.subject.counted} {int(shown.epochs[at]):,}"
    if st.button(
        f"Open the net of {count} in the walk",
        key="playground_to_walk",
        disabled=bool(words),
        help=words or "Every number of its forward and backward pass, one at a time.",
    ):
        lesson = walk_of(settings, shown, at)
        keep_lesson(lesson)
        store(lesson.settings)
        go_to("one-hidden-layer")


PLAYGROUND = Experiment(NAME, run, cost, draw, answer, figures_first=True)
