"""From the playground to the lesson "One hidden layer" and back: the same net, number by number."""

from __future__ import annotations

import streamlit as st
import torch
from torch import Tensor

from visualizer.bridges.switch import go_to
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

_OUTPUTS: dict[LossName, str] = {"squared": "identity", "logistic": "sigmoid", "softmax": "same"}
_DIGITS = 6
"""Significant digits that a number keeps: more than the walk shows."""


def draw_walk(settings: PlaygroundSettings, shown: Film, at: int) -> None:
    """The way into the walk with the net of a frame, or why there is none."""
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
        return f"The walk is through one hidden layer; this net has {hidden}."
    if data.inputs > MAX_INPUTS:
        return f"The walk has at most {MAX_INPUTS} inputs; here are {data.inputs}."
    if data.outputs > MAX_OUTPUTS:
        return f"The walk has at most {MAX_OUTPUTS} outputs; here are {data.outputs}."
    if not bool((parameters.abs() <= LARGEST).all()):
        return "The walk needs numbers of at most 1,000,000; some of this net's have grown past that."
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
    """In as many digits as can be read: float32's last ones are noise."""
    texts = [float(f"{value:.{_DIGITS}g}") for value in numbers.double().flatten().tolist()]
    return torch.tensor(texts, dtype=torch.float64).reshape(numbers.shape)


def _message(settings: PlaygroundSettings, shown: Film, frame: int, count: int) -> str:
    passed = int(shown.epochs[frame])
    unit = f"{shown.subject.counted}{'' if passed == 1 else 's'}"
    when = f"after {passed:,} {unit}" if passed else "before training"
    text = f"The playground's net {when}, with the first {count} of its {len(settings.data.train_x):,} examples."
    if settings.chosen.loss == "logistic":
        return f"{text} The lesson has no logistic loss for one output, so it takes ½ (y − out)², with y = 0 or 1."
    return text


def why_not_back(lesson: NetLesson) -> str:
    """Why the lesson's net can't be trained in the playground; empty where it can."""
    if trainable(lesson.settings) is None:
        return (
            "The playground trains nets whose output is the identity, a sigmoid or a softmax, with 1 or 2 inputs; with "
            "1 output, or with 3 for three classes."
        )
    if lesson.numbers.largest > LARGEST:
        return "The numbers have grown past 1,000,000. Go back an iteration first."
    return ""


def trainable(net: NetSettings) -> str | None:
    """The data set on which a net of the lesson can go on to learn, by its name; None where there is none."""
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
