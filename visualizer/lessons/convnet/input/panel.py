"""Choosing the image: in a popover of the toolbar, and beside the figure on a pad and among thumbnails."""

from __future__ import annotations

import streamlit as st

from visualizer.engine.data.labelled_images import LabelledImages
from visualizer.inputs.images.crop import crop_box
from visualizer.inputs.images.panel import draw_picture_input, is_own
from visualizer.lessons.convnet.input.choice import Chosen, chosen_input
from visualizer.lessons.convnet.settings import CROP_OF_IMAGE, DRAWN, LARGEST_CROP, NUMBER, OWN, SOURCE, TEST
from visualizer.ui import frame
from visualizer.ui.brought import note_picture
from visualizer.ui.panel import Panel
from visualizer.unattended import note_refusal

_PICTURE = "picture"
"""The one of all lessons: an image that was brought to one of them is there in the next."""
_HINTS = {
    TEST: "Images that the net was not trained on. The thumbnails beside the figure are these, too.",
    DRAWN: "Draw on the black square in the view Overview. A link can't carry a drawing: it opens with a test image.",
    OWN: "It is scaled to the net's input size; grey nets take it grey, and light on dark.",
}


def draw_input(data: LabelledImages) -> Chosen:
    """The popover, in every view and run, as what is not drawn leaves the URL; returns the image to look at."""
    with Panel("Image", key="convnet_image_panel"):
        source = SOURCE.draw()
        st.caption(_HINTS[source])
        number = NUMBER.draw(disabled=source != TEST)
        crop = None
        if source == OWN:
            picture = draw_picture_input(_PICTURE)
            crop = crop_box(picture, key="convnet_crop", setting=CROP_OF_IMAGE, start=LARGEST_CROP).of(picture)
        note_picture(source == OWN and is_own(_PICTURE))
        chosen = chosen_input(data, source, number, crop)
        if chosen.refusal:
            note_refusal(chosen.refusal)
            st.warning(chosen.refusal)
        else:
            st.caption(chosen.input.about)
    return chosen


def draw_refusal(chosen: Chosen) -> None:
    """Why the image isn't the one that was asked for, above the figure too: the popover may be closed."""
    if chosen.refusal:
        frame.say(f"{chosen.refusal} The image stays as it was.", "convnet-image")
