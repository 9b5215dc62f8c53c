"""The second image of the view "Match": the same one changed, a sample, or the visitor's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
import torch

from visualizer.engine.features.features import Described, Similarity
from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.panel import draw_file
from visualizer.inputs.images.pictures import file_of
from visualizer.inputs.images.samples import LABELS, SAMPLES
from visualizer.lessons.image_features.settings import OWN, SAME, FeatureSettings
from visualizer.lessons.image_features.working import Working, too_small, working

_KEY, _KEPT = "second_picture", "second_changed"


@dataclass(frozen=True)
class Second:
    """An image to match with; `motion` is how it came about, where that is known; `fault` why there is none."""

    shown: Working | None
    name: str
    motion: Similarity | None = None
    fault: str = ""


def second_picture(settings: FeatureSettings, first: Working) -> Second:
    """What is chosen; draws the field for a file where that is the visitor's own."""
    if settings.second == SAME:
        return Second(changed(first, settings.motion), "the same, changed", settings.motion)
    picture: Picture | None = SAMPLES[settings.second]() if settings.second in SAMPLES else None
    if settings.second == OWN:
        picture = draw_file(_KEY, "upload")
        if picture is None:
            return Second(None, "", fault="Upload a second image to match with, on the right.")
    if picture is None:
        return Second(None, "", fault="There is no such image.")
    if fault := too_small(picture):
        return Second(None, "", fault=f"The second image: {fault}")
    return Second(working(picture), LABELS.get(settings.second, "your second image"))


def changed(first: Working, motion: Similarity) -> Working:
    """The image after a known change; this session keeps the last one."""
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] is not first or kept[1] != motion:
        pixels = _coloured(first, motion)
        described = Described(motion.of(first.image), first.described)
        kept = st.session_state[_KEPT] = (first, motion, Working(described, pixels, file_of(pixels), ""))
    found: Working = kept[2]
    return found


def _coloured(first: Working, motion: Similarity) -> np.ndarray:
    """The changed image in colour, (H, W, 3), uint8."""
    channels = [motion.of(torch.tensor(first.pixels[..., channel]).double() / 255) for channel in range(3)]
    return (torch.stack(channels, dim=-1) * 255).round().to(torch.uint8).numpy()


def where(first: Working, motion: Similarity, point: tuple[float, float]) -> tuple[float, float]:
    """Where a point (row, column) of the image stands in the changed one."""
    row, column = motion.where(torch.tensor([point], dtype=torch.float64), *first.size)[0].tolist()
    return row, column
