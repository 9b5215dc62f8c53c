"""The answers of the lesson in words, computed from the numbers."""

from __future__ import annotations

import torch

from visualizer.engine.features.descriptors import HOG_BINS, RADIUS, hog_at, region
from visualizer.engine.features.features import gloh, rift, texton_histogram
from visualizer.lessons.image_features.overlays import DESCRIBE, everywhere
from visualizer.lessons.image_features.settings import GLOH, HOG, RIFT, SIFT, TEXTONS
from visualizer.lessons.image_features.working import Working
from visualizer.once import once
from visualizer.text.numbers import percent

Pixel = tuple[float, float]
_FLAT = 1e-3


def feature_answer(feature: str, shown: Working, point: Pixel) -> str:
    """What the feature says at the point."""
    return f"**Answer.** {_words(feature, shown, point)}"


def _words(feature: str, shown: Working, point: Pixel) -> str:
    if feature == SIFT:
        return _sift(shown, point)
    if feature == HOG:
        return _hog(shown, point)
    if feature == TEXTONS:
        return _textons(shown, point)
    here = region(shown.image, torch.tensor([point]), upright=feature == GLOH)
    if float(here.max() - here.min()) < _FLAT:
        return "The region around the point is flat: there is nothing to describe. Choose a point with some structure."
    name, size = {RIFT: ("RIFT", 32), GLOH: ("GLOH", 272)}.get(feature, ("the spin image", 100))
    return f"Here {name} is {size} numbers. {_twin(feature, shown, point)}{_own(feature, here)}"


def _sift(shown: Working, point: Pixel) -> str:
    keypoints = shown.described.keypoints
    number = keypoints.nearest(point)
    if number is None:
        return (
            "**SIFT finds no keypoint** in this image: it has no blob or corner that stands out from what is around "
            "it. Choose another image, or one with more contrast."
        )
    away = float((keypoints.places[number] - torch.tensor(point, dtype=torch.float64)).norm())
    radius, angle = float(keypoints.radii[number]), float(keypoints.angles[number].rad2deg() % 360)
    return (
        f"SIFT finds **{len(keypoints)} keypoints**. The nearest is {away:.0f} pixels from the point; around it a "
        f"radius of {radius:.0f} pixels is described, turned by {angle:.0f}°, by 128 numbers."
    )


def _hog(shown: Working, point: Pixel) -> str:
    histogram = hog_at(shown.image, point).sum(dim=0)
    total, width = float(histogram.sum()), 180 // HOG_BINS
    if total < _FLAT:
        return "The 16 × 16 pixels around the point are flat: no gradient, so all 36 numbers are 0."
    most = int(histogram.argmax())
    return (
        f"Here HOG is 36 numbers. **{percent(float(histogram[most]) / total, 0)}** of their sum is in the bin of "
        f"{most * width}° to {(most + 1) * width}°: brightness grows {_way(most)}, so most edges run {_edge(most)}."
    )


def _way(bin_: int) -> str:
    return ("sideways", "slantwise", "up or down", "slantwise", "sideways")[(bin_ + 1) // 2 if bin_ < 8 else 4]


def _edge(bin_: int) -> str:
    return ("upright", "slantwise", "level", "slantwise", "upright")[(bin_ + 1) // 2 if bin_ < 8 else 4]


def _textons(shown: Working, point: Pixel) -> str:
    textons, labels = shown.described.textons, shown.described.labels
    count = len(textons.centres)
    if count == 1:
        return "The image is flat: every filter answers the same everywhere, so there is one texton."
    found = texton_histogram(labels, point, RADIUS, count)
    most, several = int(found.argmax()), int((found > 0.05).sum())
    return (
        f"The image's pixels fall into **{count} textons**. Around the point, texton {most + 1} comes up most, "
        f"{percent(float(found[most]), 0)} of the pixels; {several} come up more than one time in twenty."
    )


def _twin(feature: str, shown: Working, point: Pixel) -> str:
    """The place whose descriptor is most alike, out of reach of the region itself."""
    places, all_ = once(shown, f"{feature} everywhere", lambda: everywhere(feature, shown))
    here = DESCRIBE[feature](region(shown.image, torch.tensor([point]), upright=feature == GLOH))
    apart = (all_ - here).flatten(1).norm(dim=1)
    far = (places - torch.tensor(point, dtype=torch.float64)).norm(dim=1) > 2 * RADIUS
    if not bool(far.any()):
        return "The image has no second region to compare it with. "
    nearest = int(torch.where(far, apart, torch.inf).argmin())
    row, column = places[nearest].tolist()
    near, usual = (float(each / here.norm()) for each in (apart[nearest], apart[far].median()))
    return (
        f"Beyond the region itself, the most alike stands {row:.0f} pixels from the top, {column:.0f} from the left: "
        f"its numbers differ by **{percent(near, 0)}**, those of half of all places by more than {percent(usual, 0)}. "
    )


def _own(feature: str, here: torch.Tensor) -> str:
    if feature == RIFT:
        outwards = rift(here)[0].sum(dim=0)
        share = float(outwards[[7, 0, 1]].sum() / outwards.sum())
        return f"{percent(share, 0)} of the gradients, by length, point outwards."
    if feature == GLOH:
        middle = float(gloh(here)[0, 0].norm())
        return f"The middle place has {percent(middle**2, 0)} of the squared length."
    return ""
