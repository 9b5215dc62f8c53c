"""Sharing the scan: a link, what it can't carry, and the walk where there is one."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.detector_walk import Walk
from visualizer.lessons.detector.lesson import Lesson
from visualizer.lessons.detector.session import ADDRESS
from visualizer.lessons.share_panel import draw_share


def draw_sharing(lesson: Lesson, walk: Walk | None, player: object) -> None:
    """In a popover of the toolbar. Marks and the window that is looked at are in the link."""
    own = lesson.chosen.own and not lesson.choice.made
    if walk:
        draw_share(ADDRESS, {}, lambda: walk.trace, player, own_picture=own)
        return
    panel = st.popover("Share & save", key="share", on_change="rerun")
    if panel.open:
        with panel:
            st.caption("A link to this scan. It holds what can be chosen on this page, the marks too.")
            address = (st.context.url or "").partition("?")[0] + ADDRESS.link({}, 0)
            st.code(address, language=None, wrap_lines=True)
            if own:
                st.caption("Your own picture can’t travel in a link, and is kept nowhere: the link opens a sample.")
