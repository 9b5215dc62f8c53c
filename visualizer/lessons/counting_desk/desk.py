"""What a visitor's session keeps of the desk: the stack on it, what it was before, and what is to be said."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.stacks.text import AmbiguousShape, parse_stack, stack_text
from visualizer.lessons.counting_desk.changes import Change, changed, check_length
from visualizer.lessons.counting_desk.settings import PRESET, STACK
from visualizer.ui.refusal import sentence

STAYS = "The stack stays as it was."
_DESK = "counting_desk"
_MAX_UNDONE = 50
_FIRST_LAYER = 0
State = tuple[str, Stack]
"""The preset that a stack came from, and the stack."""


@dataclass
class Desk:
    """`before` are the stacks as they were; `look` is the layer that is open, and `note` is said there.

    A new `serial` makes the table take all that over. `refusal` says why the stack's text can't be read; `readings` are
    the shapes that it may mean, each as text and in words.
    """

    preset: str
    stack: Stack
    before: list[State] = field(default_factory=list)
    look: int = _FIRST_LAYER
    note: str = ""
    serial: int = 0
    refusal: str = ""
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the stack is not the preset as it stands."""
        return self.stack != PRESETS[self.preset].stack

    def take(self, state: State, look: int) -> None:
        """Another stack, in the settings too; the one before can be brought back."""
        self.remember()
        self.show(state, look)

    def show(self, state: State, look: int) -> None:
        self.preset, self.stack = state
        st.session_state[PRESET.name] = self.preset
        st.session_state[STACK.name] = stack_text(self.stack) if self.is_changed else ""
        self.look = min(look, len(self.stack.layers) - 1)
        self.note, self.serial = "", self.serial + 1

    def remember(self) -> None:
        self.before = [*self.before[-_MAX_UNDONE:], (self.preset, self.stack)]


def open_desk() -> Desk:
    """The desk of this session, with the stack that the settings stand for.

    A text that can't be read leaves the stack before.
    """
    preset = PRESET.coerce(st.session_state.get(PRESET.name))
    text = STACK.coerce(st.session_state.get(STACK.name))
    stack, refusal = PRESETS[preset].stack, ""
    readings: tuple[tuple[str, str], ...] = ()
    if text.strip():
        try:
            stack = parse_stack(text)
        except ValueError as error:
            refusal = str(error)
            readings = (error.last, error.first) if isinstance(error, AmbiguousShape) else ()
    kept = _kept()
    if kept is None:
        kept = st.session_state[_DESK] = Desk(preset, stack)
    elif not refusal and (preset, stack) != (kept.preset, kept.stack):
        kept.remember()
        kept.preset, kept.stack = preset, stack
        kept.look = min(kept.look, len(stack.layers) - 1)
    kept.refusal, kept.readings = refusal, readings
    return kept


def close_desk() -> None:
    """Forget the desk: a link brings its own."""
    st.session_state.pop(_DESK, None)


def change(asked: Change) -> None:
    """Make a change that the table asks for, or note why it can't be made."""
    kept = _kept()
    if kept is None:
        return
    try:
        stack, look = changed(kept.stack, asked)
    except ValueError as error:
        kept.note, kept.serial = f"{sentence(str(error))} {STAYS}", kept.serial + 1
        kept.look = asked.at if isinstance(asked.at, int) else kept.look
        return
    kept.take((kept.preset, stack), look)


def put(stack: Stack) -> None:
    """Lay another stack on the desk. Raises: ValueError where it is too long for the address."""
    check_length(stack)
    if kept := _kept():
        kept.take((kept.preset, stack), _FIRST_LAYER)


def put_preset(name: str | None = None) -> None:
    """Lay a preset on the desk as it stands; the one that is chosen, where none is named."""
    if kept := _kept():
        chosen = name or PRESET.coerce(st.session_state.get(PRESET.name))
        kept.take((chosen, PRESETS[chosen].stack), _FIRST_LAYER)


def undo() -> None:
    """Back to the stack before."""
    kept = _kept()
    if kept and kept.before:
        kept.show(kept.before.pop(), kept.look)


def forget_text() -> None:
    """Take back a text that can't be read."""
    if kept := _kept():
        st.session_state[STACK.name] = stack_text(kept.stack) if kept.is_changed else ""


def read_as(shape: str) -> None:
    """Take the text's shape, its first word, for this one."""
    _, *layers = STACK.coerce(st.session_state.get(STACK.name)).split()
    st.session_state[STACK.name] = " ".join([shape, *layers])


def is_own() -> bool:
    """Whether the text of the settings replaces the preset; before a widget has read it, what the address says."""
    return bool(str(st.session_state.get(STACK.name, st.query_params.get(STACK.name, ""))).strip())


def _kept() -> Desk | None:
    kept: Desk | None = st.session_state.get(_DESK)
    return kept
