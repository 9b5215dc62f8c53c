"""Images that are there without an upload: photos out of the wheels of scikit-image and scikit-learn, each in several
versions for a gallery, and two small ones drawn here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import numpy as np
from PIL import Image

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


FROM_SAMPLES = ("cat", "astronaut", "camera", "coffee", "coins", "bricks")
_SKIMAGE = {
    "motorcycle, left": "motorcycle_left.png",
    "motorcycle, right": "motorcycle_right.png",
    "rocket": "rocket.jpg",
    "clock": "clock_motion.png",
    "grass": "grass.png",
    "gravel": "gravel.png",
    "retina": "retina.jpg",
    "retina, detail": "microaneurysms.png",
    "tissue": "ihc.png",
    "cell": "cell.png",
    "deep field": "hubble_deep_field.jpg",
    "text": "text.png",
}
_SKLEARN = {"temple": "china.jpg", "flower": "flower.jpg"}
_ZOOM = 0.6
_TURN = 20
_DARKER = 0.5
VERSIONS: tuple[str, ...] = ("", "mirrored", "closer", "turned", "darker", "grey")
"""What is done to a photo; the first is nothing."""


def photos() -> list[Picture]:
    """Every photo that the wheels have, by its path: the packages' own functions would download a missing one."""
    found = [SAMPLES[name]() for name in FROM_SAMPLES]
    for folder, names in ((_skimage(), _SKIMAGE), (_sklearn(), _SKLEARN)):
        paths = {name: folder / file for name, file in names.items()}
        found += [_read(path, name) for name, path in paths.items() if path.is_file()]
    return found


def versions(picture: Picture) -> Mapping[str, np.ndarray]:
    """The image as it is and changed, by `VERSIONS`; each (H, W, 3), uint8."""
    image = Image.fromarray(picture.pixels)
    width, height = image.size
    left, top = round(width * (1 - _ZOOM) / 2), round(height * (1 - _ZOOM) / 2)
    made = {
        "": image,
        "mirrored": image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        "closer": image.crop((left, top, width - left, height - top)),
        "turned": image.rotate(_TURN, Image.Resampling.BILINEAR),
        "darker": image.point(lambda level: level * _DARKER),
        "grey": image.convert("L").convert("RGB"),
    }
    return MappingProxyType({name: np.asarray(each) for name, each in made.items()})


def label_of(picture: Picture) -> str:
    """What the image is called in a gallery."""
    return LABELS[picture.sample].lower() if picture.sample in FROM_SAMPLES else picture.name


def _read(path: Path, name: str) -> Picture:
    return read_picture(path.read_bytes(), name)


def _skimage() -> Path:
    return Path(str(files("skimage") / "data"))


def _sklearn() -> Path:
    # By its path: importing scikit-learn takes more than a second.
    found = find_spec("sklearn")
    return Path(found.origin).parent / "datasets" / "images" if found and found.origin else Path()
