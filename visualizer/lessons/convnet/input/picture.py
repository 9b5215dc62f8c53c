"""What the visitor drew or uploaded as an image that a net takes: grey or in colour, small, light on dark."""

from __future__ import annotations

import base64
import binascii

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from visualizer.inputs.images.pictures import GREY

MIN_SIDE = 8
_LIGHT = 0.5


def net_image(pixels: Tensor, channels: int, side: int) -> tuple[Tensor, str]:
    """A crop (3, rows, columns), from 0 to 1, as an image (channels, side, side), and what was done to it in words.

    A grey image on light ground is inverted, as the images that the net knows are light on dark; the ground is what is
    around the edge. What is not square is brought to a square as it is. float64.
    Raises: ValueError for a crop of fewer than 8 rows or columns.
    """
    _, rows, columns = pixels.shape
    if min(rows, columns) < MIN_SIDE:
        raise ValueError(
            f"The crop has {columns} × {rows} pixels; it takes at least {MIN_SIDE} × {MIN_SIDE} to make an image of"
        )
    done = [f"scaled from {columns} × {rows} to {side} × {side} pixels"]
    if channels == 1:
        pixels = (pixels * torch.tensor(GREY, dtype=pixels.dtype)[:, None, None]).sum(dim=0, keepdim=True)
        done.insert(0, "made grey")
        if float(_edge(pixels[0]).median()) > _LIGHT:
            pixels = 1 - pixels
            done.insert(1, "inverted, as its ground is light")
    small = torch.stack([_resized(plane, side) for plane in pixels.double()])
    levels = (small.clamp(0, 1) * 255).round() / 255  # as many as a picture has
    about = ", ".join(done)
    return levels, f"{about[0].upper()}{about[1:]}."


def _edge(plane: Tensor) -> Tensor:
    return torch.cat([plane[0], plane[-1], plane[:, 0], plane[:, -1]])


def _resized(plane: Tensor, side: int) -> Tensor:
    image = Image.fromarray(plane.float().numpy().astype(np.float32))
    return torch.from_numpy(np.array(image.resize((side, side), Image.Resampling.BOX))).double()


PAD = 112
"""Rows and columns of what is drawn on."""
_MAX_TEXT = 4 * (PAD * PAD // 3 + 1)
_INK = 32
"""From this level, of 255, a pixel counts as drawn: the soft edge of a stroke doesn't."""
_BODY = 20 / 28
"""Of the image's side: how large the digit is brought."""


def read_pad(text: object) -> np.ndarray | None:
    """What the browser sends is untrusted: PAD × PAD levels in base64, or nothing."""
    if not isinstance(text, str) or len(text) > _MAX_TEXT:
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
