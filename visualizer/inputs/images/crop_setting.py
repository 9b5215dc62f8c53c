"""A rectangle of an image as a value, and as a setting that a link can carry."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st
import torch
from torch import Tensor

from visualizer.inputs.images.images import Picture
from visualizer.once import once
from visualizer.ui.settings import Setting

LARGEST = 32
_FOUR = re.compile(r"[0-9]{1,4}(,[0-9]{1,4}){3}")


@dataclass(frozen=True)
class Crop:
    """A rectangle of pixels; `top` rows are above it and `left` columns left of it."""

    top: int
    left: int
    height: int
    width: int

    @classmethod
    def busiest(cls, picture: Picture, height: int, width: int) -> Crop:
        """The rectangle of this size, or of the image's where that is smaller, in which there is most to be seen."""
        height, width = min(height, picture.height), min(width, picture.width)
        return cls(*busiest_place(picture, height, width), height, width)

    @property
    def numbers(self) -> list[int]:
        return [self.top, self.left, self.height, self.width]

    def within(self, picture: Picture, largest: int = LARGEST) -> Crop:
        """The nearest rectangle that lies in the image and has 1 to `largest` rows and columns."""
        height = max(1, min(self.height, largest, picture.height))
        width = max(1, min(self.width, largest, picture.width))
        top, left = min(max(0, self.top), picture.height - height), min(max(0, self.left), picture.width - width)
        return Crop(top, left, height, width)

    def of(self, picture: Picture) -> Tensor:
        """The pixels in the rectangle: (3, height, width), float64 from 0 to 1.

        Raises: ValueError where the rectangle does not lie in the image.
        """
        if self != self.within(picture, max(picture.height, picture.width)):
            raise ValueError(f"crop {self} must lie in the image of {picture.height} × {picture.width} pixels")
        pixels = picture.pixels[self.top : self.top + self.height, self.left : self.left + self.width]
        return torch.tensor(pixels, dtype=torch.float64).permute(2, 0, 1).contiguous() / 255


@dataclass(frozen=True)
class CropSetting(Setting[Crop | None]):
    """A crop in the address: top,left,height,width. None is one that nobody chose. `largest`: its longest side."""

    largest: int = LARGEST

    def parse(self, text: str) -> Crop | None:
        if not _FOUR.fullmatch(text):
            raise ValueError(f"{self.name} must be four whole numbers: top,left,height,width")
        crop = Crop(*map(int, text.split(",")))
        if not (1 <= crop.height <= self.largest and 1 <= crop.width <= self.largest):
            raise ValueError(f"{self.name} must have 1 to {self.largest} rows and columns")
        return crop

    def read(self, text: str) -> Crop | None:
        """What a text stands for; None where it is no crop."""
        try:
            return self.parse(text)
        except ValueError:
            return None

    def coerce(self, value: object) -> Crop | None:
        return value if isinstance(value, Crop) else self.default

    def text(self, value: Crop | None) -> str:
        return ",".join(map(str, value.numbers)) if value else ""

    def draw(self, *, disabled: bool = False, on_change: Callable[[], None] | None = None) -> Crop | None:
        """The crop that was chosen. It is drawn with its image, by `crop_box`."""
        return self.coerce(st.session_state.get(self.name))


CROP = CropSetting("crop", "Crop", "Top, left, height and width of the crop, in pixels of the image.", default=None)


_BRIGHTNESS = np.array([0.299, 0.587, 0.114])
_ALONG = 0.1
"""What change in one direction alone counts for: a plain edge is better than nothing, a corner better than an edge."""


def busiest_place(picture: Picture, height: int, width: int) -> tuple[int, int]:
    """The top left corner (row, column) of that window; of equal ones the nearest to the middle. Computed once.

    Source: Shi & Tomasi 1994, the smaller eigenvalue of the structure tensor, with a share of the larger.
    """

    def find() -> tuple[int, int]:
        return _nearest_to_the_middle(_change(picture.pixels @ _BRIGHTNESS, height, width))

    return once(picture, "busiest", find, of=(height, width))


def _change(grey: np.ndarray, height: int, width: int) -> np.ndarray:
    """For each window by its top left corner: how much the brightness changes in it."""
    down, right = (np.zeros_like(grey) for _ in range(2))
    down[:-1], right[:, :-1] = np.diff(grey, axis=0), np.diff(grey, axis=1)
    # What leads out of a window at its last row or column is not in it.
    reach = max(1, height - 1), max(1, width - 1)
    rows, columns, both = (_centred_sums(each, *reach) for each in (down**2, right**2, down * right))
    half = (rows + columns) / 2
    apart = np.hypot((rows - columns) / 2, both)
    change = (half - apart) + _ALONG * (half + apart)
    return np.asarray(change[: grey.shape[0] - height + 1, : grey.shape[1] - width + 1])


def _centred_sums(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """The sum of every window of this size, in which the middle counts most: sums over halves of it, summed up."""
    first = (height + 1) // 2, (width + 1) // 2
    return _sums(_sums(values, *first), height + 1 - first[0], width + 1 - first[1])


def _sums(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """The sum of every window of this size."""
    total: np.ndarray = np.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    sums = total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]
    return np.asarray(sums)


def _nearest_to_the_middle(change: np.ndarray) -> tuple[int, int]:
    rows, columns = np.nonzero(change >= change.max() - 1e-6 * max(1.0, change.max()))
    middle = (change.shape[0] - 1) / 2, (change.shape[1] - 1) / 2
    nearest = np.hypot(rows - middle[0], columns - middle[1]).argmin()
    return int(rows[nearest]), int(columns[nearest])
