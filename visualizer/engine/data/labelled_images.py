"""The labelled images that ship: handwritten digits, clothes, traffic signs; docs/data.md says whose they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from visualizer import FOLDER as APP
from visualizer.engine.data.rendered_signs import SIGNS, render_signs

Name = Literal["digits", "fashion", "signs"]
Part = Literal["train", "test"]
FOLDER = APP / "data"
LABELS_FILE = "labels.json"
SHEET_COLUMNS = 50
SIDE = 28

CLASSES: Mapping[str, tuple[str, ...]] = {
    "digits": tuple("0123456789"),
    "fashion": (
        *("T-shirt", "trousers", "pullover", "dress", "coat"),
        *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
    ),
    "signs": SIGNS,
}
ABOUT: Mapping[str, str] = {
    "digits": "real handwritten digits, from MNIST (LeCun, Cortes & Burges 1998)",
    "fashion": "real photos of clothes, small and grey, from Fashion-MNIST (Xiao et al. 2017)",
    "signs": "traffic signs rendered by the computer, from drawn icons over crops of photos: no camera saw them",
}
SIGNS_SETS = {"test": (480, 0), "train": (1600, 1)}
"""How many signs are rendered, and the seed."""


@dataclass(frozen=True, eq=False)
class LabelledImages:
    """Images and what is on them; `about` says plainly what they are.

    Shapes: images (n, channels, side, side) float32, from 0 to 1; labels (n,) int64, each a place in `classes`.
    """

    name: Name
    classes: tuple[str, ...]
    images: Tensor
    labels: Tensor
    about: str

    def __len__(self) -> int:
        return len(self.labels)


@cache
def labelled_images(name: Name, part: Part) -> LabelledImages:
    """All the images of one set, "train" or "test"; no image is in both. Not to be changed in place.

    Digits and clothes: 150 of each class to train on, 50 to test, mixed; 28 × 28, one channel, ink or cloth is 1.
    Signs: 100 and 30 of each, 32 × 32, red, green and blue; they are rendered here, in about a second.
    Raises: ValueError for a name or a part that is none.
    """
    if name not in CLASSES or part not in ("train", "test"):
        raise ValueError(f"there are no labelled images {name!r}, {part!r}")
    if name == "signs":
        return rendered(*SIGNS_SETS[part])
    labels = json.loads((FOLDER / LABELS_FILE).read_text(encoding="ascii"))[f"{name}-{part}"]
    with Image.open(FOLDER / f"{name}-{part}.png") as sheet:
        pixels = torch.from_numpy(np.array(sheet))
    images = pixels.view(-1, SIDE, SHEET_COLUMNS, SIDE).transpose(1, 2).reshape(-1, 1, SIDE, SIDE)
    return LabelledImages(
        name, CLASSES[name], images / 255, torch.tensor([int(label) for label in labels]), ABOUT[name]
    )


def rendered(count: int, seed: int) -> LabelledImages:
    """So many rendered signs, as many of each as there can be, mixed; the same seed gives the same ones."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randperm(count, generator=generator) % len(SIGNS)
    return LabelledImages("signs", SIGNS, render_signs(labels, generator), labels, ABOUT["signs"])
