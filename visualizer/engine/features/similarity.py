"""A change of an image that is known: turned, made larger or smaller, brightened."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from skimage import filters
from torch import Tensor

from visualizer.engine.features.patches import sampled


@dataclass(frozen=True)
class Similarity:
    """Turned to the right by `turn` degrees, made `scale` times as large, and every pixel `light` times as bright."""

    turn: float = 0.0
    scale: float = 1.0
    light: float = 1.0

    def size(self, height: int, width: int) -> tuple[int, int]:
        """Rows and columns of the changed image: all of the original is in it."""
        cos, sin = (abs(value) for value in self._turned())
        rows, columns = cos * (height - 1) + sin * (width - 1), sin * (height - 1) + cos * (width - 1)
        return math.ceil(self.scale * rows - 1e-9) + 1, math.ceil(self.scale * columns - 1e-9) + 1

    def where(self, points: Tensor, height: int, width: int) -> Tensor:
        """Where points (n, 2) of an image of this size stand in the changed one: (n, 2)."""
        (cos, sin), (rows, columns) = self._turned(), self.size(height, width)
        down, right = points[:, 0] - (height - 1) / 2, points[:, 1] - (width - 1) / 2
        return torch.stack(
            [
                self.scale * (cos * down + sin * right) + (rows - 1) / 2,
                self.scale * (cos * right - sin * down) + (columns - 1) / 2,
            ],
            dim=1,
        )

    def of(self, image: Tensor) -> Tensor:
        """The changed image of (H, W), from 0 to 1: bilinear, what is new around it as bright as its mean.

        It is smoothed before it is made smaller. What would be brighter than 1 is cut off there, as in a photo.
        """
        height, width = image.shape
        smooth = image
        if self.scale < 1:
            smooth = torch.from_numpy(_smoothed(image.numpy(), (1 / self.scale - 1) / 2))
        (cos, sin), size = self._turned(), self.size(height, width)
        places = (torch.arange(count, dtype=torch.float64) - (count - 1) / 2 for count in size)
        down, right = torch.meshgrid(*places, indexing="ij")
        rows = (cos * down - sin * right) / self.scale + (height - 1) / 2
        columns = (cos * right + sin * down) / self.scale + (width - 1) / 2
        inside = (rows >= -0.5) & (rows <= height - 0.5) & (columns >= -0.5) & (columns <= width - 0.5)
        turned = torch.where(inside, sampled(smooth, rows, columns), image.mean())
        return (turned * self.light).clamp(0, 1)

    def _turned(self) -> tuple[float, float]:
        angle = math.radians(self.turn)
        return math.cos(angle), math.sin(angle)


def right_matches(there: Tensor, expected: Tensor, pixels: float = 3.0) -> np.ndarray:
    """Which points (n, 2) lie within so many pixels of where they should: (n,) of bool."""
    found: np.ndarray = ((there - expected).norm(dim=1) <= pixels).numpy()
    return found


_smoothed: Callable[[np.ndarray, float], np.ndarray] = filters.gaussian
