"""Patches around the marks that the visitor set, and the classifier that is trained on them."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.detector.features import MARGIN, FeatureName, features_of
from visualizer.engine.detector.linear import Trained, held_out, train_classifier
from visualizer.lessons.detector.kept import Mark

_SHIFTS = (-2, 0, 2)
_HELD_OUT, _ENOUGH = 0.3, 4
"""Of each kind, from so many marks on, this share is held out."""


def train_marks(image: Tensor, marks: tuple[Mark, ...], side: int, feature: FeatureName, seed: int) -> Trained:
    """Train on the patches around the marks; each counts nine times, moved by up to 2 pixels down and across.

    Shape: image (1, rows, columns). Raises: ValueError where yes or no is missing, or a patch is larger than the image.
    """
    if missing := what_is_missing(marks):
        raise ValueError(missing)
    if side > min(image.shape[1:]):
        raise ValueError(
            f"A patch of {side} × {side} pixels does not fit on an image of {image.shape[2]} × {image.shape[1]}: "
            f"choose a smaller side, or a larger image."
        )
    labels = torch.tensor([mark.yes for mark in marks])
    few = min(int(labels.sum()), int((~labels).sum())) < _ENOUGH
    test = torch.zeros_like(labels) if few else held_out(labels, seed, _HELD_OUT)
    patches, of_mark, moved = [], [], []
    for number, mark in enumerate(marks):
        for down in _SHIFTS:
            for across in _SHIFTS:
                patches.append(patch_around(image[0], mark.row + down, mark.column + across, side))
                of_mark.append(number)
                moved.append(bool(down or across))
    numbers = torch.tensor(of_mark)
    used = ~(test[numbers] & torch.tensor(moved))
    features = features_of(feature, torch.stack(patches)[used])
    return train_classifier(features, labels[numbers][used], test[numbers][used])


def what_is_missing(marks: tuple[Mark, ...]) -> str:
    """What has to be marked before anything can be learned, in words; empty where nothing is missing."""
    yes = sum(mark.yes for mark in marks)
    if not marks:
        return "Nothing is marked yet. Click at least one place that is the thing, and one that is not."
    if yes == len(marks):
        return "All marks say yes. Click at least one place that is not the thing: a classifier tells two kinds apart."
    if not yes:
        return "All marks say no. Click at least one place that is the thing: a classifier tells two kinds apart."
    return ""


def patch_around(image: Tensor, row: int, column: int, side: int) -> Tensor:
    """The patch, kept within the image, with a margin that repeats the border: (side + 10, side + 10)."""
    rows, columns = image.shape
    top = max(0, min(rows - side, row - side // 2))
    left = max(0, min(columns - side, column - side // 2))
    padded = functional.pad(image[None, None], [MARGIN] * 4, mode="replicate")[0, 0]
    return padded[top : top + side + 2 * MARGIN, left : left + side + 2 * MARGIN]
