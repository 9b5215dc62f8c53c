"""The image as the features are computed on: grey, its long side at most 320 pixels; what takes a while, kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from visualizer.engine.features.descriptors import Described
from visualizer.engine.features.sift import MIN_SIDE
from visualizer.inputs.images.images import Picture
from visualizer.inputs.images.pictures import GREY, file_of
from visualizer.once import once

LONGEST = 320
_SHOWN = 640


@dataclass(frozen=True, eq=False)
class Working:
    """An image to compute features on, with its keypoints and textons.

    `pixels` (H, W, 3), uint8, are what brightness was taken of; `file` shows the image, with more pixels if it has.
    """

    described: Described
    pixels: np.ndarray
    file: bytes
    note: str

    @property
    def image(self) -> Tensor:
        """(H, W), from 0 to 1."""
        return self.described.image

    @property
    def size(self) -> tuple[int, int]:
        return self.image.shape[0], self.image.shape[1]


def working(picture: Picture) -> Working:
    """The image, brought down; once for each."""

    def bring_down() -> Working:
        small = _brought_down(picture.pixels, LONGEST)
        grey = torch.from_numpy(small.astype(float) @ np.array(GREY) / 255)
        shown = file_of(_brought_down(picture.pixels, _SHOWN))
        return Working(Described(grey), small, shown, _note(picture, small))

    return once(picture, "working", bring_down)


def too_small(picture: Picture) -> str:
    """Why there are no features of an image; empty where there are."""
    if min(picture.height, picture.width) >= MIN_SIDE:
        return ""
    return (
        f"The image has {picture.height} × {picture.width} pixels; features are computed from {MIN_SIDE} × "
        f"{MIN_SIDE} on. Choose a larger one under “Image”."
    )


def grey_file(image: Tensor) -> bytes:
    """A grey image (H, W) from 0 to 1 as a file."""
    return file_of((image.clamp(0, 1) * 255).round().to(torch.uint8).numpy())


def _brought_down(pixels: np.ndarray, longest: int) -> np.ndarray:
    height, width = pixels.shape[:2]
    share = longest / max(height, width)
    if share >= 1:
        return pixels
    size = max(1, round(width * share)), max(1, round(height * share))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def _note(picture: Picture, small: np.ndarray) -> str:
    height, width = small.shape[:2]
    if (height, width) == (picture.height, picture.width):
        return f"{width} × {height} pixels, as brightness."
    return f"Computed on {width} × {height} pixels, as brightness: {picture.width} × {picture.height} downscaled."
