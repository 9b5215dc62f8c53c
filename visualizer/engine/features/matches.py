"""Keypoints of two images that go together, and those of them that agree on one motion."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from skimage.feature import match_descriptors
from skimage.measure import ransac
from skimage.transform import AffineTransform
from torch import Tensor

from visualizer.engine.features.sift import Keypoints

PIXELS = 3.0
"""A match agrees with a motion where it is no further off than this."""
_match: Callable[..., np.ndarray] = match_descriptors
_ransac: Callable[..., tuple[Any, Any]] = ransac
_MIN = 4
_TRIALS = 1000


@dataclass(frozen=True, eq=False)
class Matches:
    """Pairs (m, 2) of numbers of keypoints, and which of them RANSAC keeps as inliers (m,).

    Three pairs fit some motion always, so that fewer than four inliers are none.
    """

    pairs: np.ndarray
    inliers: np.ndarray

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def kept(self) -> int:
        return int(self.inliers.sum())


def match(first: Keypoints, second: Keypoints, ratio: float = 0.8, *, seed: int = 0) -> Matches:
    """Nearest descriptors both ways, at most `ratio` times as far off as the second nearest; RANSAC over the pairs.

    The motion is affine: turned, scaled, sheared and shifted. `seed` fixes which triples RANSAC tries.
    Source: Lowe 2004 for the ratio test; Fischler & Bolles 1981.
    """
    if min(len(first), len(second)) < 2:
        return Matches(np.zeros((0, 2), int), np.zeros(0, bool))
    one, other = (_comparable(each.descriptors) for each in (first, second))
    pairs = _match(one, other, max_ratio=ratio, cross_check=True)
    return Matches(pairs, _inliers(first.places[pairs[:, 0]], second.places[pairs[:, 1]], seed))


def _comparable(descriptors: np.ndarray) -> np.ndarray:
    """Bits stay bits, for their Hamming distance; bytes become numbers, whose difference can be below 0."""
    return descriptors if descriptors.dtype == bool else descriptors.astype(float)


def _inliers(here: Tensor, there: Tensor, seed: int) -> np.ndarray:
    none = np.zeros(len(here), bool)
    if len(here) < _MIN:
        return none
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where no motion fits it warns, and gives None
        _, found = _ransac(
            (here.numpy(), there.numpy()),
            AffineTransform,
            min_samples=3,
            residual_threshold=PIXELS,
            max_trials=_TRIALS,
            rng=seed,
        )
    return none if found is None or found.sum() < _MIN else np.asarray(found)
