"""An image as a list of numbers, in the ways by which like images are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, interpolate

from visualizer.engine.convnet.imagenet_net import (
    SIDE,
    STAGES,
    ClassShare,
    see,
    top_classes,
)

FEATURES, PIXELS, COLOURS, HOG = "features", "pixels", "colours", "hog"
STAGE_NAMES: tuple[str, ...] = tuple(f"stage{number + 1}" for number in range(len(STAGES)))
WAYS: tuple[str, ...] = (FEATURES, *STAGE_NAMES, PIXELS, COLOURS, HOG)
"""Every way in which an image is described."""
PIXEL_SIDE = 32
LEVELS = 8
"""The colour histogram tells so many levels of red, of green and of blue apart."""
ORIENTATIONS, CELLS = 9, 8
GREY = (0.299, 0.587, 0.114)
"""What red, green and blue count for in brightness (ITU-R BT.601)."""


@dataclass(frozen=True, eq=False)
class Described:
    """An image as numbers: `numbers` has a float32 vector for each of `WAYS`; `classes` are the five likeliest."""

    numbers: Mapping[str, Tensor]
    classes: tuple[ClassShare, ...]

    @property
    def bytes(self) -> int:
        return sum(4 * vector.numel() for vector in self.numbers.values())


def describe(pixels: np.ndarray) -> Described:
    """Describe an image (H, W, 3), uint8, which is squeezed into a square of 224 × 224 first."""
    square = squeezed(pixels)
    seen = see(square)
    numbers = dict(zip(STAGE_NAMES, seen.stages, strict=True)) | {
        FEATURES: seen.features,
        PIXELS: raw_pixels(square),
        COLOURS: colour_histogram(square),
        HOG: oriented_gradients(square),
    }
    return Described(numbers, top_classes(seen.logits))


def squeezed(pixels: np.ndarray) -> np.ndarray:
    """An image (H, W, 3) brought to (224, 224, 3), both uint8; bilinear, smoothed where it gets smaller.

    Raises: ValueError for another shape and for an image without pixels.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or 0 in pixels.shape:
        raise ValueError(f"pixels: must be (rows, columns, 3) with at least one pixel, got {pixels.shape}")
    image = torch.tensor(pixels).permute(2, 0, 1)[None]
    square = interpolate(image, (SIDE, SIDE), mode="bilinear", antialias=True, align_corners=False)
    return square[0].permute(1, 2, 0).contiguous().numpy()


def raw_pixels(square: np.ndarray) -> Tensor:
    """The pixels themselves, from 0 to 1, of the square downscaled to 32 × 32: (3072,) float32."""
    image = torch.from_numpy(square).permute(2, 0, 1).float() / 255
    return avg_pool2d(image, SIDE // PIXEL_SIDE).flatten()


def colour_histogram(square: np.ndarray) -> Tensor:
    """The share of the pixels in each of 8 × 8 × 8 boxes of red, green and blue: (512,) float32.

    Source: Swain & Ballard (1991), who use other axes of colour.
    """
    boxes = torch.from_numpy(square).long().flatten(0, 1) * LEVELS // 256
    place = (boxes[:, 0] * LEVELS + boxes[:, 1]) * LEVELS + boxes[:, 2]
    return torch.bincount(place, minlength=LEVELS**3).float() / len(place)


def oriented_gradients(square: np.ndarray) -> Tensor:
    """The histogram of oriented gradients (HOG), of 8 × 8 cells in blocks of 2 × 2: (1764,) float32.

    Source: Dalal & Triggs (2005), as scikit-image has it.
    """
    from visualizer.engine.walks.hog.hog import hog_by_skimage, hog_layout

    grey = square.astype(np.float64) @ np.array(GREY) / 255
    layout = hog_layout(SIDE, SIDE, cell=SIDE // CELLS, bins=ORIENTATIONS)
    return torch.from_numpy(hog_by_skimage(grey, layout)).float()
