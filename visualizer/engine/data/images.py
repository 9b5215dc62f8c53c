"""Labelled images as two tensors."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, eq=False)
class Images:
    """Labelled images. Shapes: x (m, channels, size, size), float32 from 0 to 1; labels (m,), int64 from 0."""

    x: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)
