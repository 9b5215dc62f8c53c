"""Faces and patches without one, out of scikit-image's wheel, and an image made of those that were held out.

Source: the subset of Labeled Faces in the Wild (Huang et al. 2007) in scikit-image: 100 faces and 100 patches without.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from visualizer.engine.detector.features import (
    MARGIN,
    FeatureName,
    LinearDetector,
    features_of,
    with_margin,
)
from visualizer.engine.detector.linear import Trained, held_out, train_classifier
from visualizer.engine.detector.scan import resized

FACE_SIDE = 25
FACES_COUNT = 200
HELD_OUT = 0.3
_WITHOUT_FACES = ("coffee.png", "coins.png", "chelsea.png", "brick.png")
_SCALES = (0.8, 0.4, 0.2)
_HARD = 20
"""So many windows of each photo and scale a round."""


@cache
def load_faces() -> tuple[Tensor, Tensor]:
    """All the patches; not to be changed in place.

    Shapes: patches (200, 25, 25) float64, brightness from 0 to 1; labels (200,) bool, whether it is a face.
    """
    patches = torch.from_numpy(np.load(_folder() / "lfw_subset.npy", allow_pickle=False))
    return patches, torch.arange(FACES_COUNT) < FACES_COUNT // 2


def held_out_faces(seed: int) -> Tensor:
    """Which of the patches are kept for the test: 30 of each kind. (200,) bool."""
    return held_out(load_faces()[1], seed, HELD_OUT)


@lru_cache(16)
def train_faces(feature: FeatureName, seed: int, rounds: int = 0) -> Trained:
    """A classifier of faces; each patch is learned from twice, as it is and mirrored.

    In each of the `rounds` it scans photos that hold no face, and learns once more with its worst false alarms as
    further patches without one (hard negatives: Sung & Poggio 1998, Dalal & Triggs 2005).
    """
    patches, labels = load_faces()
    test = held_out_faces(seed)
    mirrored = patches[~test].flip(2)
    features = features_of(feature, with_margin(torch.cat([patches, mirrored])))
    labels = torch.cat([labels, labels[~test]])
    test = torch.cat([test, torch.zeros(len(mirrored), dtype=torch.bool)])
    trained = train_classifier(features, labels, test)
    for _ in range(rounds):
        hard = _false_alarms(LinearDetector(trained.classifier, feature, FACE_SIDE))
        features = torch.cat([features, features_of(feature, hard)])
        labels, test = (torch.cat([each, torch.zeros(len(hard), dtype=torch.bool)]) for each in (labels, test))
        trained = train_classifier(features, labels, test)
    return trained


def _false_alarms(detector: LinearDetector) -> Tensor:
    """The windows of the photos without a face that score best, with their margins: (n, 35, 35)."""
    found = []
    for photo in _photos():
        for scale in _SCALES:
            image = resized(photo, scale)
            if min(image.shape[1:]) < FACE_SIDE:
                continue
            scores = detector.score(image)
            best = torch.topk(scores.flatten(), min(_HARD, scores.numel())).indices
            rows, columns = (each * detector.stride for each in (best // scores.shape[1], best % scores.shape[1]))
            padded = functional.pad(image[None], [MARGIN] * 4, mode="replicate")[0, 0]
            side = FACE_SIDE + 2 * MARGIN
            places = zip(rows.tolist(), columns.tolist(), strict=True)
            found += [padded[row : row + side, column : column + side] for row, column in places]
    return torch.stack(found)


@cache
def _photos() -> tuple[Tensor, ...]:
    """Photos of scikit-image's without a human face: (1, rows, columns), brightness from 0 to 1."""
    photos = []
    for name in _WITHOUT_FACES:
        with Image.open(_folder() / name) as photo:
            pixels = np.array(photo.convert("L"))
        photos.append(torch.from_numpy(pixels).double()[None] / 255)
    return tuple(photos)


def _folder() -> Path:
    # By its path: scikit-image's own functions would go and download a file that is missing.
    found = find_spec("skimage")
    if found is None or found.origin is None:
        raise ImportError("scikit-image is not installed: its wheel holds the faces")
    return Path(found.origin).parent / "data"
