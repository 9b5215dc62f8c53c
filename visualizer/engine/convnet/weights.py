"""The trained ConvNets that come with the app, and how well they do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from safetensors.torch import load_file, save

from visualizer import FOLDER as APP
from visualizer.engine.convnet.convnet import PARAMETERS, ConvNet, ConvNetShape
from visualizer.engine.data import rendered_signs
from visualizer.engine.data.labelled_images import CLASSES, Name

FOLDER = APP / "weights"
RESULTS_FILE = "convnets.json"
SHAPES: Mapping[str, ConvNetShape] = {
    "digits": ConvNetShape(),
    "fashion": ConvNetShape(),
    "signs": ConvNetShape(channels=3, size=rendered_signs.SIDE, classes=len(rendered_signs.SIGNS)),
}
"""Of each net that ships, by the images that it tells apart."""


@cache
def load_convnet(name: Name) -> ConvNet:
    """The net that was trained on these images, float32. Not to be changed in place.

    Raises: ValueError for a name that is none of `CLASSES`.
    """
    if name not in SHAPES:
        raise ValueError(f"name must be one of {', '.join(CLASSES)}, got {name!r}")
    return ConvNet(SHAPES[name], load_file(FOLDER / f"{name}.safetensors"))


def save_convnet(net: ConvNet, name: str, folder: Path = FOLDER) -> Path:
    """Writes the net as float32, and returns the file's path."""
    path = folder / f"{name}.safetensors"
    path.write_bytes(save({field: net[field].detach().float().contiguous() for field in PARAMETERS}))
    return path


@cache
def convnet_results() -> Mapping[str, Mapping[str, Any]]:
    """What `make weights` measured, by the images' name: "digits", "fashion", "signs", and the archives given to it.

    Each has `images` (what they are, in words), `accuracy` and `loss` on `test_images` that were not trained on,
    `classes`, `training_images`, `shifted_copies` (how often each was used once more, moved a little), `epochs`,
    `seed`, `parameters` and `versions`; `shipped_accuracy` is that on those of the test images that ship, where not
    all do.
    """
    found: dict[str, Any] = json.loads((FOLDER / RESULTS_FILE).read_text(encoding="utf-8"))
    return MappingProxyType(found)
