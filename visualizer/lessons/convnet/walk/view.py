"""The view "Walk": the number that is looked at, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from visualizer.engine import Ref, Trace
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.looking import kept, place_of, strongest, target_of
from visualizer.lessons.convnet.place import Place, words_of
from visualizer.lessons.convnet.settings import ADDRESS, OVERVIEW, TARGET, VIEW
from visualizer.lessons.convnet.walk.walk import walk_of
from visualizer.player.player import player
from visualizer.ui import frame

PLAYER = "convnet_walk"


@dataclass(frozen=True, eq=False)
class OpenWalk:
    """The walk of a number, computed when it is first asked for. A pixel of the image has none: another stands in."""

    lesson: Lesson
    place: Place
    target: int

    @cached_property
    def _made(self) -> tuple[Trace, Ref]:
        return walk_of(self.lesson, self.place, self.target)

    @property
    def trace(self) -> Trace:
        return self._made[0]

    @property
    def step(self) -> int:
        """The step, counted from 1, that writes the number."""
        at = self.trace.step_of(self._made[1])
        return 0 if at is None else at + 1


def open_walk(lesson: Lesson) -> OpenWalk:
    """The walk of the number that is looked at; the same one as long as nothing changes."""
    place = place_of(lesson)
    if place.layer == "x":
        place = strongest(lesson)
    target = target_of(lesson, kept(TARGET))
    before: OpenWalk | None = st.session_state.get("convnet_open_walk")
    if before and (before.lesson, before.place, before.target) == (lesson, place, target):
        return before
    walk = st.session_state["convnet_open_walk"] = OpenWalk(lesson, place, target)
    return walk


def draw_walk(walk: OpenWalk, refusal: str) -> None:
    """The number's name, the way back, and the walk, opened where the number is written."""
    said = f"The walk to {words_of(walk.place, walk.lesson.classes)}. {walk.lesson.input.about}"
    words = f"{refusal} {said}" if refusal else said
    frame.say(f"{words[0].upper()}{words[1:]}", "convnet-walk", action=("Back to all layers", _go_back))
    _play(walk)


@st.fragment
def _play(walk: OpenWalk) -> None:
    """The walk with what the link got wrong."""
    with frame.walk_page():
        ADDRESS.draw_notice()
        player(walk.trace, key=PLAYER, start=walk.step)


def _go_back() -> None:
    VIEW.put(OVERVIEW)
