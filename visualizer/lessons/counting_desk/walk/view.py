"""The walk through the net on the desk: what it is made of, in the toolbar, and the player."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from visualizer.engine.stacks.presets import SMALL
from visualizer.engine.stacks.stack import Stack
from visualizer.inputs.images.panel import Chosen, draw_picture
from visualizer.lessons.counting_desk.choice import draw_choice, unread
from visualizer.lessons.counting_desk.desk import open_desk, put_preset
from visualizer.lessons.counting_desk.walk.lesson import DeskLesson, drawn_input, outputs_of
from visualizer.lessons.counting_desk.walk.settings import FORWARD, SETTINGS, DeskWalk
from visualizer.lessons.counting_desk.walk.weights import draw_weights
from visualizer.text.words import counted
from visualizer.ui import frame
from visualizer.ui.messages import draw_messages
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import draw_share
from visualizer.unattended import note_refusal

PLAYER = "desk_walk"
_LAID = "desk_laid"
"""Whether the walk has laid another net on the desk, which the toolbar does not know yet."""
_COLOURS = {1: False, 3: True}


def draw_tools() -> DeskLesson:
    """The net, the image and the settings, each in a panel; returns the walk that they make."""
    with st.popover("Net", key="desk_net"):  # drawn in every run: the desk is what its widgets say
        kept = draw_choice()
    chosen = draw_picture(side=kept.stack.takes[-1]) if _takes_images(kept.stack) else None
    with Panel("Settings", key="desk_settings"):
        values = SETTINGS.draw("goal")
        if values["goal"] != FORWARD:
            values |= SETTINGS.draw("target")
            outputs = outputs_of(kept.stack)
            if values["target"] > outputs:
                st.caption(f"The net has {counted(outputs, 'output')}: the last one is taken.")
        values |= SETTINGS.draw("seed")
        own = draw_weights()
    walk = DeskWalk(kept.stack, SETTINGS.of(**values), own)
    lesson = DeskLesson.open(walk, _input(walk, chosen))
    start = lesson.start
    draw_share(
        lesson.address, lesson.edits, lambda: lesson.trace, start=start, own_picture=chosen is not None and chosen.own
    )
    return lesson


@st.fragment
def play(lesson: DeskLesson) -> None:
    """The walk. An edit runs this alone, without the toolbar; another net on the desk is the whole page's affair."""
    if st.session_state.pop(_LAID, False):
        st.rerun()
    with frame.walk_page():
        _draw_refusal(lesson)
        draw_messages(lesson, None)
        lesson.play(PLAYER)


def _draw_refusal(lesson: DeskLesson) -> None:
    """Why the walk is not through the net that was asked for, with a net that can be walked through."""
    kept = open_desk()
    if kept.refusal:
        note_refusal(unread(kept))
        frame.say(unread(kept), "refusal")
    elif lesson.refusal:
        note_refusal(lesson.refusal.text)
        action = ("Take a small net", _lay_small) if lesson.refusal.beside == "net" else None
        frame.say(lesson.refusal.words, "refusal", action=action)


def _lay_small() -> None:
    put_preset(SMALL)
    st.session_state[_LAID] = True


def _takes_images(stack: Stack) -> bool:
    return len(stack.takes) == 3 and stack.takes[0] in _COLOURS


def _input(walk: DeskWalk, chosen: Chosen | None) -> Tensor:
    """The crop where the net takes images, else seeded numbers."""
    if chosen is None:
        return drawn_input(walk.stack, walk.settings.seed)
    return chosen.numbers(colour=_COLOURS[walk.stack.takes[0]])[None]
