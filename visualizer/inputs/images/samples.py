"""Images that are there without an upload: photos out of scikit-image's wheel, and two small ones drawn here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from types import MappingProxyType

import numpy as np

from visualizer.inputs.images.images import Picture, read_picture

# Name: what it is called, and its file.
_PHOTOS = {
    "cat": ("Cat", "chelsea.png"),
    "astronaut": ("Astronaut", "astronaut.png"),
    "camera": ("Camera", "camera.png"),
    "coffee": ("Coffee", "coffee.png"),
    "coins": ("Coins", "coins.png"),
    "bricks": ("Bricks", "brick.png"),
}
# A fifth of white is 51: these levels are whole tenths once a picture is brought to 0..1.
_DARK, _LIGHT = 51, 204
_SIDE = 8


@cache
def _photo(name: str) -> Picture:
    label, file = _PHOTOS[name]
    # By its path: scikit-image's own functions would go and download a file that is missing.
    data = (files("skimage") / "data" / file).read_bytes()
    picture = read_picture(data, label)
    return replace(picture, sample=name)


@cache
def _edge() -> Picture:
    """8 × 8: the left half dark, the right half light."""
    pixels = np.full((_SIDE, _SIDE, 3), _DARK, np.uint8)
    pixels[:, _SIDE // 2 :] = _LIGHT
    return _drawn("edge", pixels)


@cache
def _cross() -> Picture:
    """8 × 8: a red bar upright and a blue one across, two pixels wide; violet where they meet."""
    pixels = np.zeros((_SIDE, _SIDE, 3), np.uint8)
    bar = slice(_SIDE // 2 - 1, _SIDE // 2 + 1)
    pixels[1:-1, bar, 0] = pixels[bar, 1:-1, 2] = _LIGHT
    return _drawn("cross", pixels)


def _drawn(name: str, pixels: np.ndarray) -> Picture:
    pixels.flags.writeable = False
    return Picture(LABELS[name], pixels, f"{_SIDE} × {_SIDE} pixels", sample=name)


SAMPLES: Mapping[str, Callable[[], Picture]] = MappingProxyType(
    {name: partial(_photo, name) for name in _PHOTOS} | {"edge": _edge, "cross": _cross}
)
LABELS: Mapping[str, str] = MappingProxyType(
    {name: label for name, (label, _) in _PHOTOS.items()} | {"edge": "Edge", "cross": "Cross"}
)
