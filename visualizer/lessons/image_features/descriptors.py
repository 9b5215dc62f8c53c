"""The way from pixels to a descriptor at a point, in three to five images."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from visualizer.engine.features.descriptors import HOG_BLOCK, RADIUS, hog_at, hog_patch, region
from visualizer.engine.features.features import gloh, rift, spin_image, texton_histogram
from visualizer.engine.features.patches import cut_patches, disc, gradients
from visualizer.engine.features.ring_descriptors import (
    DIRECTIONS,
    PLACES,
    RADII,
    REACH,
    RINGS,
    SECTORS,
    normalised_brightness,
    outward_angle,
)
from visualizer.engine.features.textons import filter_bank
from visualizer.figures.histograms import figure_bars, figure_heat, figure_roses, figure_scatter
from visualizer.figures.over_picture import BRIGHT, FAINT, circle, line_path, over_picture, ray, turned_grid
from visualizer.inputs.images.pictures import file_of
from visualizer.lessons.image_features.about import HEX
from visualizer.lessons.image_features.settings import GLOH, HOG, RIFT, SIFT, SPIN, TEXTONS
from visualizer.lessons.image_features.working import Working, grey_file

Pixel = tuple[float, float]
_LARGE = 4
"""Patches of some forty pixels are drawn so many times larger."""


@dataclass(frozen=True)
class Tile:
    """An image of the way: an SVG figure or a file, what it shows, and whether it turns dark with the page."""

    figure: str | bytes
    words: str
    themed: bool = True


def way(feature: str, shown: Working, point: Pixel) -> list[Tile]:
    """The images, the descriptor last; none where SIFT has no keypoint."""
    return _WAYS[feature](shown, point)


def _patch(values: Tensor, words: str, parts: list[str] | None = None) -> Tile:
    """A grey patch (S, S), stretched over all greys, with lines in units of its pixels over it."""
    low, high = float(values.min()), float(values.max())
    file = grey_file((values - low) / (high - low) if high > low else torch.full_like(values, 0.5))
    side = values.shape[0]
    figure = over_picture(file, side, side, parts or [], words)
    return Tile(
        figure.replace(
            f'width="{2 * side}" height="{2 * side}"', f'width="{_LARGE * side}" height="{_LARGE * side}"', 1
        ),
        words,
        False,
    )


def _arrows(patch: Tensor, every: int, colour: str = BRIGHT) -> str:
    """Gradients as short lines, the longest as long as its cell."""
    right, down = gradients(patch)
    most = float(torch.hypot(right, down).max()) or 1.0
    half = every // 2
    lines = []
    for row in range(half, patch.shape[0], every):
        for column in range(half, patch.shape[1], every):
            x, y = (float(each[row, column]) / most * every * 0.95 for each in (right, down))
            if math.hypot(x, y) > 0.15:
                lines.append(f"M{column + 0.5:g} {row + 0.5:g}l{x:.2f} {y:.2f}")
    return line_path("".join(lines), colour, 0.35)


def _sift(shown: Working, point: Pixel) -> list[Tile]:
    keypoints = shown.described.keypoints
    number = keypoints.nearest(point)
    if number is None:
        return []
    place, radius, angle = keypoints.places[number : number + 1], keypoints.radii[number], keypoints.angles[number]
    side = 49
    wide = cut_patches(shown.image, place, 1.6 * radius, side=side)[0]
    turned = cut_patches(shown.image, place, radius, side=side, angle=angle)[0]
    middle, reach = side / 2, side / 2 / 1.6
    square = turned_grid(middle, middle, reach, float(angle), 4) + ray(middle, middle, float(angle), 0, 1.3 * reach)
    # scikit-image lays the histograms out by the direction's own axes, and counts angles the other way about.
    descriptor = keypoints.descriptors[number].astype(float)
    rows = upright_histograms(descriptor)
    return [
        _patch(
            wide,
            f"The keypoint's surroundings: a radius of {float(radius):.0f} pixels is described.",
            [line_path(square, BRIGHT, 0.5)],
        ),
        _patch(
            turned,
            "Turned to its direction: a turn of the image is undone.",
            [line_path(turned_grid(middle, middle, middle, 0, 4), FAINT, 0.25)],
        ),
        _patch(turned, "The gradients: which way and how fast it gets brighter.", [_arrows(turned, 4)]),
        Tile(
            figure_roses(rows, 4, turn=360, title="4 × 4 histograms of 8 directions"),
            "In each of 4 × 4 cells, 8 directions counted.",
        ),
        Tile(
            figure_bars(
                descriptor.tolist(),
                groups=16,
                below="128 numbers, from 0 to 255",
                title="SIFT's descriptor",
                ticks=False,
            ),
            "All in a row, normalised, cut at 0.2, normalised again.",
        ),
    ]


def upright_histograms(descriptor: np.ndarray) -> list[list[float]]:
    """scikit-image's 4 × 4 × 8 numbers, its first axis along the direction, as the turned patch is seen.

    It counts angles from downwards to the right; we count from the right downwards.
    """
    cells = descriptor.reshape(4, 4, 8)
    seen = cells.transpose(1, 0, 2)[::-1]
    flipped = np.roll(seen[..., ::-1], 1, axis=2)
    return [[float(value) for value in cell] for row in flipped for cell in row]


def _hog(shown: Working, point: Pixel) -> list[Tile]:
    patch = hog_patch(shown.image, point)[0]
    side = patch.shape[0]
    grid = line_path(turned_grid(side / 2, side / 2, side / 2, 0, HOG_BLOCK), FAINT, 0.15)
    histogram = hog_at(shown.image, point)
    arrows = (
        _arrows(patch, 1)
        .replace('stroke-width="0.35"', 'stroke-width="0.12"')
        .replace('stroke-width="0.77"', 'stroke-width="0.3"')
    )
    return [
        _patch(patch, "16 × 16 pixels around the point: 2 × 2 cells.", [grid]),
        _patch(patch, "The gradients: right neighbour less left, lower less upper.", [arrows]),
        Tile(
            figure_roses(histogram.tolist(), HOG_BLOCK, turn=180, title="Histograms of 9 directions over 180°"),
            "Each pixel votes with its gradient's length for one of 9 directions, dark to light or light to dark.",
        ),
        Tile(
            figure_bars(
                histogram.flatten().tolist(), groups=4, below="4 cells × 9 bins", title="HOG of the block", ticks=False
            ),
            "The block, normalised to length 1, cut at 0.2, normalised again.",
        ),
    ]


def _spin(shown: Working, point: Pixel) -> list[Tile]:
    patch = region(shown.image, torch.tensor([point]))
    side = patch.shape[-1]
    distance, _ = disc(side)
    inside = distance <= 1
    even = normalised_brightness(patch)[0]
    pairs = zip(
        distance[inside].tolist(), ((even[inside].clamp(-REACH, REACH) + REACH) / 2 / REACH).tolist(), strict=True
    )
    found = spin_image(patch)[0]
    rim = line_path(circle(side / 2, side / 2, RADIUS), BRIGHT, 0.4)
    rings = line_path("".join(circle(side / 2, side / 2, RADIUS * ring / 10) for ring in range(1, 11)), FAINT, 0.2)
    return [
        _patch(patch[0], f"The region, {RADIUS:.0f} pixels around the point.", [rim]),
        _patch(even.clamp(-REACH, REACH), "Brightness with mean 0 and spread 1, in 10 rings by distance.", [rings]),
        Tile(
            figure_scatter(
                list(pairs), across="distance", down="brightness", title="Each pixel by distance and brightness"
            ),
            "Each pixel by its distance and its brightness: where it stood on its ring is forgotten.",
        ),
        Tile(
            figure_heat(
                found.T.flip(0).tolist(),
                across="distance, 10 rings",
                down="brightness, 10 levels",
                title="The spin image",
            ),
            "The same as a soft histogram, each ring with the sum 1: the spin image.",
        ),
    ]


def _rift(shown: Working, point: Pixel) -> list[Tile]:
    patch = region(shown.image, torch.tensor([point]))
    _side, middle = patch.shape[-1], patch.shape[-1] / 2
    rings = line_path("".join(circle(middle, middle, RADIUS * (ring + 1) / RINGS) for ring in range(RINGS)), FAINT, 0.3)
    angle, length = outward_angle(patch)
    outwards = torch.cos(angle[0]) * length[0]
    found = rift(patch)[0]
    return [
        _patch(patch[0], f"The region, {RADIUS:.0f} pixels around the point, in {RINGS} rings.", [rings]),
        _patch(patch[0], "The gradients.", [_arrows(patch[0], 4), rings]),
        _patch(
            outwards,
            "Bright: it gets brighter on the way outwards; dark: on the way in. A turn changes nothing of it.",
            [rings],
        ),
        Tile(
            figure_heat(found.tolist(), across="angle from the way outwards, 8 × 45°", down="ring", title="RIFT"),
            "In each ring, gradients by their angle from the way outwards: 32 numbers.",
        ),
    ]


def _gloh(shown: Working, point: Pixel) -> list[Tile]:
    here = torch.tensor([point])
    before, patch = region(shown.image, here)[0], region(shown.image, here, upright=True)
    _side, middle = patch.shape[-1], patch.shape[-1] / 2
    sectors = "".join(
        ray(middle, middle, 2 * math.pi * (s + 0.5) / SECTORS, RADIUS * RADII[0], RADIUS) for s in range(SECTORS)
    )
    net = line_path(sectors + "".join(circle(middle, middle, RADIUS * radius) for radius in RADII), FAINT, 0.3)
    found = gloh(patch)[0]
    return [
        _patch(before, f"The region, {RADIUS:.0f} pixels around the point."),
        _patch(patch[0], "Turned to the direction in which most of the brightness grows; 17 places.", [net]),
        _patch(patch[0], "The gradients.", [_arrows(patch[0], 4), net]),
        Tile(
            figure_heat(
                found.tolist(),
                across=f"{DIRECTIONS} directions",
                down=f"{PLACES} places, the middle first",
                title="GLOH",
            ),
            "In each place, 16 directions counted: 272 numbers.",
        ),
    ]


def _textons(shown: Working, point: Pixel) -> list[Tile]:
    described = shown.described
    count = len(described.textons.centres)
    found = texton_histogram(described.labels, point, RADIUS, count)
    window = region(shown.image, torch.tensor([point]))[0]
    names = "3 scales of edges, 3 of bars, a Gaussian, a Laplacian"
    return [
        _patch(
            window,
            f"The region, {RADIUS:.0f} pixels around the point.",
            [line_path(circle(window.shape[0] / 2, window.shape[0] / 2, RADIUS), BRIGHT, 0.4)],
        ),
        Tile(
            _montage(filter_bank()[torch.tensor([2, 8, 14, 20, 26, 32, 36, 37])], 4),
            f"Filters: {names}. Edges and bars come in 6 orientations, the strongest counts.",
            False,
        ),
        Tile(_montage(described.responses, 2), "Their 8 answers at every pixel.", False),
        Tile(
            figure_bars(
                found.tolist(), below=f"share of each of the {count} textons", title="Texton histogram", colours=HEX
            ),
            "How often each texton comes up in the region.",
        ),
    ]


def _montage(maps: Tensor, columns: int) -> bytes:
    """Maps (n, H, W), each from its least to its most, side by side as an image."""
    low, high = maps.amin(dim=(1, 2), keepdim=True), maps.amax(dim=(1, 2), keepdim=True)
    grey = ((maps - low) / (high - low).clamp(min=1e-12) * 255).round().to(torch.uint8)
    grey = torch.nn.functional.pad(grey, (1, 1, 1, 1), value=255)
    rows = [torch.cat(list(part), dim=1) for part in torch.split(grey, columns)]
    return file_of(torch.cat(rows, dim=0).numpy())


_WAYS: Mapping[str, Callable[[Working, Pixel], list[Tile]]] = {
    SIFT: _sift, HOG: _hog, SPIN: _spin, RIFT: _rift, GLOH: _gloh, TEXTONS: _textons
}  # fmt: skip
