"""An image painted by hand: a small grid of grey levels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import streamlit as st
from PIL import Image

from visualizer.inputs.images.images import Picture
from visualizer.web.bundle import component_script, style

MIN, MAX, DEFAULT = 8, 28, 12
NAME = "Painted"
_COMPONENT = st.components.v2.component(
    "unrolled_paint",
    js=component_script("paint"),
    css=style(Path(__file__).with_name("paint.css")),
)
_MAX_SERIAL = 1_000_000_000


def paint(key: str) -> Picture:
    """Let the visitor paint on size × size pixels, and return the image; black where nobody painted."""
    size = st.number_input("Rows and columns", MIN, MAX, DEFAULT, key=f"{key}_size", width=200, persist_state="session")
    picture = _kept(f"{key}_picture", size)

    def painted() -> None:
        if found := checked_report(st.session_state[key].painted, size):
            pixels, st.session_state[f"{key}_serial"] = found
            st.session_state[f"{key}_picture"] = picture_of(pixels)

    _COMPONENT(
        key=key,
        data={
            "size": size,
            "pixels": picture.pixels[..., 0].ravel().tolist(),
            "serial": st.session_state.get(f"{key}_serial", 0),
        },
        on_painted_change=painted,
    )
    return picture


def picture_of(grey: np.ndarray) -> Picture:
    """An image of grey levels (height, width), uint8."""
    pixels = np.repeat(grey[..., None], 3, axis=2)
    pixels.flags.writeable = False
    return Picture(NAME, pixels)


def checked_report(report: object, size: int) -> tuple[np.ndarray, int] | None:
    """What the browser sends is untrusted: size × size levels from 0 to 255 and a serial number, or nothing."""
    if not isinstance(report, dict):
        return None
    levels, serial = report.get("pixels"), report.get("serial")
    if type(serial) is not int or not 0 <= serial <= _MAX_SERIAL:
        return None
    if not isinstance(levels, list) or len(levels) != size * size:
        return None
    if not all(type(level) is int and 0 <= level <= 255 for level in levels):
        return None
    return np.array(levels, np.uint8).reshape(size, size), serial


def _kept(name: str, size: int) -> Picture:
    """The painting so far, brought to another size as it stands."""
    picture: Picture = st.session_state.get(name) or picture_of(np.zeros((size, size), np.uint8))
    if picture.height != size:
        grey = Image.fromarray(picture.pixels[..., 0]).resize((size, size), Image.Resampling.NEAREST)
        picture = picture_of(np.asarray(grey))
    st.session_state[name] = picture
    return picture
