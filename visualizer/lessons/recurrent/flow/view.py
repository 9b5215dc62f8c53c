"""The view "Gradient flow": how much of the gradient of the last loss an RNN and an LSTM pass back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.sequences.gradient_flow import (
    Flow,
    clipped,
    gradient_flow,
    spectral_radius,
    with_forget_bias,
    with_spectral_radius,
)
from visualizer.engine.sequences.model import SequenceModel
from visualizer.engine.superscripts import scientific
from visualizer.figures.axes import Style
from visualizer.figures.flow import FlowLine, figure_flow
from visualizer.figures.palette import GOOD, MINUS, MUTED, PLUS
from visualizer.lessons.recurrent.view_settings import FLOW_SETTINGS, FlowSettings
from visualizer.ui.layout import draw_figure
from visualizer.ui.refusal import sentence

_STEADY = 1.005
"""A factor a step that is nearer to 1 is called steady."""


def draw_flow(rnn: SequenceModel, lstm: SequenceModel, x: Tensor, labels: Sequence[str]) -> None:
    """The question, the figure with its sliders, and the answer in words.

    Shapes: x (time, inputs), the same for both; labels (time,).
    """
    st.subheader("How much of the gradient of the last loss reaches an earlier step?", anchor=False)
    figure, controls = st.columns([5, 2], gap="medium")
    with controls:
        choice = _draw_controls(rnn)
    times = [step % len(x) for step in range(round(choice.length))]
    try:
        recurrent, cell = flows(rnn, lstm, x[times], choice)
    except ValueError as error:
        figure.caption(sentence(str(error)))
        return
    with figure:
        _draw_figure(recurrent, cell, [labels[time] for time in times], choice)
    st.markdown(answer(recurrent, cell, choice))


def flows(rnn: SequenceModel, lstm: SequenceModel, x: Tensor, choice: FlowSettings) -> tuple[Flow, Flow]:
    """The flow of the RNN with the chosen radius and of the LSTM with the chosen forget-gate bias; not clipped."""
    scaled = replace(rnn, weight_hh=with_spectral_radius(rnn.weight_hh, choice.radius))
    return gradient_flow(scaled, x), gradient_flow(with_forget_bias(lstm, choice.forget_bias), x)


def clip_factor(flow: Flow, limit: float | None) -> float:
    """What clipping multiplies a net's whole gradient by; 1 where it is short enough."""
    if limit is None or not flow.weights:
        return 1.0
    return float(clipped(torch.tensor([flow.weights], dtype=torch.float64), limit)) / flow.weights


def answer(rnn: Flow, lstm: Flow, choice: FlowSettings) -> str:
    """How much arrives at t = 1 and why, computed from the numbers, in Markdown."""
    cell = lstm.c if lstm.c is not None else lstm.h
    kept = lstm.kept if lstm.kept is not None else torch.ones(len(lstm.h), 1)
    lines = [
        f"**RNN:** at t = 1 its gradient is {_share(rnn.h)} what it is at T = {len(rnn.h)}; {_pace(rnn.h)}. "
        f"Each step back multiplies by the matrix U (weight_hh), of spectral radius {choice.radius:g}, and by the "
        f"slope of tanh, at most 1.",
        f"**LSTM:** its cell's gradient is {_share(cell)} what it is at T; {_pace(cell)}. Along the "
        f"cell each step back multiplies by the forget gate: all of them together leave "
        f"{scientific(float(kept[0].mean()))} on average over the units, "
        f"{scientific(float(kept[0].max()))} in the unit that keeps most. More can come back through h and the gates.",
    ]
    if choice.limit is not None:
        lines.append(_clip_words((("RNN", rnn), ("LSTM", lstm)), choice.limit))
    return "\n\n".join(lines)


def _draw_controls(rnn: SequenceModel) -> FlowSettings:
    values = FLOW_SETTINGS.draw("radius")
    st.caption(f"The net's own value: {spectral_radius(rnn.weight_hh):.3g}.")
    values |= FLOW_SETTINGS.draw("forget_bias", "length", "clip")
    return FLOW_SETTINGS.of(**values, **FLOW_SETTINGS.draw("clip_limit", disabled=not values["clip"]))


def _draw_figure(rnn: Flow, lstm: Flow, labels: Sequence[str], choice: FlowSettings) -> None:
    factors = clip_factor(rnn, choice.limit), clip_factor(lstm, choice.limit)
    lines = [
        FlowLine("RNN ‖∂ℓ/∂h‖", (rnn.h * factors[0]).tolist(), Style(MINUS)),
        FlowLine("LSTM ‖∂ℓ/∂h‖", (lstm.h * factors[1]).tolist(), Style(PLUS)),
    ]
    if lstm.c is not None and lstm.kept is not None:
        lines.append(FlowLine("LSTM ‖∂ℓ/∂c‖", (lstm.c * factors[1]).tolist(), Style(GOOD)))
        lines.append(FlowLine("f·…·f mean", lstm.kept.mean(1).tolist(), Style(MUTED, "6 4")))
        lines.append(FlowLine("f·…·f largest", lstm.kept.max(1).values.tolist(), Style(MUTED, "2 3", 1.6)))
    title = "The size of the gradient of the last loss at every step, for an RNN and an LSTM"
    draw_figure(figure_flow(lines, labels, title=title), title, width="stretch", wide="flow")
    st.caption(
        "ℓ is the sum of h_T over √units, so both nets start from a gradient of size 1. Dashed: the forget gates of "
        "the steps t + 1 to T multiplied, as the mean over the units; dotted: in the unit where it is largest."
    )


def _share(norms: Tensor) -> str:
    """The first norm against the last."""
    first, last = float(norms[0]), float(norms[-1])
    return f"**{scientific(first / last)} times**" if last else "as little as"


def _pace(norms: Tensor) -> str:
    """By what factor it falls or grows a step, over all steps."""
    first, last, steps = float(norms[0]), float(norms[-1]), len(norms) - 1
    if not steps or not last:
        return "there is no step to compare it with"
    if not first:
        return "it falls to 0 on the way"
    factor = math.exp((math.log(last) - math.log(first)) / steps)
    if 1 / _STEADY < factor < _STEADY:
        return "it hardly changes from step to step"
    way = "falls" if factor > 1 else "grows"
    return f"backward it {way} by a factor of {max(factor, 1 / factor):.3g} a step"


def _clip_words(nets: Sequence[tuple[str, Flow]], limit: float) -> str:
    parts = []
    for name, flow in nets:
        if flow.weights > limit:
            parts.append(
                f"the {name}'s is {scientific(flow.weights)} long, so all of it is multiplied by "
                f"{scientific(clip_factor(flow, limit))}"
            )
        else:
            parts.append(f"the {name}'s is {scientific(flow.weights)} long and stays")
    return (
        f"**Clipping** at {limit:g} looks at the gradient of all weights: {'; '.join(parts)}. That tames a gradient "
        f"that explodes, but every step keeps its share: it does nothing for one that vanishes."
    )
