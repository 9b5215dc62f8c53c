"""The board of images in a Streamlit page: rankings or a map; a click on an image asks with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from visualizer.lessons.retrieval.gallery.gallery import Gallery
from visualizer.lessons.retrieval.shared import SHARED
from visualizer.once import once
from visualizer.web.bundle import component_script, style
from visualizer.web.scripts import serve

_COMPONENT = st.components.v2.component(
    "unrolled_retrieval", js=component_script("gallery"), css=style(Path(__file__).with_name("board.css"))
)


def sheet(gallery: Gallery) -> dict[str, Any]:
    """What a page gets of a gallery: the images themselves, or the file of those that come with the app."""
    return {"file": pictures_file(gallery)} if gallery.shipped else sheet_data(gallery)


def serve_pictures() -> None:
    """Have the server answer with the images of the galleries that come with the app."""
    for each in SHARED.values():
        if (gallery := each.known()) is not None:
            pictures_file(gallery)


def pictures_file(gallery: Gallery) -> str:
    """The address of a gallery's images as a file, which a browser keeps."""

    def made() -> str:
        return serve("pictures", f"export default {json.dumps(sheet_data(gallery))}", ahead=False).address

    return once(gallery, "file", made)


def sheet_data(gallery: Gallery) -> dict[str, Any]:
    """The small images and their names, as they go to the browser once for each gallery."""
    return {
        "sheet": gallery.name,
        "thumbs": [entry.thumb for entry in gallery.entries],
        "names": [entry.name for entry in gallery.entries],
    }


def board(gallery: Gallery, data: dict[str, Any], *, key: str, on_chosen: Callable[[int], None]) -> None:
    """Show what `data` ranks or places; `on_chosen` gets the place of an image of the gallery that was clicked."""

    def chosen() -> None:
        place = checked_place(st.session_state[key].chosen, gallery)
        if place is not None:
            on_chosen(place)

    _COMPONENT(key=f"{key}_sheet", data=sheet(gallery), height=1)
    _COMPONENT(key=key, data=data | {"sheet": gallery.name}, on_chosen_change=chosen)


def checked_place(report: object, gallery: Gallery) -> int | None:
    """What the browser sends is untrusted: a place in the gallery, or nothing."""
    place = report.get("place") if isinstance(report, dict) else None
    return place if type(place) is int and 0 <= place < len(gallery) else None
