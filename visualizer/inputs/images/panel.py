"""Where the image comes from: a sample, a file, the camera, or painted by hand."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from visualizer.inputs.arrays.setting import OwnArray
from visualizer.inputs.images.crop import crop_box
from visualizer.inputs.images.crop_setting import CROP, Crop, CropSetting
from visualizer.inputs.images.images import MAX_BYTES, MAX_PIXELS, READABLE, Picture, read_picture
from visualizer.inputs.images.paint import paint
from visualizer.inputs.images.pictures import hundredths
from visualizer.inputs.images.samples import LABELS, SAMPLES
from visualizer.ui import frame
from visualizer.ui.brought import brought_file, forget_upload, note_picture
from visualizer.ui.panel import Panel, is_read
from visualizer.ui.settings import Choice

SOURCES = {"sample": "Sample", "upload": "Upload", "camera": "Camera", "paint": "Paint"}
SAMPLE = Choice("sample", "Sample", "An image that is there already. A link carries its name.", LABELS, default="cat")


def draw_picture_input(key: str) -> Picture:
    """Draw the ways to bring an image, and return the one to compute with.

    A file that is no image is answered in words right there, and the image before it stays. The sample's name is
    in the address, so this is drawn in every run; nothing else that one brings can be there.
    """
    source = _draw_source(f"{key}_source")
    # Drawn even where it has no part, as what is not drawn leaves the address.
    with st.container(key="put-away" if source != "sample" else None):
        name = SAMPLE.draw()
    if source == "paint":
        picture: Picture | None = paint(f"{key}_paint")
    elif source == "sample":
        picture = SAMPLES[name]()
    else:
        picture = draw_file(key, source)
    if source != "sample":
        _hint(f"A link can't carry your own image: it opens with the sample “{LABELS[name]}”.")
    shown = f"{key}_shown"
    st.session_state[shown] = picture = picture or st.session_state.get(shown) or SAMPLES[name]()
    return picture


def is_own(key: str) -> bool:
    """Whether the image on screen is the visitor's own, which no link can carry."""
    shown: Picture | None = st.session_state.get(f"{key}_shown")
    return shown is not None and not shown.sample


def _draw_source(key: str) -> str:
    """The way that is chosen. A link that names a sample shows it, whatever one had before."""
    if frame.entered() and SAMPLE.name in st.query_params:
        st.session_state[key] = "sample"
    if is_read(key):
        return "sample"
    chosen = st.segmented_control(
        "Image from",
        list(SOURCES),
        default="sample",
        required=True,
        format_func=SOURCES.__getitem__,
        key=key,
        persist_state="session",
    )
    return chosen if chosen in SOURCES else "sample"


def draw_file(key: str, source: str) -> Picture | None:
    """The field for a file or the camera, and what was brought by it last; None where nothing was yet."""
    field = f"{key}_{source}"
    if source == "camera":
        st.camera_input("Take a photo", key=field, on_change=_take, args=(field, field), resolution="720p", width=420)
    else:
        # Any type of file: what is not read is answered in words that say more than “not allowed”.
        widget = f"{field}_{st.session_state.get(f'{field}_count', 0)}"
        st.file_uploader("Upload an image", key=widget, on_change=_take, args=(field, widget))
        _hint(f"{READABLE}, up to {MAX_BYTES // 1024**2} MB and {MAX_PIXELS // 10**6} megapixels. No copy is kept.")
    if fault := st.session_state.get(f"{field}_fault"):
        frame.say(f"{fault} The image stays as it was.", field)
    picture: Picture | None = st.session_state.get(f"{field}_picture")
    if picture:
        st.text(f"{picture.name}: {picture.note}.")
    return picture


def _hint(text: str) -> None:
    """Small words of the page's own; Streamlit's captions are too pale to read on white."""
    st.markdown(f":small[:gray[{text}]]")


def _take(field: str, widget: str) -> None:
    """Read what was brought; a file that is no image changes nothing, and the fault says why."""
    file = brought_file(widget)
    if file is None:
        return
    st.session_state.pop(f"{field}_fault", None)
    try:
        name = "Camera" if field == widget else file.name
        st.session_state[f"{field}_picture"] = read_picture(file.getvalue(), name)
    except ValueError as error:
        st.session_state[f"{field}_fault"] = str(error)
    if field != widget:
        st.session_state[f"{field}_count"] = st.session_state.get(f"{field}_count", 0) + 1  # an empty field follows
        forget_upload(file)


_KEY = "picture"
"""One for all lessons: an image that was brought to one of them is there in the next."""


@dataclass(frozen=True)
class Chosen:
    """An image, the part of it that is looked at number by number, and whether the visitor brought it."""

    picture: Picture
    crop: Crop
    own: bool

    def numbers(self, own: OwnArray | None = None, *, colour: bool) -> Tensor:
        """The pasted image, or the crop's numbers in hundredths: (3, H, W), or (1, H, W) without colour."""
        if own:
            return own.tensor()
        return hundredths(self.crop.of(self.picture), colour=colour)


def draw_picture(side: int, *, setting: CropSetting = CROP, replaced: bool = False) -> Chosen:
    """The popover; drawn in every run, as what is not drawn leaves the URL. `side`: the crop's, until one is chosen.

    `replaced`: a pasted image goes before the crop.
    """
    with Panel("Image", key=f"{_KEY}_panel"):
        if replaced:
            st.caption("The walk is over the matrix that you pasted under Numbers. Empty that field for a crop.")
        picture = draw_picture_input(_KEY)
        crop = crop_box(picture, key=f"{_KEY}_crop", setting=setting, start=side)
    own = is_own(_KEY)
    note_picture(own)
    return Chosen(picture, crop, own)
