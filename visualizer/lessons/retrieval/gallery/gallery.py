"""A gallery: images as they are shown, and as the numbers by which they are compared."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from visualizer.engine.retrieval.image_vectors import Described, describe

THUMB_SIDE = 112
_FEW = 40
_QUALITY = 82
UNLABELLED = -1


@dataclass(frozen=True, eq=False)
class Source:
    """An image before it is described: pixels (H, W, 3), uint8."""

    pixels: np.ndarray
    name: str
    label: int = UNLABELLED
    sample: str = ""


@dataclass(frozen=True, eq=False)
class Entry:
    """An image of a gallery: its name, a small one to show as a data: address, its numbers, and what is on it.

    `label` is a place among the gallery's classes, −1 where there are none; `sample` is the name of the sample that it
    is, if it is one; `own` says that the visitor brought it.
    """

    name: str
    thumb: str
    described: Described
    label: int = UNLABELLED
    sample: str = ""
    own: bool = False

    @property
    def bytes(self) -> int:
        return self.described.bytes + len(self.thumb)


class Gallery:
    """The images in their order, with the classes that their labels name; `name` is another for other images.

    `shipped` says that it comes with the app, as it is, for every visitor.
    """

    def __init__(
        self, name: str, entries: Sequence[Entry], classes: Sequence[str] = (), *, shipped: bool = False
    ) -> None:
        self.name, self.entries, self.classes, self.shipped = name, tuple(entries), tuple(classes), shipped
        self._tables: dict[str, Tensor] = {}

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def labels(self) -> Tensor:
        """What is on each image, (n,) int64."""
        return torch.tensor([entry.label for entry in self.entries], dtype=torch.int64)

    def table(self, way: str) -> Tensor:
        """The images as numbers, (n, d) float32, a row each; put together once."""
        if way not in self._tables:
            self._tables[way] = torch.stack([entry.described.numbers[way] for entry in self.entries])
        return self._tables[way]

    def place_of_sample(self, sample: str) -> int | None:
        """Where the sample of this name stands, if it does."""
        found = (place for place, entry in enumerate(self.entries) if sample and entry.sample == sample)
        return next(found, None)


def entry_of(pixels: np.ndarray, name: str, **known: object) -> Entry:
    """The entry for an image (H, W, 3), uint8; describes it, which takes some 30 ms."""
    return Entry(name, thumb_of(pixels), describe(pixels), **known)  # type: ignore[arg-type]


def thumb_of(pixels: np.ndarray) -> str:
    """An image (H, W, 3) as a data: address, at most 112 pixels long; exact where it is tiny already."""
    file, image = io.BytesIO(), Image.fromarray(pixels)
    few = max(image.size) <= _FEW
    if few:
        image.save(file, "PNG")
    else:
        image.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
        image.save(file, "JPEG", quality=_QUALITY)
    text = base64.b64encode(file.getvalue()).decode("ascii")
    return f"data:image/{'png' if few else 'jpeg'};base64,{text}"
