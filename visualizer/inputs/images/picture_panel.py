"""The image and the crop of it that a walk is over, in a popover of the toolbar."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from visualizer.inputs.arrays.setting import OwnArray
from visualizer.inputs.images.crop import crop_box
from visualizer.inputs.images.crop_setting import CROP, Crop, CropSetting
from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.panel import draw_picture_input, is_own
from visualizer.inputs.images.zoom import hundredths
from visualizer.ui.brought import note_picture
from visualizer.ui.panel import Panel

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
