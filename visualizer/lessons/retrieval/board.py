"""The board of pictures in a Streamlit page: rankings or a map; a click on a picture asks with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from visualizer.lessons.retrieval.gallery import Gallery
from visualizer.player.assets import joined_script, joined_style

_HERE = Path(__file__).parent
_ELEMENT = _HERE.parents[1] / "film" / "element.js"
SCRIPT = joined_script(_ELEMENT, _HERE / "board.js")
STYLE = joined_style(_HERE / "board.css")
_COMPONENT = st.components.v2.component("unrolled_retrieval", js=SCRIPT, css=STYLE)


def sheet_data(gallery: Gallery) -> dict[str, Any]:
    """The small pictures and their names, as they go to the browser once for each gallery."""
    return {
        "sheet": gallery.name,
        "thumbs": [entry.thumb for entry in gallery.entries],
        "names": [entry.name for entry in gallery.entries],
    }


def board(gallery: Gallery, data: dict[str, Any], *, key: str, on_chosen: Callable[[int], None]) -> None:
    """Show what `data` ranks or places; `on_chosen` gets the place of a picture of the gallery that was clicked."""

    def chosen() -> None:
        place = checked_place(st.session_state[key].chosen, gallery)
        if place is not None:
            on_chosen(place)

    _COMPONENT(key=f"{key}_sheet", data=sheet_data(gallery), height=1)
    _COMPONENT(key=key, data=data | {"sheet": gallery.name}, on_chosen_change=chosen)


def checked_place(report: object, gallery: Gallery) -> int | None:
    """What the browser sends is untrusted: a place in the gallery, or nothing."""
    place = report.get("place") if isinstance(report, dict) else None
    return place if type(place) is int and 0 <= place < len(gallery) else None
