"""Two descriptions of a patch that a linear classifier can learn from, each of them scanned as a convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.detector.linear import LinearClassifier
from visualizer.engine.detector.template import correlate

FeatureName = Literal["hog", "raw"]
CELL, BLOCK, BINS = 5, 2, 9
"""HOG as Dalal & Triggs have it, with smaller cells: 5 × 5 pixels, blocks of 2 × 2 cells, 9 orientations."""
_MAX, _MIN = 0.2, 1e-5
"""L2-Hys: a length never below the second; then no number above the first, and once more to length 1."""
MARGIN = CELL
"""So many pixels around a patch come with it, as HOG looks beyond its border."""


def hog_blocks(image: Tensor) -> Tensor:
    """Normalised histograms of oriented gradients of an image, once for all windows.

    The same numbers as skimage.feature.hog gives with L2-Hys, to 1e-12, without its loop over blocks: six times quicker
    where there are thousands of them. Shapes: image (rows, columns), float64; result (block rows, block columns, 36). A
    block is 2 × 2 cells, and blocks are a cell apart. Source: Dalal & Triggs 2005.
    """
    cells = _histograms(image)
    rows, columns = cells.shape[0] - BLOCK + 1, cells.shape[1] - BLOCK + 1
    corners = [cells[down : down + rows, across : across + columns] for down in range(BLOCK) for across in range(BLOCK)]
    blocks = torch.cat(corners, dim=2)
    clipped = (blocks / _length(blocks)).clamp(max=_MAX)
    return clipped / _length(clipped)


def _histograms(image: Tensor) -> Tensor:
    """Each cell's histogram of orientations, weighted by magnitude: (cell rows, cell columns, 9)."""
    down, across = torch.zeros_like(image), torch.zeros_like(image)
    down[1:-1] = image[2:] - image[:-2]
    across[:, 1:-1] = image[:, 2:] - image[:, :-2]
    size = image.shape[0] // CELL, image.shape[1] // CELL
    down, across = (each[: size[0] * CELL, : size[1] * CELL] for each in (down, across))
    degrees = torch.rad2deg(torch.atan2(down, across)) % 180
    bins = (degrees * (BINS / 180)).floor().long().clamp(max=BINS - 1)
    cell_rows, cell_columns = (torch.arange(count * CELL) // CELL for count in size)
    places = (cell_rows[:, None] * size[1] + cell_columns) * BINS + bins
    votes = torch.bincount(places.flatten(), torch.hypot(across, down).flatten(), minlength=size[0] * size[1] * BINS)
    return votes.view(*size, BINS) / CELL**2


def _length(blocks: Tensor) -> Tensor:
    return (blocks.square().sum(dim=-1, keepdim=True) + _MIN**2).sqrt()


def hog_features(patches: Tensor) -> Tensor:
    """The blocks of each patch. Shapes: patches (n, side + 10, side + 10), with their margin; result (n, features)."""
    return torch.stack([hog_blocks(patch)[1:-1, 1:-1].flatten() for patch in patches])


def raw_features(patches: Tensor) -> Tensor:
    """The brightness of each pixel, without the margin. Shapes: patches (n, side + 10, side + 10); (n, side²)."""
    return patches[:, MARGIN:-MARGIN, MARGIN:-MARGIN].flatten(1)


def features_of(name: FeatureName, patches: Tensor) -> Tensor:
    return hog_features(patches) if name == "hog" else raw_features(patches)


def with_margin(patches: Tensor) -> Tensor:
    """Patches (n, side, side) that go on beyond their border as their last pixels do."""
    return functional.pad(patches[:, None], [MARGIN] * 4, mode="replicate")[:, 0]


@dataclass(frozen=True)
class LinearDetector:
    """A linear classifier laid on every window of `side` × `side` pixels; side is a multiple of 5."""

    classifier: LinearClassifier
    feature: FeatureName
    side: int

    @property
    def window(self) -> tuple[int, int]:
        return self.side, self.side

    @property
    def stride(self) -> int:
        """HOG's windows are a cell apart, as they are made of whole cells."""
        return CELL if self.feature == "hog" else 1

    @property
    def kernel(self) -> Tensor:
        """The weights as the kernel of a convolution: (side, side), or (block rows, block columns, 36)."""
        if self.feature == "raw":
            return self.classifier.weights.view(self.side, self.side)
        blocks = self.side // CELL - BLOCK + 1
        return self.classifier.weights.view(blocks, blocks, -1)

    def score(self, image: Tensor) -> Tensor:
        """Shapes: image (1, rows, columns), float64; result (window rows, window columns)."""
        if self.feature == "raw":
            return correlate(image[0], self.kernel) + self.classifier.bias
        return _convolve(hog_blocks(image[0]), self.kernel) + self.classifier.bias


def _convolve(maps: Tensor, kernel: Tensor) -> Tensor:
    """A convolution of maps (rows, columns, depth) with one kernel (h, w, depth), a kernel place at a time."""
    height, width = kernel.shape[:2]
    rows, columns = maps.shape[0] - height + 1, maps.shape[1] - width + 1
    total = torch.zeros((rows, columns), dtype=maps.dtype)
    for down in range(height):
        for across in range(width):
            total += maps[down : down + rows, across : across + columns] @ kernel[down, across]
    return total
