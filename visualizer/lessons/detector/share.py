"""Sharing the scan: a link, what it can't carry, and the walk where there is one."""

from __future__ import annotations

from visualizer.engine.walks.detector import Walk
from visualizer.lessons.detector.lesson import Lesson
from visualizer.lessons.detector.settings import ADDRESS
from visualizer.ui.share_panel import draw_share


def draw_sharing(lesson: Lesson, walk: Walk | None) -> None:
    """In a popover of the toolbar. Marks and the window that is looked at are in the link."""
    own = lesson.chosen.own and not lesson.choice.made
    trace, start = ((lambda: walk.trace), walk.start) if walk else (None, 0)
    draw_share(ADDRESS, {}, trace, start=start, own_picture=own)
