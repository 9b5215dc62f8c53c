"""The run of the lab, as the frame of all labs wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from visualizer.engine.training.first_updates import first_updates
from visualizer.engine.training.loop import train
from visualizer.engine.training.run import TrainingRun
from visualizer.film.film import Film, Subject, film_of
from visualizer.labs.kit.cost import Cost
from visualizer.labs.playground.settings import UPDATES, PlaygroundSettings
from visualizer.once import once
from visualizer.ui.run import Progress


@dataclass(frozen=True, eq=False)
class Recording:
    """A run so far. Of updates, `seen` (frames, batch) says which examples each was made with."""

    run: TrainingRun
    seen: Tensor | None = None


def run(settings: PlaygroundSettings) -> Iterator[Progress[Recording]]:
    """Train the net, and report at every frame."""
    start, shape, data, recipe = settings.start(), settings.shape, settings.data, settings.recipe()
    if settings.by_update:
        found = first_updates(start, shape, data, recipe, updates=UPDATES, **settings.strengths)
        yield Progress(1.0, "", Recording(found.run, found.examples))
        return
    for progress in train(start, shape, data, recipe, **settings.strengths):
        epochs = f"Epoch {progress.epoch:,} of {progress.epochs:,}"
        yield Progress(progress.epoch / progress.epochs, epochs, Recording(progress.run))


def cost(settings: PlaygroundSettings) -> Cost:
    return settings.cost()


_SHOWN, _FIRST = "playground_shown", "playground_first"
_DIGITS = (8, 8)


@dataclass(frozen=True, eq=False)
class Shown:
    """What is on screen."""

    settings: PlaygroundSettings
    recording: Recording
    film: Film


def film_on_screen(settings: PlaygroundSettings, recording: Recording) -> Film:
    """The film of a recording: visitors who see the same recording share it."""
    film = once(recording, "film", lambda: _film(settings, recording))
    st.session_state[_SHOWN] = Shown(settings, recording, film)
    return film


def last_shown() -> Shown | None:
    """What this session showed last; None before there was anything."""
    shown: Shown | None = st.session_state.get(_SHOWN)
    return shown


def plays_by_itself(shown: Film) -> bool:
    """Whether a film is played without being asked: not the first that a visitor finds on the page."""
    return bool(st.session_state.setdefault(_FIRST, shown.subject.name) != shown.subject.name)


def forget_first() -> None:
    """The next film is the first on the page."""
    st.session_state.pop(_FIRST, None)


def _film(settings: PlaygroundSettings, recording: Recording) -> Film:
    chosen = settings.chosen
    subject = Subject(
        name=f"{hash(settings):x}",
        planned=UPDATES if settings.by_update else settings.epochs,
        inputs=chosen.inputs,
        classes=chosen.classes,
        counted=settings.counted,
        picture=_DIGITS if chosen.choice.data == "digits" else None,
    )
    return film_of(recording.run, settings.shape, settings.data, chosen.loss, subject, seen=recording.seen)
