"""Scanning: a classifier of patches laid on every window of an image, at several scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional

MAX_CANDIDATES = 3000


class Detector(Protocol):
    """What says how much a window looks like what is sought. The windows of an image are `stride` pixels apart."""

    @property
    def window(self) -> tuple[int, int]: ...

    @property
    def stride(self) -> int: ...

    def score(self, image: Tensor) -> Tensor:
        """Scores (window rows, window columns) of an image (channels, rows, columns) that holds one."""
        ...


@dataclass(frozen=True, eq=False)
class Level:
    """One scale of the pyramid.

    `scale` is its size over the image's; `size` its rows and columns; `shrink` the exact factors, down and across;
    scores (window rows, window columns), float64.
    """

    scale: float
    size: tuple[int, int]
    shrink: tuple[float, float]
    window: tuple[int, int]
    stride: int
    scores: Tensor

    def box(self, row: int, column: int) -> tuple[float, float, float, float]:
        """Top, left, height and width of a window, in pixels of the image."""
        down, across = self.shrink
        top, left = row * self.stride / down, column * self.stride / across
        return top, left, self.window[0] / down, self.window[1] / across

    def boxes(self, places: Tensor) -> Tensor:
        """The boxes (n, 4) of windows numbered row by row."""
        rows, columns = places // self.scores.shape[1], places % self.scores.shape[1]
        down, across = self.shrink
        sides = torch.tensor([self.window[0] / down, self.window[1] / across], dtype=torch.float64)
        corners = torch.stack([rows * self.stride / down, columns * self.stride / across], dim=1)
        return torch.cat([corners, sides.expand(len(places), 2)], dim=1)

    def place_at(self, row: float, column: float) -> tuple[int, int]:
        """The window whose middle is nearest to a pixel of the image."""
        found = []
        for at, factor, side, count in zip((row, column), self.shrink, self.window, self.scores.shape, strict=True):
            found.append(max(0, min(count - 1, round((at * factor - side / 2) / self.stride))))
        return found[0], found[1]


@dataclass(frozen=True, eq=False)
class Scan:
    """All levels of an image that are at least as large as the window, and the scales that were left out."""

    levels: tuple[Level, ...]
    too_small: tuple[float, ...] = ()

    @property
    def windows(self) -> int:
        return sum(level.scores.numel() for level in self.levels)


@dataclass(frozen=True, eq=False)
class Candidates:
    """Windows with the best scores, the best first.

    Shapes: boxes (n, 4) in pixels of the image, scores (n,), levels (n,) and places (n,), int64: the window's level,
    and its number there, row by row.
    """

    boxes: Tensor
    scores: Tensor
    levels: Tensor
    places: Tensor

    def __len__(self) -> int:
        return len(self.scores)

    def only(self, chosen: Tensor) -> Candidates:
        return Candidates(self.boxes[chosen], self.scores[chosen], self.levels[chosen], self.places[chosen])

    def above(self, threshold: float) -> Candidates:
        """Those with at least this score."""
        return self.only(self.scores >= threshold)


def scales_of(first: float, ratio: float, count: int) -> tuple[float, ...]:
    """Scales from `first` downwards, each `ratio` times smaller than the one before."""
    return tuple(first / ratio**number for number in range(count))


def resized(image: Tensor, scale: float) -> Tensor:
    """The image (channels, rows, columns) at another scale: bilinear, and smoothed where it shrinks."""
    size = [max(1, round(side * scale)) for side in image.shape[1:]]
    if size == list(image.shape[1:]):
        return image
    return functional.interpolate(image[None], size=size, mode="bilinear", antialias=True, align_corners=False)[0]


def scan_image(image: Tensor, detector: Detector, scales: Sequence[float]) -> Scan:
    """The scores of every window at every scale at which the image is not smaller than the window.

    Shapes: image (channels, rows, columns).
    Raises: ValueError where it is smaller at every one.
    """
    levels, left_out = [], []
    for scale in scales:
        smaller = resized(image, scale)
        size = smaller.shape[1], smaller.shape[2]
        if any(side < least for side, least in zip(size, detector.window, strict=True)):
            left_out.append(scale)
            continue
        shrink = size[0] / image.shape[1], size[1] / image.shape[2]
        levels.append(Level(scale, size, shrink, detector.window, detector.stride, detector.score(smaller)))
    if not levels:
        height, width = detector.window
        raise ValueError(
            f"image of {image.shape[1]} × {image.shape[2]} pixels is smaller than the window of {height} × {width} "
            f"at every scale: a larger first scale, or a larger image, helps"
        )
    return Scan(tuple(levels), tuple(left_out))


def candidates_of(scan: Scan, most: int = MAX_CANDIDATES) -> Candidates:
    """The windows with the best scores of all levels, at most so many."""
    scores = torch.cat([level.scores.flatten() for level in scan.levels])
    counts = torch.tensor([level.scores.numel() for level in scan.levels])
    ends = counts.cumsum(0)
    best = torch.topk(scores, min(most, len(scores))).indices
    levels = torch.searchsorted(ends, best, right=True)
    places = best - (ends - counts)[levels]
    boxes = torch.empty((len(best), 4), dtype=torch.float64)
    for number, level in enumerate(scan.levels):
        here = levels == number
        boxes[here] = level.boxes(places[here])
    return Candidates(boxes, scores[best], levels, places)
