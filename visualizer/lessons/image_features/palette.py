"""Colours for textons, told apart as well as sixteen can be."""

from __future__ import annotations

import colorsys

import numpy as np
from torch import Tensor

MOST = 16


def _colour(number: int) -> tuple[int, int, int]:
    """Hues by the golden ratio, in three lightnesses by turns."""
    red, green, blue = colorsys.hls_to_rgb(number * 0.61803 % 1, (0.45, 0.62, 0.75)[number % 3], 0.75)
    return round(255 * red), round(255 * green), round(255 * blue)


PALETTE = tuple(map(_colour, range(MOST)))
HEX = tuple("#{:02x}{:02x}{:02x}".format(*colour) for colour in PALETTE)


def coloured(labels: Tensor) -> np.ndarray:
    """Labels (H, W), counted from 0, as colours (H, W, 3)."""
    found: np.ndarray = np.array(PALETTE)[labels.numpy() % MOST]
    return found
