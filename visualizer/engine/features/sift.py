"""Keypoints with their descriptors, as scikit-image finds them: SIFT and ORB."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from skimage.feature import ORB, SIFT
from torch import Tensor

MIN_SIDE = 24
"""Smaller images have no room for what the detectors smooth and compare."""
MAX_ORB = 500
Method = Literal["SIFT", "ORB"]


@dataclass(frozen=True, eq=False)
class Keypoints:
    """Points that can be found again: `places` (n, 2) as (row, column), `radii` and `angles` (n,).

    `descriptors` is (n, D): SIFT has 128 numbers from 0 to 255 a point, ORB 256 bits. A radius is that of the region
    that is described, in pixels; an angle counts from the right downwards, in radians.
    """

    method: Method
    places: Tensor
    radii: Tensor
    angles: Tensor
    descriptors: np.ndarray

    def __len__(self) -> int:
        return len(self.places)

    def nearest(self, point: tuple[float, float]) -> int | None:
        """The keypoint that is nearest to a point (row, column); None where there is none."""
        if not len(self):
            return None
        return int((self.places - torch.tensor(point, dtype=torch.float64)).norm(dim=1).argmin())


def sift(image: np.ndarray) -> Keypoints:
    """SIFT's keypoints in an image (H, W) from 0 to 1: none in one that is flat, or smaller than 24 pixels.

    Source: Lowe 2004; scikit-image's version, with its standard settings (it doubles the image first).
    """
    detector: Any = SIFT()  # type: ignore[no-untyped-call]
    if not _found(detector, image):
        return _nothing("SIFT", np.zeros((0, 128), np.uint8))
    # Four by four histograms, each lambda_descr / 2 scales wide on either side of the middle.
    radii = detector.lambda_descr * detector.sigmas
    angles = math.pi / 2 - detector.orientations  # scikit-image's count from downwards
    return _keypoints("SIFT", detector.positions, radii, angles, detector.descriptors)


def orb(image: np.ndarray) -> Keypoints:
    """ORB's keypoints, at most 500: FAST corners with an orientation, described by 256 comparisons of brightness.

    Source: Rublee, Rabaud, Konolige & Bradski 2011; scikit-image's version.
    """
    detector: Any = ORB(n_keypoints=MAX_ORB)  # type: ignore[no-untyped-call]
    if not _found(detector, image):
        return _nothing("ORB", np.zeros((0, 256), bool))
    angles = math.pi / 2 - detector.orientations
    return _keypoints("ORB", detector.keypoints, 15.0 * detector.scales, angles, detector.descriptors)


def _found(detector: Any, image: np.ndarray) -> bool:
    if min(image.shape) < MIN_SIDE or float(np.ptp(image)) < 1e-6:
        return False
    try:
        detector.detect_and_extract(image)
    except RuntimeError:  # its way to say that there is nothing
        return False
    return len(detector.keypoints) > 0


def _keypoints(
    method: Method, places: np.ndarray, radii: np.ndarray, angles: np.ndarray, descriptors: np.ndarray
) -> Keypoints:
    found = [torch.tensor(np.asarray(each), dtype=torch.float64) for each in (places, radii, angles)]
    return Keypoints(method, found[0], found[1], found[2], descriptors)


def _nothing(method: Method, descriptors: np.ndarray) -> Keypoints:
    return _keypoints(method, np.zeros((0, 2)), np.zeros(0), np.zeros(0), descriptors)
