"""An image with boxes on it that can be clicked: a component."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from visualizer.inputs.images.crop import is_count, picture_address
from visualizer.inputs.images.images import Picture
from visualizer.web.bundle import component_script, style

_COMPONENT = st.components.v2.component(
    "unrolled_spots", js=component_script("spots"), css=style(Path(__file__).with_name("spots.css"))
)
MOST_BOXES = 400


@dataclass(frozen=True)
class Box:
    """A box on the image: top, left, height and width in its pixels.

    `kind` is its look: plain, hit, alarm, known, yes, no or picked; `words` are said on hover, `tag` stands on it.
    """

    at: tuple[float, ...]
    kind: str
    words: str = ""
    tag: str = ""


def spots(
    picture: Picture, boxes: Sequence[Box], *, key: str, label: str, on_click: Callable[[int, int], None]
) -> None:
    """Show the image and at most 400 boxes, the last on top. `on_click` gets row and column of a pixel, checked."""

    def clicked() -> None:
        if at := checked_click(st.session_state[key].clicked, picture):
            on_click(*at)

    data = {
        "name": key,
        "picture": picture_address(picture),
        "width": picture.width,
        "height": picture.height,
        "label": label,
        "boxes": [vars(each) for each in boxes[-MOST_BOXES:]],
    }
    _COMPONENT(key=key, data=data, on_clicked_change=clicked)


def checked_click(report: object, picture: Picture) -> tuple[int, int] | None:
    """What the browser sends is untrusted: a row and a column of the image, or nothing."""
    if not isinstance(report, list) or len(report) != 2:
        return None
    row, column = report
    if not is_count(row) or not is_count(column) or row >= picture.height or column >= picture.width:
        return None
    return row, column
