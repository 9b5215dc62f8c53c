"""Sharing and saving: the link and the walk as on every page, and the numbers as a file."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.lessons.one_hidden_layer.link import ITERATION
from visualizer.lessons.one_hidden_layer.panels.file import draw_download
from visualizer.lessons.one_hidden_layer.state import NetLesson
from visualizer.ui import share_panel

TOO_LONG = "So much was changed on the way that a link can't hold the iterations; the numbers as they are travel here:"


def draw_share(lesson: NetLesson, more: Callable[[], None]) -> None:
    """`more` draws what else can be done with the net."""
    held = lesson.history.at == 0 or bool(lesson.kept[ITERATION])

    def draw_files() -> None:
        draw_download(lesson, "share_numbers")
        more()

    share_panel.draw_share(
        lesson.address,
        lesson.history.iterations[0].changed,
        lambda: lesson.trace,
        start=lesson.start,
        lost=() if held else (TOO_LONG,),
        more=draw_files,
    )
