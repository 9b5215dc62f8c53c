"""Sharing and saving a walk over a picture, in a popover of the toolbar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from visualizer.engine import Trace
from visualizer.lessons.address import Address, resting_step
from visualizer.lessons.edits import MOST_LINKED, Edits
from visualizer.player.arrays_file import arrays_csv, arrays_json
from visualizer.player.export import to_html

SHARE, _SHARED = "share", "share_step"


def draw_share(address: Address, edits: Edits, walk: Callable[[], Trace], player: object, *, own_picture: bool) -> None:
    """A link to this very step, what it can't carry, and the walk as one file; worked out while it is open.

    `player` is the player's state in the session, which says where the viewer rests; None before there is one.
    """
    panel = st.popover("Share & save", key=SHARE, on_change="rerun")
    if panel.open:
        with panel:
            trace = walk()
            _draw(address, edits, trace, shared_step(player, len(trace)), own_picture)


def shared_step(player: object, steps: int) -> int:
    """The step that the panel speaks of; noted down, as the viewer may come to rest only after it was opened."""
    st.session_state[_SHARED] = step = resting_step(player, steps)
    return step


def keep_share(player: str, steps: int) -> None:
    """Draw the panel again where it is open and its step isn't the one that the player, by its key, rests at now."""
    if st.session_state.get(SHARE) and resting_step(st.session_state.get(player), steps) != st.session_state[_SHARED]:
        st.rerun()


def _draw(address: Address, edits: Edits, trace: Trace, step: int, own_picture: bool) -> None:
    st.caption("A link to this very step. It holds what can be chosen on this page, and the numbers that you changed.")
    st.code((st.context.url or "").partition("?")[0] + address.link(edits, step), language=None, wrap_lines=True)
    if own_picture:
        st.caption(
            "Your own picture can't travel in a link, and is kept nowhere: the link opens with a sample. To share the "
            "walk over your picture, send the file."
        )
    if len(edits) > MOST_LINKED:
        st.caption(f"You changed {len(edits):,} numbers; a link holds at most {MOST_LINKED}. They are in the file.")
    st.caption("The walk as one file that plays without a server: for a slide, a handout, a friend.")
    st.download_button(
        "Download the walk (HTML)",
        partial(to_html, trace, start=step),
        file_name=f"unrolled-{address.lesson}.html",
        mime="text/html",
        key="download_walk",
        on_click="ignore",
    )
    draw_arrays(trace, address.lesson)


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
