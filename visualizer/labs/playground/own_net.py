"""The net that a visitor starts from instead of a drawn one: with a weight set by hand, or took over from the lesson.

It is kept in the session, for the settings it was made under: another shape, or other first weights, put it away.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from visualizer.engine.training.update.parameters import Shape
from visualizer.film.component import Edit
from visualizer.film.film import Film
from visualizer.labs.playground.settings import PlaygroundSettings
from visualizer.text.words import counted
from visualizer.ui import frame

_OWN, _CHANGED = "playground_own", "playground_changed"
_Under = tuple[object, ...]


@dataclass(frozen=True)
class OwnNet:
    """Parameters to start from, where they are from, in words, and what was the start before."""

    parameters: tuple[float, ...]
    words: str
    under: _Under
    before: OwnNet | None = None


def own_parameters(drawn: PlaygroundSettings) -> tuple[float, ...] | None:
    """The parameters to start from instead of those that `drawn` gives; None where there are none for it.

    To be asked in runs of the whole page, which then follows every change.
    """
    st.session_state.pop(_CHANGED, None)
    own: OwnNet | None = st.session_state.get(_OWN)
    if own is None or own.under != _under(drawn):
        forget()
        return None
    return own.parameters


def start_from(settings: PlaygroundSettings, parameters: Tensor, words: str) -> None:
    """Start from these parameters (P,) from now on, as long as the net is of this shape."""
    before: OwnNet | None = st.session_state.get(_OWN)
    under = _under(settings)
    kept = before if before and before.under == under else None
    numbers = tuple(parameters.double().tolist())
    if kept is None or kept.parameters != numbers:
        st.session_state[_OWN] = OwnNet(numbers, words, under, kept)


def change_weight(settings: PlaygroundSettings, shown: Film, edit: Edit) -> None:
    """Set one weight of the net on screen, and start from there."""
    parameters = shown.parameters[edit.frame].clone()
    if not bool(parameters.isfinite().all()):
        return
    place = shown.shape.matrices(parameters)[edit.layer][edit.unit]
    place[-1 if edit.below is None else edit.below] = edit.value
    count = int(shown.epochs[edit.frame])
    when = f"after {counted(count, shown.subject.counted)}" if count else "before training"
    start_from(settings, parameters, f"This run starts from the net {when} with {_named(shown, edit)} set by hand.")
    st.session_state[_CHANGED] = True


def has_changed() -> bool:
    """Whether the start is another than the page was drawn with: in a run of the film alone, the page is to follow."""
    return _CHANGED in st.session_state


def undo() -> None:
    """Back to the start before."""
    # Streamlit may run the film alone, with this click in it, where the film reports its frame at the same moment.
    st.session_state[_CHANGED] = True
    own: OwnNet | None = st.session_state.get(_OWN)
    if own and own.before:
        st.session_state[_OWN] = own.before
    else:
        forget()


def forget() -> None:
    """Back to drawn weights."""
    st.session_state.pop(_OWN, None)


def draw_note() -> None:
    """Where the start is from, with the way back."""
    own: OwnNet | None = st.session_state.get(_OWN)
    if own:
        frame.say(own.words, "own-net", action=("Back", undo))


def _under(settings: PlaygroundSettings) -> _Under:
    return settings.shape.sizes, settings.init, settings.scale, settings.seed


def _named(shown: Film, edit: Edit) -> str:
    """A weight in words."""
    shape: Shape = shown.shape
    last = edit.layer == shape.depth - 1
    output = "the output" if shape.sizes[-1] == 1 else f"output {edit.unit + 1}"
    unit = output if last else f"unit {edit.unit + 1} of layer {edit.layer + 1}"
    if edit.below is None:
        return f"the bias of {unit}"
    below = shown.subject.inputs[edit.below] if edit.layer == 0 else f"unit {edit.below + 1}"
    return f"the weight from {below} to {unit}"
