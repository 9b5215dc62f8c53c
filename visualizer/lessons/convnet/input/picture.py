"""An image of the visitor's as an image that a net takes: grey or in colour, small, light on dark."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from visualizer.inputs.images.pictures import GREY

LEAST_SIDE = 8
_LIGHT = 0.5


def net_image(pixels: Tensor, channels: int, side: int) -> tuple[Tensor, str]:
    """A crop (3, rows, columns), from 0 to 1, as an image (channels, side, side), and what was done to it in words.

    A grey image on light ground is inverted, as the images that the net knows are light on dark; the ground is what is
    around the edge. What is not square is brought to a square as it is. float64.
    Raises: ValueError for a crop of fewer than 8 rows or columns.
    """
    _, rows, columns = pixels.shape
    if min(rows, columns) < LEAST_SIDE:
        raise ValueError(
            f"The crop has {columns} × {rows} pixels; it takes at least {LEAST_SIDE} × {LEAST_SIDE} to make an image of"
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
