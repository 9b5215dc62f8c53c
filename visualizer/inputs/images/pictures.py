"""Images on a page, made quickly into bytes that a browser shows; and as the numbers of a walk, few enough to read."""

from __future__ import annotations

import io

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from visualizer.inputs.images.images import Picture
from visualizer.once import once

_QUALITY = 95
"""JPEG takes 3 ms for an image of 1024 × 768; PNG takes 60 to 160."""
_SMALL = 40_000


def picture_bytes(picture: Picture) -> bytes:
    """The image as a file; computed once for each."""
    return once(picture, "file", lambda: file_of(picture.pixels))


def map_bytes(pixels: Tensor) -> bytes:
    """A grey image (H, W), uint8, as a file."""
    return file_of(pixels.numpy())


def file_of(pixels: np.ndarray) -> bytes:
    """Pixels (H, W) or (H, W, 3), uint8: as PNG where they are few and each is to be seen, else as JPEG."""
    kept = io.BytesIO()
    if pixels.shape[0] * pixels.shape[1] <= _SMALL:
        Image.fromarray(pixels).save(kept, "PNG", compress_level=1)
    else:
        Image.fromarray(pixels).save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()


def channels_of(picture: Picture, *, colour: bool) -> Tensor:
    """The pixels (H, W, 3), or as brightness (H, W, 1); uint8."""
    pixels = torch.tensor(picture.pixels)
    if colour:
        return pixels
    shares = torch.tensor(GREY, dtype=torch.float32)
    return (pixels.float() @ shares).round().to(torch.uint8)[..., None]


GREY = (0.299, 0.587, 0.114)
"""What red, green and blue count for in brightness (ITU-R BT.601)."""


def hundredths(crop: Tensor, *, colour: bool) -> Tensor:
    """The numbers of a crop from 0 to 1 in hundredths: (3, H, W), or without colour (1, H, W) as brightness."""
    shares = torch.tensor(GREY, dtype=torch.float64)
    chosen = crop if colour else (crop * shares[:, None, None]).sum(dim=0, keepdim=True)
    return hundredths_of(chosen)


def hundredths_of(numbers: Tensor) -> Tensor:
    """Rounded to two decimals, so that they can be copied by hand."""
    return (numbers * 100).round() / 100 + 0.0  # + 0 makes a −0 a 0
