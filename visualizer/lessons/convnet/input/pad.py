"""The pad to draw on, and the thumbnails of test images to choose from: a component beside the figure."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from pathlib import Path

import numpy as np
import streamlit as st
from PIL import Image

from visualizer.engine.data.labelled_images import LabelledImages, Name, labelled_images
from visualizer.lessons.convnet.input.choice import DRAWING, show_test_image, take_drawing
from visualizer.lessons.convnet.input.picture import PAD, read_pad
from visualizer.lessons.convnet.lesson import Lesson
from visualizer.web.bundle import component_script, style

THUMBNAILS = 24
"""How many test images are shown at a time."""
_COMPONENT = st.components.v2.component(
    "unrolled_convnet_input",
    js=component_script("input_pad"),
    css=style(Path(__file__).with_name("input.css")),
)
_HINTS = {"digits": "Draw a digit here.", "fashion": "Draw a piece of clothing here."}
_PAGE = "convnet_thumbnails"
_SERIAL = "convnet_drawing_serial"
_MAX_SERIAL = 1_000_000_000


def draw_pad(lesson: Lesson, data: LabelledImages, *, key: str = "convnet_pad") -> None:
    """Let the visitor draw, or choose a test image; either reruns the page with it."""
    count = len(data.labels)
    page = _page_of(lesson, count)

    def drawn() -> None:
        report = st.session_state[key].drawn
        levels = read_pad(report.get("levels")) if isinstance(report, dict) else None
        serial = report.get("serial") if isinstance(report, dict) else None
        if levels is not None and type(serial) is int and 0 <= serial <= _MAX_SERIAL:
            st.session_state[_SERIAL] = serial
            take_drawing(levels)

    def chosen() -> None:
        number = st.session_state[key].chosen
        if type(number) is int and 0 <= number < count:
            show_test_image(number)

    def turned() -> None:
        by = st.session_state[key].turned
        if type(by) is int and by in (-1, 1):
            st.session_state[_PAGE] = (data.name, lesson.input.number, (page + by) % _pages(count))

    _COMPONENT(
        key=key,
        data={
            "pad": PAD,
            "drawing": _drawing(),
            "serial": st.session_state.get(_SERIAL, 0),
            "drawable": data.images.shape[1] == 1,
            "hint": _HINTS.get(data.name, "Draw here."),
            "thumbnails": _sheet(data.name, page),
            "side": data.images.shape[2],
            "first": page * THUMBNAILS,
            "count": count,
            "labels": [data.classes[int(label)] for label in data.labels[page * THUMBNAILS :][:THUMBNAILS]],
            "chosen": -1 if lesson.input.number is None else lesson.input.number,
        },
        on_drawn_change=drawn,
        on_chosen_change=chosen,
        on_turned_change=turned,
    )


def _page_of(lesson: Lesson, count: int) -> int:
    """The page that was turned to, as long as the image is the one from then; else the page of the image."""
    name, number, page = st.session_state.get(_PAGE, ("", None, 0))
    if (name, number) == (lesson.data, lesson.input.number) and page < _pages(count):
        return int(page)
    return (lesson.input.number or 0) // THUMBNAILS


def _pages(count: int) -> int:
    return -(-count // THUMBNAILS)


def _drawing() -> str:
    levels: np.ndarray | None = st.session_state.get(DRAWING)
    return "" if levels is None else base64.b64encode(levels.tobytes()).decode("ascii")


@lru_cache(maxsize=64)
def _sheet(name: Name, page: int) -> str:
    """A page's images side by side, as a data: address."""
    images = labelled_images(name, "test").images[page * THUMBNAILS :][:THUMBNAILS]
    pixels = (images * 255).round().byte().permute(2, 0, 3, 1).flatten(1, 2).numpy()
    file = io.BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode('ascii')}"
