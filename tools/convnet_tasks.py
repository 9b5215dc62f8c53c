"""What ConvNets are trained on and measured by: what ships, and archives of which at most a small part ships."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from tools.image_archives import Archive, read_fashion_folder, read_mnist_package
from visualizer.engine.convnet.convnet import ConvNetShape
from visualizer.engine.convnet.weights import SHAPES
from visualizer.engine.data import gtsrb, svhn
from visualizer.engine.data.images import Images
from visualizer.engine.data.labelled_images import ABOUT, labelled_images, rendered

SIGNS_SEED = 100


@dataclass(frozen=True, eq=False)
class Task:
    """What a net of this shape learns, and what it is measured on: `test`, and the part of it that ships.

    `shifted` says how many times a training image is used once more, each time moved by up to 2 pixels.
    """

    about: str
    shape: ConvNetShape
    train: Images
    test: Images
    shipped: Images | None = None
    shifted: int = 0


def signs_task(train: int = 16_000, test: int = 1_600) -> Task:
    """Signs, rendered anew: none of them ships."""
    sets = rendered(train, SIGNS_SEED), rendered(test, SIGNS_SEED + 1), labelled_images("signs", "test")
    learned, fresh, shipped = (Images(found.images, found.labels) for found in sets)
    return Task(ABOUT["signs"], SHAPES["signs"], learned, fresh, shipped)


def digits_task(package: Path) -> Task:
    return _grey("digits", read_mnist_package(package), shifted=3)


def fashion_task(folder: Path) -> Task:
    return _grey("fashion", read_fashion_folder(folder))


def gtsrb_task(folder: Path) -> Task:
    shape = ConvNetShape(channels=3, size=gtsrb.SIDE, classes=gtsrb.CLASSES)
    return Task(gtsrb.ABOUT, shape, *gtsrb.read_gtsrb(folder))


def svhn_task(folder: Path) -> Task:
    return Task(svhn.ABOUT, ConvNetShape(channels=3, size=svhn.SIDE, classes=svhn.CLASSES), *svhn.read_svhn(folder))


ARCHIVES: Mapping[str, tuple[str, Callable[[Path], Task]]] = {
    "digits": ("MNIST", digits_task),
    "fashion": ("FASHION", fashion_task),
    "gtsrb": ("GTSRB", gtsrb_task),
    "svhn": ("SVHN", svhn_task),
}
"""The images that only an archive has: the option of `make weights` that names it, and the task."""


def _grey(name: str, archive: Archive, shifted: int = 0) -> Task:
    sets = archive.train, archive.test, archive.shipped()["test"]
    train, test, shipped = (_images(*found) for found in sets)
    return Task(ABOUT[name], SHAPES[name], train, test, shipped, shifted)


def _images(pixels: Tensor, labels: Tensor) -> Images:
    return Images(pixels[:, None].float() / 255, labels)
