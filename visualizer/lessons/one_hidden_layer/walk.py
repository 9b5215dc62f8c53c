"""Settings and numbers -> the trace that is walked through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

import torch
from torch import Tensor

from visualizer.engine import Trace, trace_network
from visualizer.engine.walks.network.gradient_check import GradientCheck, check_gradients
from visualizer.engine.walks.network.net import checked_net
from visualizer.engine.walks.network.values import network_arrays
from visualizer.lessons.one_hidden_layer.numbers import Numbers
from visualizer.lessons.one_hidden_layer.presets import PRESETS
from visualizer.lessons.one_hidden_layer.settings import SAME, SETTINGS, NetSettings
from visualizer.ui.shared_walks import shared


class _Functions(TypedDict):
    activation: str
    output_activation: str | None
    loss: str


@shared
def trace_of(settings: NetSettings, numbers: Numbers, example: int) -> Trace:
    """The walk of one iteration: through all examples, or through one, counted from 0."""
    trace = trace_network(
        *_net(settings, numbers, example),
        **_functions(settings),
        learning_rate=settings.learning_rate,
        hold_biases=settings.hold_biases,
    )
    title, summary = trace.title, trace.summary
    if settings.one_at_a_time and numbers.examples > 1:
        title = f"{title}, example {example + 1} of {numbers.examples}"
    if settings.as_preset and settings.preset != SETTINGS["preset"].default:
        summary = f"{summary} {PRESETS[settings.preset].about}"
    return replace(trace, title=title, summary=summary)


def arrays_of(settings: NetSettings, numbers: Numbers, example: int) -> Mapping[str, Tensor]:
    """The arrays of the same walk, without its steps."""
    net = checked_net(*_net(settings, numbers, example), **_functions(settings), learning_rate=settings.learning_rate)
    return network_arrays(net)


def gradients_of(settings: NetSettings, numbers: Numbers, example: int) -> GradientCheck:
    """The gradients of the same walk, three ways."""
    return check_gradients(*_net(settings, numbers, example), **_functions(settings))


def is_finite(trace: Trace) -> bool:
    """Whether an update can be applied."""
    return all(bool(torch.isfinite(array).all()) for name, array in trace.arrays.items() if _is_needed(trace, name))


def _is_needed(trace: Trace, name: str) -> bool:
    """∂ℓ/∂out of a softmax may be infinite, as softmax and logarithm cancel: no later step reads it."""
    return not (name == "grad_out" and "exps" in trace.arrays)


def overflow_message(trace: Trace, iteration: int) -> str:
    """Where a walk stops being numbers, why that is likely, and how to get back; empty where all is finite."""
    if is_finite(trace):
        return ""
    needed = (at for at, step in enumerate(trace.steps) if _is_needed(trace, step.target.name))
    at = next((at for at in needed if not bool(trace.value(trace.steps[at].target).isfinite())), None)
    if at is None:
        return ""
    step = trace.steps[at]
    value = float(trace.value(step.target))
    what = "is no longer a number (NaN)" if value != value else "overflows (infinite)"
    where = f"At step {at + 1} of {len(trace)}, {trace.symbol(step.target)} {what}, so this update cannot be applied."
    if not iteration:
        return f"{where} The numbers are too large to begin with: make weights or inputs smaller."
    return f"{where} Probably the learning rate is too high: go back an iteration, then lower it."


def _net(settings: NetSettings, numbers: Numbers, example: int) -> tuple[object, object, object, object]:
    rows = slice(example, example + 1) if settings.one_at_a_time else slice(None)
    return numbers.x[rows], numbers.y[rows], numbers.weights, numbers.biases


def _functions(settings: NetSettings) -> _Functions:
    same = settings.softmax or settings.output_activation == SAME
    return {
        "activation": settings.activation,
        "output_activation": None if same else settings.output_activation,
        "loss": settings.loss,
    }
