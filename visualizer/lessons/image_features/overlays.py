"""Each feature laid over the image."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor

from visualizer.engine.features.descriptors import HOG_BINS, HOG_BLOCK, HOG_CELL, RADIUS, region
from visualizer.engine.features.features import gloh, rift, spin_image
from visualizer.engine.features.patches import dominant_angle
from visualizer.engine.features.ring_descriptors import RADII, RINGS, SECTORS
from visualizer.engine.walks.hog.hog import HogLayout
from visualizer.figures.over_picture import BRIGHT, FAINT, circle, line_path, over_picture, ray, turned_grid
from visualizer.inputs.images.pictures import file_of
from visualizer.lessons.image_features.about import ABOUT, coloured
from visualizer.lessons.image_features.settings import GLOH, HOG, RIFT, SIFT, SPIN, TEXTONS
from visualizer.lessons.image_features.working import Working
from visualizer.once import once

Pixel = tuple[float, float]
_STEP = 12
_LEVELS = 6
_BRIGHT = 0.25
"""The share of all places that is drawn bright: those whose descriptor is most alike."""
DESCRIBE: dict[str, Callable[[Tensor], Tensor]] = {SPIN: spin_image, RIFT: rift, GLOH: gloh}


def overlay(feature: str, shown: Working, point: Pixel) -> str:
    """The image with the feature over it, as SVG. `point` is (row, column)."""
    height, width = shown.size
    file = shown.file
    if feature == TEXTONS:
        parts = [line_path(circle(*_centred(point), RADIUS), width=1.2)]
        file = once(shown, "texton image", lambda: texton_picture(shown))
    else:
        parts = list({SIFT: _sift, HOG: _hog}.get(feature, _alike(feature))(shown, point))
    return over_picture(file, height, width, parts, ABOUT[feature].overlay)


def _centred(point: Pixel) -> Pixel:
    """Pixels are squares in the figure, and their places are counted at their middles."""
    return point[0] + 0.5, point[1] + 0.5


def _sift(shown: Working, point: Pixel) -> Iterator[str]:
    keypoints = shown.described.keypoints
    path = []
    for place, radius, angle in zip(
        keypoints.places.tolist(), keypoints.radii.tolist(), keypoints.angles.tolist(), strict=True
    ):
        middle = _centred((place[0], place[1]))
        path.append(circle(*middle, 0.8) + ray(*middle, angle, 0.8, radius))
    yield line_path("".join(path), FAINT, 0.7, 0.85)
    number = keypoints.nearest(point)
    if number is not None:
        row, column = keypoints.places[number].tolist()
        radius, angle = float(keypoints.radii[number]), float(keypoints.angles[number])
        middle = _centred((row, column))
        yield line_path(turned_grid(*middle, radius, angle, 4) + ray(*middle, angle, 0, 1.3 * radius), BRIGHT, 0.9)


def _hog(shown: Working, point: Pixel) -> Iterator[str]:
    height, width = shown.size
    layout = HogLayout(height, width, HOG_CELL, 1, HOG_BINS)
    cells = once(shown, "hog", lambda: _cells(shown, layout))
    strongest = float(np.quantile(cells, 0.99)) or 1.0
    paths: list[list[str]] = [[] for _ in range(_LEVELS)]
    for (row, column, b), value in np.ndenumerate(cells):
        level = min(_LEVELS - 1, int(value / strongest * _LEVELS))
        if level:
            # An edge runs across the direction in which brightness grows.
            angle = math.pi * ((b + 0.5) / HOG_BINS + 0.5)
            paths[level].append(ray((row + 0.5) * HOG_CELL, (column + 0.5) * HOG_CELL, angle, -3.4, 3.4))
    for level, path in enumerate(paths):
        if path:
            yield line_path("".join(path), BRIGHT, 0.6, (level + 1) / _LEVELS)
    yield line_path(turned_grid(*_centred(point), HOG_CELL * HOG_BLOCK / 2, 0, HOG_BLOCK), FAINT, 1.2)


def _cells(shown: Working, layout: HogLayout) -> np.ndarray:
    """The cells' histograms, each as strong as its gradients are: (rows, columns, bins)."""
    from visualizer.engine.walks.hog.hog import hog_arrays

    return hog_arrays(shown.image[None], layout)["h"].numpy()


def _alike(feature: str) -> Callable[[Working, Pixel], Iterator[str]]:
    """Where the descriptor is like the one at the point, and the region with its parts."""

    def parts(shown: Working, point: Pixel) -> Iterator[str]:
        places, found = once(shown, f"{feature} everywhere", lambda: everywhere(feature, shown))
        here = DESCRIBE[feature](region(shown.image, torch.tensor([point]), upright=feature == GLOH))
        apart = (found - here).flatten(1).norm(dim=1)
        rank = apart.argsort().argsort().double() / len(apart)
        paths: list[list[str]] = [[] for _ in range(_LEVELS)]
        for (row, column), share in zip(places.tolist(), rank.tolist(), strict=True):
            level = max(0, math.ceil((1 - share / _BRIGHT) * _LEVELS) - 1)
            if level:
                paths[level].append(
                    f"M{column - _STEP / 2 + 0.5:g} {row - _STEP / 2 + 0.5:g}h{_STEP}v{_STEP}h-{_STEP}z"
                )
        for level, path in enumerate(paths):
            yield f'<path d="{"".join(path)}" fill="{BRIGHT}" fill-opacity="{0.75 * level / _LEVELS:.2f}"/>'
        yield line_path(_shape(feature, shown, point), FAINT, 1.1)

    return parts


def _shape(feature: str, shown: Working, point: Pixel) -> str:
    """The region's outline and its parts, as a path."""
    middle = _centred(point)
    if feature == SPIN:
        return circle(*middle, RADIUS)
    if feature == RIFT:
        return "".join(circle(*middle, RADIUS * (ring + 1) / RINGS) for ring in range(RINGS))
    turn = float(dominant_angle(region(shown.image, torch.tensor([point])))[0])
    rays = [turn + 2 * math.pi * (sector + 0.5) / SECTORS for sector in range(SECTORS)]
    rings = "".join(circle(*middle, RADIUS * radius) for radius in RADII)
    return rings + "".join(ray(*middle, angle, RADIUS * RADII[0], RADIUS) for angle in rays)


def everywhere(feature: str, shown: Working) -> tuple[Tensor, Tensor]:
    """Places (n, 2) all over the image, 12 pixels apart, and the descriptor at each."""
    rows, columns = (torch.arange(_STEP / 2, size, _STEP, dtype=torch.float64) for size in shown.size)
    places = torch.cartesian_prod(rows, columns)
    parts = [DESCRIBE[feature](region(shown.image, part, upright=feature == GLOH)) for part in torch.split(places, 200)]
    return places, torch.cat(parts)


def texton_picture(shown: Working) -> bytes:
    """Every pixel in its texton's colour, the brightness shining through."""
    colours = coloured(shown.described.labels)
    grey = shown.image[..., None].numpy() * 0.6 + 0.4
    return file_of((colours * grey).round().astype(np.uint8))
