"""The overview in a Streamlit page: a component that holds all numbers, so that looking at one needs no server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from visualizer.lessons.convnet.lesson import Lesson
from visualizer.lessons.convnet.overview.payload import gradients_text, net_text, values_text
from visualizer.lessons.convnet.place import Place, checked_place
from visualizer.web.bundle import component_script, style

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
