"""A small rectangle of an image: chosen by dragging on it or by number, kept in the address."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeGuard

import streamlit as st
from PIL import Image

from visualizer.inputs.images.crop_setting import CROP, Crop, CropSetting
from visualizer.inputs.images.images import Picture
from visualizer.once import once
from visualizer.ui import frame
from visualizer.ui.panel import is_closed
from visualizer.web.bundle import component_script, style

_COMPONENT = st.components.v2.component(
    "unrolled_crop",
    js=component_script("crop"),
    css=style(Path(__file__).with_name("crop.css")),
)
_SIDES = {
    "top": "How many rows of the image are above the crop.",
    "left": "How many columns of the image are left of the crop.",
    "height": "How many rows the crop has.",
    "width": "How many columns the crop has.",
}
_SMALL = 256 * 256
_MAX = 1_000_000_000


def crop_box(picture: Picture, *, key: str, setting: CropSetting = CROP, start: int = 8) -> Crop:
    """Let the visitor choose a rectangle of at most the setting's size, and return it.

    As long as nothing is chosen it is start × start pixels where there is most to be seen in the image, or all
    of one of up to twice that. Another image keeps its size.
    The choice is in the address by the setting's name, as top,left,height,width, so this is for runs of the whole page:
    a fragment sees an address of the past.
    """
    largest = setting.largest
    crop = _kept(picture, key, setting, start)
    _keep(crop, key, setting)

    if is_closed():
        return crop

    def dragged() -> None:
        report = st.session_state[key].chosen
        if chosen := checked_report(report, picture, largest):
            st.session_state[setting.name], st.session_state[f"{key}_serial"] = chosen

    with st.container(key=f"{key}_box"):
        _COMPONENT(
            key=key,
            data={
                "picture": picture_address(picture),
                "width": picture.width,
                "height": picture.height,
                "crop": crop.numbers,
                "largest": largest,
                "serial": st.session_state.get(f"{key}_serial", 0),
            },
            on_chosen_change=dragged,
        )
        _draw_numbers(crop, picture, key, setting)
    return crop


def checked_report(report: object, picture: Picture, largest: int) -> tuple[Crop, int] | None:
    """What the browser sends is untrusted: a rectangle within the image and a serial number, or nothing."""
    if not isinstance(report, dict):
        return None
    numbers, serial = report.get("crop"), report.get("serial")
    if not isinstance(numbers, list) or len(numbers) != 4 or not all(is_count(each) for each in numbers):
        return None
    if not is_count(serial):
        return None
    crop = Crop(*numbers)
    return (crop, serial) if crop == crop.within(picture, largest) else None


def is_count(number: object) -> TypeGuard[int]:
    """Whether a number from the browser is a whole one of a sensible size."""
    return type(number) is int and 0 <= number <= _MAX


def picture_address(picture: Picture) -> str:
    """The image as a data: address, computed once: exact where it is small, else as a JPEG of good quality."""

    def encode() -> str:
        file, small = io.BytesIO(), picture.height * picture.width <= _SMALL
        Image.fromarray(picture.pixels).save(file, "PNG" if small else "JPEG", quality=88)
        text = base64.b64encode(file.getvalue()).decode("ascii")
        return f"data:image/{'png' if small else 'jpeg'};base64,{text}"

    return once(picture, "address", encode)


def _kept(picture: Picture, key: str, setting: CropSetting, start: int) -> Crop:
    """The crop that the address or the session has, brought into the image; a first one where there is none."""
    text = st.query_params.get(setting.name)
    written, looked_at = st.session_state.get(f"{key}_written"), st.session_state.get(f"{key}_picture")
    chosen = setting.coerce(st.session_state.get(setting.name))
    st.session_state[f"{key}_picture"] = now = (picture.name, picture.pixels.shape)
    if text is not None and text != written:
        chosen = setting.read(text)
    elif text is None and written and not frame.entered():
        chosen = None  # The browser's back button led to an address without a crop.
    elif chosen and looked_at and looked_at != now:
        chosen = Crop.busiest(picture, chosen.height, chosen.width)
    st.session_state[setting.name] = chosen = chosen.within(picture, setting.largest) if chosen else None
    few = max(picture.height, picture.width) <= 2 * start
    size = (picture.height, picture.width) if few else (start, start)
    return chosen or Crop.busiest(picture, *size).within(picture, setting.largest)


def _keep(crop: Crop, key: str, setting: CropSetting) -> None:
    """Write what was chosen into the address; a crop that nobody chose is not in it."""
    text = setting.text(crop) if st.session_state[setting.name] else None
    if text and text != st.query_params.get(setting.name):
        st.query_params[setting.name] = text
    elif not text and setting.name in st.query_params:
        del st.query_params[setting.name]
    st.session_state[f"{key}_written"] = text


def _draw_numbers(crop: Crop, picture: Picture, key: str, setting: CropSetting) -> None:
    most = {
        "top": picture.height - crop.height,
        "left": picture.width - crop.width,
        "height": min(setting.largest, picture.height),
        "width": min(setting.largest, picture.width),
    }
    # New fields after each drag: a browser that has not heard of it yet tells the old numbers as if just typed.
    serial = st.session_state.get(f"{key}_serial", 0)
    fields = f"{key}_{serial}"

    def take() -> None:
        if serial == st.session_state.get(f"{key}_serial", 0):
            numbers = [st.session_state[f"{fields}_{name}"] for name in _SIDES]
            st.session_state[setting.name] = Crop(*map(int, numbers)).within(picture, setting.largest)

    with st.container(key=f"{key}_numbers", horizontal=True, gap="small"):
        for name, about in _SIDES.items():
            st.session_state[f"{fields}_{name}"] = getattr(crop, name)
            _draw_number(name, about, fields, most[name], take)


def _draw_number(name: str, about: str, fields: str, most: int, on_change: Callable[[], None]) -> None:
    least = 1 if name in ("height", "width") else 0
    fixed: dict[str, Any] = {"disabled": True} if least >= most else {}
    limits = f"{about} From {least} to {max(least, most)}."
    st.number_input(
        name, least, max(least, most), key=f"{fields}_{name}", help=limits, width=150, on_change=on_change, **fixed
    )
