"""A drawn digit as the images of MNIST are made: 20 × 20 at most, its centre of mass in the middle of 28 × 28."""

from __future__ import annotations

import base64
import binascii

import numpy as np
import torch
from PIL import Image
from torch import Tensor

PAD = 112
"""Rows and columns of what is drawn on."""
_MOST_TEXT = 4 * (PAD * PAD // 3 + 1)
_INK = 32
"""From this level, of 255, a pixel counts as drawn: the soft edge of a stroke doesn't."""
_BODY = 20 / 28
"""Of the image's side: how large the digit is brought."""


def read_pad(text: object) -> np.ndarray | None:
    """What the browser sends is untrusted: PAD × PAD levels in base64, or nothing."""
    if not isinstance(text, str) or len(text) > _MOST_TEXT:
        return None
    try:
        levels = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return np.frombuffer(levels, np.uint8).reshape(PAD, PAD) if len(levels) == PAD * PAD else None


def centred(levels: np.ndarray, side: int) -> Tensor:
    """A drawing as an image of (1, side, side), float64 from 0 to 1.

    Shape of the drawing: (rows, columns), uint8, ink high. Raises: ValueError where nothing is drawn.
    Source: LeCun et al. 1998, section III.A.
    """
    drawn = levels >= _INK
    if not drawn.any():
        raise ValueError("nothing is drawn")
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    box = levels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = _BODY * side / max(box.shape)
    height, width = (max(1, round(length * scale)) for length in box.shape)
    body = np.asarray(Image.fromarray(box).resize((width, height), Image.Resampling.BOX), np.float64) / 255
    down, across = (_corner(body.sum(axis=axis), side) for axis in (1, 0))
    image = np.zeros((side, side))
    image[down : down + height, across : across + width] = body
    return torch.from_numpy(image)[None]


def _corner(weights: np.ndarray, side: int) -> int:
    """Where to begin so that the mean of places, by their weights, is in the middle; inside in any case."""
    centre = float((weights * (np.arange(len(weights)) + 0.5)).sum() / weights.sum())
    return int(np.clip(round(side / 2 - centre), 0, side - len(weights)))
