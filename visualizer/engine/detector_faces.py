"""Faces and patches without one, out of scikit-image's wheel, and a picture made of those that were held out.

Source: the subset of Labeled Faces in the Wild (Huang et al. 2007) in scikit-image: 100 faces and 100 patches without.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from visualizer.engine.detector_features import FeatureName, features_of, with_margin
from visualizer.engine.detector_linear import Trained, held_out, train_classifier

FACE_SIDE = 25
FACES_COUNT = 200
HELD_OUT = 0.3


@cache
def load_faces() -> tuple[Tensor, Tensor]:
    """All the patches; not to be changed in place.

    Shapes: patches (200, 25, 25) float64, brightness from 0 to 1; labels (200,) bool, whether it is a face.
    """
    # By its path: scikit-image's own functions would go and download a file that is missing.
    found = find_spec("skimage")
    if found is None or found.origin is None:
        raise ImportError("scikit-image is not installed: its wheel holds the faces")
    file = Path(found.origin).parent / "data" / "lfw_subset.npy"
    patches = torch.from_numpy(np.load(file, allow_pickle=False))
    return patches, torch.arange(FACES_COUNT) < FACES_COUNT // 2


def held_out_faces(seed: int) -> Tensor:
    """Which of the patches are kept for the test: 30 of each kind. (200,) bool."""
    return held_out(load_faces()[1], seed, HELD_OUT)


@lru_cache(16)
def train_faces(feature: FeatureName, seed: int) -> Trained:
    """A classifier of faces; each patch is learnt from twice, as it is and mirrored."""
    patches, labels = load_faces()
    test = held_out_faces(seed)
    mirrored = patches[~test].flip(2)
    features = features_of(feature, with_margin(torch.cat([patches, mirrored])))
    both = torch.cat([labels, labels[~test]])
    return train_classifier(features, both, torch.cat([test, torch.zeros(len(mirrored), dtype=torch.bool)]))
