"""Which image is looked at: a test image, the visitor's drawing, or an image of theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from torch import Tensor

from visualizer.engine.data.labelled_images import LabelledImages
from visualizer.lessons.convnet.input.picture import centred, net_image
from visualizer.lessons.convnet.lesson import Input
from visualizer.lessons.convnet.settings import DRAWN, NUMBER, OWN, SOURCE, TEST

DRAWING = "convnet_drawing"
_SHOWN = "convnet_shown_image"
_DRAWN_ABOUT = "Your drawing, scaled to 20 × 20 pixels at most, its centre of mass in the middle, as in MNIST."
NOTHING = "There is no drawing yet, and no link carries one: draw on the black square in the view Overview."
BLANK = "The drawing is blank. Draw on the black square with the mouse, a pen or a finger."


@dataclass(frozen=True)
class Chosen:
    """The image to look at, and why it isn't the one that was asked for; empty where it is."""

    input: Input
    refusal: str = ""


def chosen_input(data: LabelledImages, source: str, number: int, crop: Tensor | None) -> Chosen:
    """The image that is asked for, or the one before it on this data set, with the reason.

    `number` counts from 1. `crop` is the part of the visitor's own image, (3, rows, columns), where that is shown.
    """
    _, channels, side, _ = data.images.shape
    try:
        if source == DRAWN:
            found = Input(_drawing(channels, side), about=_DRAWN_ABOUT)
        elif source == OWN and crop is not None:
            image, about = net_image(crop, channels, side)
            found = Input(image, about=f"Your image, {about[0].lower()}{about[1:]}")
        else:
            found = test_input(data, number)
    except ValueError as error:
        return Chosen(_before(data, number), str(error))
    st.session_state[_SHOWN] = (data.name, found)
    if found.number is not None and number > len(data.labels):
        return Chosen(found, f"There are {len(data.labels)} test images; the last is shown.")
    return Chosen(found)


def test_input(data: LabelledImages, number: int) -> Input:
    """A test image by its number, counted from 1; the last where there are fewer."""
    at = min(number, len(data.labels)) - 1
    return Input(data.images[at].double(), int(data.labels[at]), at, f"Test image {at + 1} of {len(data.labels)}.")


def show_test_image(number: int) -> None:
    """Have the views show a test image, counted from 0; for callbacks."""
    SOURCE.put(TEST)
    NUMBER.put(number + 1)


def take_drawing(levels: np.ndarray) -> None:
    """Have the views show what was drawn; for callbacks."""
    st.session_state[DRAWING] = levels
    SOURCE.put(DRAWN)


def _drawing(channels: int, side: int) -> Tensor:
    levels: np.ndarray | None = st.session_state.get(DRAWING)
    if levels is None:
        raise ValueError(NOTHING)
    try:
        return centred(levels, side).expand(channels, -1, -1).contiguous()
    except ValueError:
        raise ValueError(BLANK) from None


def _before(data: LabelledImages, number: int) -> Input:
    name, found = st.session_state.get(_SHOWN, ("", None))
    return replace(found) if found is not None and name == data.name else test_input(data, number)
