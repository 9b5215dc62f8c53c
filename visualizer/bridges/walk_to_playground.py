"""From the lesson "One hidden layer" to the playground: its net goes on to learn there."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from visualizer.bridges.playground_to_walk import go_to, trainable, why_not_back
from visualizer.engine.training.update.parameters import flatten
from visualizer.labs.kit.data_settings import DataChoice, drawn_data
from visualizer.labs.playground.experiment import last_shown
from visualizer.labs.playground.own_net import start_from
from visualizer.labs.playground.panels import store
from visualizer.labs.playground.settings import DATA, PlaygroundSettings, settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson


def draw_back(lesson: NetLesson) -> None:
    """A button that opens the net in the playground, or the reason why that is impossible."""
    if words := why_not_back(lesson):
        st.caption(words)
    elif st.button("Train this net in the playground", key="walk_to_playground"):
        _go(lesson)


def _go(lesson: NetLesson) -> None:
    shown = last_shown()
    settings = settings_for(lesson, shown.settings if shown else None)
    numbers = lesson.numbers
    zeros = tuple(weights.new_zeros(len(weights)) for weights in numbers.weights)
    start_from(
        settings,
        flatten(numbers.weights, numbers.biases or zeros),
        f"This run starts from the net of the lesson “One hidden layer” at iteration {lesson.history.at}.",
    )
    store(settings)
    go_to("playground")


def settings_for(lesson: NetLesson, before: PlaygroundSettings | None) -> PlaygroundSettings:
    """The playground's settings for the lesson's net: the previous ones, where they fit it."""
    net, data = lesson.settings, trainable(lesson.settings)
    if data is None:
        raise ValueError(why_not_back(lesson))
    choice = DataChoice(data, *(setting.default for setting in DATA.table[1:]))
    fresh = settings_of({}, drawn_data(choice))
    fits = before is not None and _kind(before) == _kind(fresh)
    kept = before if before is not None and fits else fresh
    return replace(kept, hidden=(net.hidden,), activation=net.activation, own=None)


def _kind(settings: PlaygroundSettings) -> tuple[object, ...]:
    return settings.data.inputs, settings.data.outputs, settings.chosen.loss
