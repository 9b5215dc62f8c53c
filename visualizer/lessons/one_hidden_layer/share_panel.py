"""Sharing and saving, in a popover of the toolbar: a link to this step, the numbers, the walk as one file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from visualizer.lessons.one_hidden_layer.file_panel import draw_download
from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.table import PRESET, NetSettings, table_for
from visualizer.lessons.share_panel import SHARE, draw_arrays, shared_step
from visualizer.player.export import to_html

WALK_NAME = "unrolled-walk.html"


def draw_share(lesson: Lesson, player: object, more: Callable[[], None]) -> None:
    """`player` is the player's state in the session, which says where the viewer rests; None before there is one.

    `more` draws what else can be done with the net.
    """
    panel = st.popover("Share & save", key=SHARE, on_change="rerun")
    if not panel.open:
        return
    step = shared_step(player, len(lesson.trace))
    with panel:
        st.caption("A link to this very step. It holds the settings.")
        address = (st.context.url or "").partition("?")[0]
        st.code(address + query(lesson.settings, step, lesson.start), language=None, wrap_lines=True)
        if lesson.own_numbers:
            st.caption("Numbers that you changed, and iterations, are not in the link. They travel in this file:")
        draw_download(lesson, "share_numbers")
        st.caption("The walk as one file that plays without a server: for a slide, a handout, a friend.")
        st.download_button(
            "Download the walk (HTML)",
            partial(to_html, lesson.trace, start=step),
            file_name=WALK_NAME,
            mime="text/html",
            key="download_walk",
            on_click="ignore",
        )
        draw_arrays(lesson.trace, "one-hidden-layer")
        more()


def query(settings: NetSettings, step: int, start: int) -> str:
    """The settings that are not as the preset has them, and the step if not `start`, as the end of a link."""
    table = table_for(settings.preset)
    texts = {
        name: setting.text(value)
        for name, setting in table.items()
        if (value := getattr(settings, name)) != setting.default or (name == PRESET.name and value != PRESET.default)
    }
    texts |= {"step": str(step)} if step != start else {}
    return f"?{urlencode(texts)}" if texts else ""
