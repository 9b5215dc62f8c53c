"""The view "Overview": every layer from the image to the classes, forward or backward."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from visualizer.engine.data.labelled_images import LabelledImages
from visualizer.lessons.convnet.input.pad import draw_pad
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.looking import draw_class, keep_class, place_of, target_of
from visualizer.lessons.convnet.overview.payload import gradients_text, net_text, values_text
from visualizer.lessons.convnet.place import Place, checked_place
from visualizer.lessons.convnet.settings import AT, BACKWARD, TARGET, VIEW, WALK
from visualizer.text.numbers import percent
from visualizer.ui.address import STEP
from visualizer.web.bundle import component_script, style

_PAD_WIDTH = 176
_STYLE = (
    "<style>.st-key-page { max-width: 112rem; }"
    "@media (max-width: 900px) { .st-key-convnet-row { flex-direction: column; }"
    ".st-key-convnet-row > * { width: 100% !important; } }</style>"
)
"""Large screens have room for larger maps; on narrow ones the pad stands above them."""


def draw_overview(lesson: Lesson, data: LabelledImages) -> None:
    """The question, the way back, the pad and the figure."""
    st.html(_STYLE)
    target = _draw_head(lesson)
    with st.container(key="convnet-row", horizontal=True, gap="medium", wrap=False):
        with st.container(width=_PAD_WIDTH, key="convnet-input"):
            draw_pad(lesson, data)
            st.caption("Or upload your own: “Image”, at the top.")
        with st.container(width="stretch", key="convnet-figure"):
            overview(
                lesson,
                key="convnet_overview",
                place=place_of(lesson),
                target=target,
                on_place=_take_place,
                on_walk=_take_walk,
            )
    st.caption(_about(lesson))


def _draw_head(lesson: Lesson) -> int | None:
    """What the net says, and whether the figure shows the way back; returns the target class then."""
    question, way, class_ = st.columns([6, 2, 3], vertical_alignment="center", gap="small")
    with question:
        st.subheader(_answer(lesson), anchor=False)
    with way:
        backward = BACKWARD.draw()
    if not backward:
        keep_class(TARGET, lesson)
        return None
    with class_:
        own = f"{lesson.classes[target_of(lesson, 0)]}, {_why(lesson)}"
        return target_of(lesson, draw_class(TARGET, lesson, own, "Loss −ln p of"))


def _why(lesson: Lesson) -> str:
    return "its label" if lesson.label is not None else "what it says"


def _answer(lesson: Lesson) -> str:
    """What the net says of the image, in words."""
    p = lesson.found["p"][0]
    best = int(p.argmax())
    said = f"The net predicts “{lesson.classes[best]}”, {percent(float(p[best]), 1, bounded=True)} sure"
    if lesson.label is None:
        return said
    right = "which is right" if best == lesson.label else f"but it is “{lesson.classes[lesson.label]}”"
    return f"{said}, {right}"


def _about(lesson: Lesson) -> str:
    net = "a net that you trained here" if lesson.trained_here else "the trained net that comes with the app"
    scale = "Blue is positive, orange negative, each layer on its own scale, which stands below it."
    return f"{lesson.input.about} Seen by {net}: {lesson.net.shape.parameters:,} weights and biases. {scale}"


def _take_place(place: Place) -> None:
    st.session_state[AT.name] = place


def _take_walk(place: Place) -> None:
    _take_place(place)
    VIEW.put(WALK)
    st.query_params.pop(STEP.name, None)  # that of the walk before


_SHOWN = {"z": "p"}
"""A class's score is told with its probability."""
_COMPONENT = st.components.v2.component(
    "unrolled_convnet_overview", js=component_script("overview"), css=style(Path(__file__).with_name("overview.css"))
)


def overview(
    lesson: Lesson,
    *,
    key: str,
    place: Place,
    target: int | None,
    on_place: Callable[[Place], None],
    on_walk: Callable[[Place], None],
) -> None:
    """Show every layer. `place` is the number looked at; `target` the class whose loss goes backward, None: forward.

    `on_place` gets the number at which the visitor comes to rest, `on_walk` the one to be walked through.
    """

    def taken(name: str, then: Callable[[Place], None]) -> Callable[[], None]:
        def take() -> None:
            if found := checked_place(getattr(st.session_state[key], name), lesson.net.shape):
                then(found)

        return take

    _COMPONENT(
        key=key,
        data=overview_data(lesson, place, target),
        on_place_change=taken("place", on_place),
        on_walk_change=taken("walk", on_walk),
    )


def overview_data(lesson: Lesson, place: Place, target: int | None) -> dict[str, Any]:
    """What the browser gets; texts that stay the same are not unpacked again there."""
    return {
        "values": values_text(lesson),
        "net": net_text(lesson.net),
        "gradients": "" if target is None else gradients_text(lesson, target),
        "classes": list(lesson.classes),
        "label": -1 if lesson.label is None else lesson.label,
        "target": -1 if target is None else target,
        "place": [_SHOWN.get(place.layer, place.layer), place.map, place.row, place.column],
    }
