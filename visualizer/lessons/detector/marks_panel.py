"""Marking patches on the image: yes, no, undo."""

from __future__ import annotations

import streamlit as st

from visualizer.inputs.images.images import Picture
from visualizer.lessons.detector.boxes import mark_boxes, spots
from visualizer.lessons.detector.kept import MARKED, MAX_MARKS, Mark, fits
from visualizer.lessons.detector.marks import what_is_missing
from visualizer.ui.settings import Choice

_KIND = Choice(
    "det_mark_kind", "A click marks", "", {"yes": "yes, the thing", "no": "no, something else"}, default="yes"
)
_FULL = "detector_marks_full"


def marks_on(picture: Picture, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks that lie on the image. Those of another image are kept, and are there again with it."""
    name = (picture.name, picture.pixels.shape)
    before = st.session_state.get("detector_marked")
    kept = st.session_state.setdefault("detector_marks_of", {})
    if before not in (None, name):
        marks = kept.get(name, ())
    st.session_state["detector_marked"] = name
    here = tuple(mark for mark in marks if mark.row < picture.height and mark.column < picture.width)
    kept[name] = here
    return here


def draw_marks(picture: Picture, marks: tuple[Mark, ...], side: int) -> None:
    """The image to click on, with the marks so far."""
    left, right = st.columns(2, gap="medium")
    with right:
        st.segmented_control(
            _KIND.label,
            list(_KIND.options),
            default="yes",
            format_func=_KIND.options.__getitem__,
            required=True,
            key=_KIND.name,
        )
        _draw_buttons(marks)
        if missing := what_is_missing(marks):
            st.warning(missing)

    def mark(row: int, column: int) -> None:
        # As things are when the click arrives: it may come together with a change of what clicks mark.
        before = MARKED.coerce(st.session_state.get(MARKED.name))
        more = (*before, Mark(row, column, st.session_state.get(_KIND.name) != "no"))
        st.session_state[_FULL] = not fits(more)
        if fits(more):
            st.session_state[MARKED.name] = more

    with left:
        label = "Your image: click to mark a patch."
        spots(picture, mark_boxes(marks, side), key="detector_marks", label=label, on_click=mark)


def _draw_buttons(marks: tuple[Mark, ...]) -> None:
    def keep(some: tuple[Mark, ...]) -> None:
        st.session_state[MARKED.name] = some
        st.session_state[_FULL] = False

    yes = sum(mark.yes for mark in marks)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Undo", key="marks_undo", disabled=not marks, on_click=keep, args=(marks[:-1],))
        st.button("Clear all", key="marks_clear", disabled=not marks, on_click=keep, args=((),))
        st.text(f"{yes} marked yes, {len(marks) - yes} no; at most {MAX_MARKS} of each.")
    if st.session_state.get(_FULL):
        st.warning(f"{MAX_MARKS} patches of a kind are marked, and no more can be. Undo some to mark others.")
