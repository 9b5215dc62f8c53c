"""From the playground to the lesson "One hidden layer" and back: the same net, number by number."""

from __future__ import annotations

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.training.update.losses import LossName
from visualizer.film.film import Film
from visualizer.labs.playground.settings import PlaygroundSettings
from visualizer.lessons.one_hidden_layer.numbers import Numbers
from visualizer.lessons.one_hidden_layer.panels.settings import store
from visualizer.lessons.one_hidden_layer.saved import LARGEST
from visualizer.lessons.one_hidden_layer.settings import (
    MAX_EXAMPLES,
    MAX_INPUTS,
    MAX_OUTPUTS,
    ONE,
    SETTINGS,
    NetSettings,
    settings_of,
)
from visualizer.lessons.one_hidden_layer.state import NetLesson
from visualizer.site import catalogue
from visualizer.text.words import counted

_OUTPUTS: dict[LossName, str] = {"squared": "identity", "logistic": "sigmoid", "softmax": "same"}
_TRAINED = "The playground's net after {time}, with the first {count} of its {examples:,} examples."
_UNTRAINED = "The playground's net before training, with the first {count} of its {examples:,} examples."
_SQUARED = "The lesson has no logistic loss for one output, so it uses ½ (y − out)², with y = 0 or 1."
_DIGITS = 6
"""Significant digits that a number keeps: more than the walk shows."""


def draw_walk(settings: PlaygroundSettings, shown: Film, at: int) -> None:
    """A button that opens the net of a frame in the walk, disabled with the reason where that is impossible."""
    words = why_not(settings, shown.parameters[at])
    count = f"{shown.subject.counted} {int(shown.epochs[at]):,}"
    if st.button(
        f"Open the net of {count} in the walk",
        key="playground_to_walk",
        disabled=bool(words),
        help=words or "Every number of its forward and backward pass, one at a time.",
    ):
        lesson = walk_of(settings, shown, at)
        lesson.stay_open()
        store(lesson.settings)
        go_to("one-hidden-layer")


def why_not(settings: PlaygroundSettings, parameters: Tensor) -> str:
    """Why a net can't be walked through; empty where it can."""
    hidden, data = len(settings.hidden), settings.data
    if hidden != 1:
        return f"The walk shows nets with one hidden layer; this net has {hidden}."
    if data.inputs > MAX_INPUTS:
        return f"The walk shows at most {MAX_INPUTS} inputs; this net has {data.inputs}."
    if data.outputs > MAX_OUTPUTS:
        return f"The walk shows at most {MAX_OUTPUTS} outputs; this net has {data.outputs}."
    if not bool((parameters.abs() <= LARGEST).all()):
        return "The walk shows weights of at most 1,000,000 in size; some of this net's are larger."
    return ""


def walk_of(settings: PlaygroundSettings, shown: Film, frame: int) -> NetLesson:
    """The lesson with the net of a frame, and the first examples that it learns from, one at a time.

    Raises: ValueError where `why_not` says why.
    """
    parameters = shown.parameters[frame]
    if words := why_not(settings, parameters):
        raise ValueError(words)
    count = min(MAX_EXAMPLES, len(settings.data.train_x))
    lesson = NetLesson(_net_settings(settings, count))
    lesson.load(lesson.settings, _numbers(settings, parameters, count))
    lesson.message = _message(settings, shown, frame, count)
    return lesson


def _net_settings(settings: PlaygroundSettings, count: int) -> NetSettings:
    loss = settings.chosen.loss
    return settings_of(
        {
            "inputs": settings.data.inputs,
            "hidden": settings.hidden[0],
            "outputs": settings.data.outputs,
            "activation": settings.activation,
            "output_activation": _OUTPUTS[loss],
            "loss": "cross_entropy" if loss == "softmax" else "squared",
            "bias": True,
            "examples": count,
            "batch": ONE,
            "learning_rate": SETTINGS["learning_rate"].coerce(settings.rate),
        }
    )


def _numbers(settings: PlaygroundSettings, parameters: Tensor, count: int) -> Numbers:
    shape, data = settings.shape, settings.data
    y = data.train_y[:count]
    first, second = shape.weights(parameters)
    below, above = shape.biases(parameters)
    return Numbers(
        x=_short(data.train_x[:count]),
        y=_short((y + 1) / 2 if settings.chosen.loss == "logistic" else y),
        weights=(_short(first), _short(second)),
        biases=(_short(below), _short(above)),
    )


def _short(numbers: Tensor) -> Tensor:
    """Rounded to `_DIGITS`: the last digits of float32 are noise."""
    texts = [float(f"{value:.{_DIGITS}g}") for value in numbers.double().flatten().tolist()]
    return torch.tensor(texts, dtype=torch.float64).reshape(numbers.shape)


def _message(settings: PlaygroundSettings, shown: Film, frame: int, count: int) -> str:
    passed = int(shown.epochs[frame])
    time = counted(passed, shown.subject.counted)
    text = (_TRAINED if passed else _UNTRAINED).format(time=time, count=count, examples=len(settings.data.train_x))
    return f"{text} {_SQUARED}" if settings.chosen.loss == "logistic" else text


def why_not_back(lesson: NetLesson) -> str:
    """Why the lesson's net can't be trained in the playground; empty where it can."""
    if trainable(lesson.settings) is None:
        return (
            "The playground trains nets whose output is the identity, a sigmoid or a softmax, with 1 or 2 inputs and 1 "
            "output, or 3 outputs for three classes."
        )
    if lesson.numbers.largest > LARGEST:
        return "Some values exceed 1,000,000. Go back an iteration first."
    return ""


def trainable(net: NetSettings) -> str | None:
    """The name of a data set on which a net of the lesson can go on learning; None where there is none."""
    output = net.activation if net.output_activation == "same" else net.output_activation
    if net.softmax:
        return "gaussians_3" if (net.inputs, net.outputs) == (2, 3) else None
    if net.outputs != 1 or net.inputs > 2:
        return None
    if output == "sigmoid":
        return "circles" if net.inputs == 2 else None
    if output != "identity":
        return None
    return "sine" if net.inputs == 1 else "ripple"


def go_to(address: str) -> None:
    """Switch to the page with this address; its settings are already in the session."""
    page = next(page.page() for page in catalogue.PAGES if page.url_path == address)
    # Without a mapping, Streamlit refuses to leave a page whose settings are in the address.
    st.switch_page(page, query_params={})
