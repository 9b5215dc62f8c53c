"""Sharing and saving, the same on every page: a link to what is on screen, and the walk as one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from visualizer.engine import Trace
from visualizer.player.arrays_file import arrays_csv, arrays_json
from visualizer.player.export import to_html
from visualizer.ui.address import STEP, Address
from visualizer.ui.edits import Edits
from visualizer.web.bundle import component_script, style

OWN_PICTURE = (
    "Your own image can't travel in a link, and is kept nowhere: the link opens with a sample. After a reload, "
    "upload it again under “Image”."
)
TABLE_LOST = ("Your own table can't travel in a link, and is kept nowhere: after a reload, upload it again.",)


def draw_share(
    address: Address,
    edits: Edits,
    walk: Callable[[], Trace] | None = None,
    *,
    start: int = 0,
    own_picture: bool = False,
    lost: Sequence[str] = (),
    more: Callable[[], None] = lambda: None,
) -> None:
    """A link, what it can't carry, and the walk as a file where there is one; computed while the panel is open.

    `start` is the step at which the walk opens by itself. `lost` are sentences on what else the link can't carry, and
    `more` draws what else can be saved.
    """
    panel = st.popover("Share & save", key="share", on_change="rerun")
    if panel.open:
        with panel:
            st.caption("A link to what is on screen: the settings, the step, and the numbers that you changed.")
            link_field()
            if own_picture:
                st.caption(OWN_PICTURE)
            if edits and not any(address.kept(edits).values()):
                st.caption(f"You changed {len(edits):,} numbers: too many for a link. They are in the file.")
            for words in lost:
                st.caption(words)
            if walk:
                draw_walk_file(address.lesson, walk(), start)
            more()


def draw_walk_file(lesson: str, trace: Trace, start: int) -> None:
    """The walk as one file, which opens at the step that is in the address, else where the walk does."""
    text = st.query_params.get(STEP.name, "")
    step = int(text) if text.isdecimal() else start
    st.caption("The walk as one file that plays without a server: for a slide, a handout, a friend.")
    st.download_button(
        "Download the walk (HTML)",
        partial(to_html, trace, start=min(step, len(trace))),
        file_name=f"unrolled-{lesson}.html",
        mime="text/html",
        key="download_walk",
        on_click="ignore",
    )
    draw_arrays(trace, lesson)


def draw_arrays(trace: Trace, lesson: str) -> None:
    """Every number of the walk as a file."""
    st.caption("Every array of the walk by its name, computed ones too, with all digits.")
    with st.container(horizontal=True):
        for kind, mime, write in (("JSON", "application/json", arrays_json), ("CSV", "text/csv", arrays_csv)):
            st.download_button(
                f"Download the arrays ({kind})",
                partial(write, trace),
                file_name=f"unrolled-{lesson}-arrays.{kind.lower()}",
                mime=mime,
                key=f"download_arrays_{kind.lower()}",
                on_click="ignore",
            )


_COMPONENT = st.components.v2.component(
    "unrolled_link",
    html='<div class="link"><input readonly aria-label="Link"><button>Copy</button></div>',
    js=component_script("link_field"),
    css=style(Path(__file__).with_name("link_field.css")),
)


def link_field() -> None:
    _COMPONENT(key="link_field", data={})
