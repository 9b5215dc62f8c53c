"""The view "Which input matters": the inputs so far, coloured by how much a prediction depends on each."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

import streamlit as st
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel
from visualizer.engine.sequences.saliency import Saliency, saliency
from visualizer.engine.superscripts import scientific
from visualizer.figures.coloured_text import Mark, figure_coloured_text
from visualizer.figures.palette import MARK
from visualizer.figures.svg import digits
from visualizer.lessons.recurrent.view_settings import SALIENCY_TIME
from visualizer.text.numbers import percent
from visualizer.text.plain import shown
from visualizer.ui.layout import draw_figure
from visualizer.ui.refusal import sentence

_MAX_NAMED = 3


def draw_saliency(
    model: SequenceModel, x: Tensor, labels: Sequence[str], targets: Tensor | None = None, names: Sequence[str] = ()
) -> None:
    """The question, the text, and the answer in words.

    Shapes: x (time, inputs); labels (time,), the inputs as they are read; targets (time,), the number of the class
    that follows, below 0 where there is none; without them the most probable class is looked at. `names` (outputs,) are
    the classes as they are read.
    """
    st.subheader("Which inputs does this prediction depend on?", anchor=False)
    picture, words = st.columns([3, 1.2], gap="medium")
    with words:
        time = SALIENCY_TIME.draw(most=len(x))
    at = (time or len(x)) - 1
    target = int(targets[at]) if targets is not None and not targets.is_floating_point() else -1
    try:
        found = saliency(model, x, at, target if target >= 0 else None)
    except ValueError as error:
        picture.caption(sentence(str(error)))
        return
    with words:
        lines = (asked(found, names, given=target >= 0, classes=model.outputs > 1), answer(found, labels))
        st.html("".join(f"<p>{html.escape(line)}</p>" for line in lines))
    with picture:
        _draw_text(found, labels, len(x), classes=model.outputs > 1)


def _draw_text(found: Saliency, labels: Sequence[str], steps: int, *, classes: bool) -> None:
    at = found.time
    values = found.strength.tolist() + [0.0] * (steps - at - 1)
    title = f"The inputs, coloured by how much the prediction at step {at + 1} depends on each"
    marks = [Mark(at, at + 1, MARK)]
    draw_figure(figure_coloured_text(labels, values, title=title, marks=marks), title, width="stretch", wide="text")
    st.caption(
        f"The colour of an input is the length of {'∂ log p' if classes else '∂z'} / ∂x_t: how fast the prediction "
        "would change with a small change of that input. The violet bar is the step of the prediction."
    )


def asked(found: Saliency, names: Sequence[str], *, given: bool, classes: bool) -> str:
    """What prediction it is about, as plain text."""
    if not classes:
        return f"At step {found.time + 1} the output is {digits(found.log_p, 4)}."
    name = f"“{shown(names[found.predicted])}”" if found.predicted < len(names) else f"class {found.predicted}"
    p = scientific(math.exp(found.log_p))
    if given:
        return f"At step {found.time + 1} the net gives {name}, the true next symbol, p = {p}."
    return f"At step {found.time + 1} the most probable output is {name}, p = {p}."


def answer(found: Saliency, labels: Sequence[str]) -> str:
    """The inputs that matter most and how far back half of it all lies, as plain text."""
    strength = found.strength.tolist()
    total = sum(strength)
    if not total or not math.isfinite(total):
        return "Nothing that was read so far changes this prediction."
    largest = sorted(range(len(strength)), key=lambda t: -strength[t])[:_MAX_NAMED]
    parts = [f"“{shown(labels[t])}” at t = {t + 1} ({percent(strength[t] / total, 0)} of all)" for t in largest]
    held, back = 0.0, 0
    while held < total / 2 and back < len(strength):
        back += 1
        held += strength[-back]
    half = "The last input alone accounts" if back == 1 else f"The last {back} of {len(strength)} inputs account"
    return f"It depends most on {', then '.join(parts)}. {half} for half of it."
