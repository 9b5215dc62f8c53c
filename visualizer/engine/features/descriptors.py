"""The descriptor of each kind at one point, and how much it changes when the image does."""

from __future__ import annotations

import math
from functools import cached_property

import torch
from torch import Tensor

from visualizer.engine.features.patches import cut_patches, dominant_angle, dominant_angles
from visualizer.engine.features.ring_descriptors import gloh, rift, spin_image
from visualizer.engine.features.sift import Keypoints, orb, sift
from visualizer.engine.features.similarity import Similarity
from visualizer.engine.features.textons import Textons, filter_responses, learn_textons, texton_histogram, texton_map
from visualizer.engine.walks.hog.hog import HogLayout, hog_by_skimage

Point = tuple[float, float]
RADIUS = 20.0
"""Of the regions that spin images, RIFT, GLOH and textons describe, in pixels."""
HOG_CELL, HOG_BLOCK, HOG_BINS = 8, 2, 9
NEAR = 3.0
_NOTHING = 1e-4
"""Shorter descriptors are rounding errors of a flat region: L2-Hys makes them larger twice."""


class Described:
    """An image (H, W) from 0 to 1 with what takes a while, computed when it is first asked for.

    Where it is to be compared with another, `like`, it takes that one's textons; else its own are learned.
    """

    def __init__(self, image: Tensor, like: Described | None = None) -> None:
        self.image = image
        self._like = like

    @cached_property
    def keypoints(self) -> Keypoints:
        return sift(self.image.numpy())

    @cached_property
    def orb(self) -> Keypoints:
        return orb(self.image.numpy())

    @cached_property
    def responses(self) -> Tensor:
        """The answers of the filters, (8, H, W)."""
        return filter_responses(self.image)

    @cached_property
    def textons(self) -> Textons:
        return self._like.textons if self._like else learn_textons(self.responses)

    @cached_property
    def labels(self) -> Tensor:
        """The texton of each pixel, (H, W)."""
        # Only the image whose textons they are is asked for its responses again: they are 8 times as large as it.
        responses = filter_responses(self.image) if self._like else self.responses
        return texton_map(responses, self.textons)


def hog_at(image: Tensor, point: Point) -> Tensor:
    """HOG of the block of 2 × 2 cells of 8 × 8 pixels around a point: (4, 9)."""
    side = HOG_CELL * HOG_BLOCK
    patch = hog_patch(image, point)[0]
    layout = HogLayout(side, side, HOG_CELL, HOG_BLOCK, HOG_BINS)
    return torch.from_numpy(hog_by_skimage(patch.numpy(), layout)).reshape(HOG_BLOCK**2, HOG_BINS)


def hog_patch(image: Tensor, point: Point) -> Tensor:
    """The pixels of that block: (1, 16, 16)."""
    side = HOG_CELL * HOG_BLOCK
    return cut_patches(image, torch.tensor([point]), (side - 1) / 2, side=side)


def region(image: Tensor, points: Tensor, radius: float = RADIUS, *, upright: bool = False) -> Tensor:
    """The regions (n, 41, 41) around points; `upright` turns each to its dominant direction."""
    side = 2 * int(RADIUS) + 1
    patches = cut_patches(image, points, radius, side=side)
    return cut_patches(image, points, radius, side=side, angle=dominant_angle(patches)) if upright else patches


def all_upright(image: Tensor, point: Tensor, radius: float = RADIUS) -> Tensor:
    """The region around one point (1, 2), turned to each of its dominant directions: (k, 41, 41)."""
    side = 2 * int(RADIUS) + 1
    angles = dominant_angles(cut_patches(image, point, radius, side=side)[0])
    return cut_patches(image, point.expand(len(angles), 2), radius, side=side, angle=angles)


def descriptor_changes(
    before: Described, after: Described, motion: Similarity, point: Point, *, follow: bool = True
) -> dict[str, float | None]:
    """How far each descriptor at a point moves when the image does, as a share of its length; None where SIFT is lost.

    SIFT is taken at the keypoint nearest to the point, and again at the one nearest to where that goes, within 3
    pixels. Of GLOH's directions after the change the best counts. The regions of spin image, RIFT and GLOH `follow` the
    scale, as those of a detector would, or keep their size in pixels, as HOG's block and the textons' region do.
    """
    there = _moved(before, motion, point)
    size = RADIUS * motion.scale if follow else RADIUS
    here, others = torch.tensor([point], dtype=torch.float64), torch.tensor([there], dtype=torch.float64)
    found: dict[str, float | None] = {"SIFT": sift_change(before, after, motion, point)}
    found["HOG"] = change(hog_at(before.image, point), hog_at(after.image, there))
    for name, function in (("Spin image", spin_image), ("RIFT", rift)):
        found[name] = change(function(region(before.image, here)), function(region(after.image, others, size)))
    one = gloh(region(before.image, here, upright=True))
    found["GLOH"] = min(change(one, other[None]) for other in gloh(all_upright(after.image, others, size)))
    count = len(before.textons.centres)
    pair = [texton_histogram(each.labels, at, RADIUS, count) for each, at in ((before, point), (after, there))]
    return found | {"Textons": change(*pair)}


def sift_change(before: Described, after: Described, motion: Similarity, point: Point) -> float | None:
    """Of SIFT alone; the nearest of several descriptors where a place has more than one direction."""
    number = before.keypoints.nearest(point)
    if number is None or not len(after.keypoints):
        return None
    goal = motion.where(before.keypoints.places[number : number + 1], *before.image.shape)
    near = ((after.keypoints.places - goal).norm(dim=1) <= NEAR).nonzero()[:, 0].tolist()
    descriptors = (torch.tensor(each.keypoints.descriptors, dtype=torch.float64) for each in (before, after))
    one, all_ = next(descriptors)[number], next(descriptors)
    return min((change(one, all_[other]) for other in near), default=None)


def change(before: Tensor, after: Tensor) -> float:
    """‖after − before‖ / ‖before‖; 0 where both are nothing."""
    length, moved = float(before.norm()), float((after - before).norm())
    return moved / length if length > _NOTHING else math.inf if moved > _NOTHING else 0.0


def _moved(before: Described, motion: Similarity, point: Point) -> Point:
    row, column = motion.where(torch.tensor([point], dtype=torch.float64), *before.image.shape)[0].tolist()
    return row, column
