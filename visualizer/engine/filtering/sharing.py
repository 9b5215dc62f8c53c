"""How many weights a layer has: fully connected, locally connected, or shared as in a convolution; and its matrix."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.geometry import Grid


@dataclass(frozen=True)
class LayerCounts:
    """A layer of `units` hidden units over an image; without sharing, each unit has weights of its own.

    `side`, `channels`: the image's; `field`: the side of the square that a unit of the connected layers sees.

    Raises: ValueError naming the argument, its value and the limit.
    Source: slides 21 and 22 (Kakade 2016), which count weights only; biases are counted apart.
    """

    side: int
    channels: int
    units: int
    field: int

    def __post_init__(self) -> None:
        for name in ("side", "channels", "units", "field"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        if self.field > self.side:
            raise ValueError(f"field must be at most the image's side, {self.side}, got {self.field}")

    @property
    def inputs(self) -> int:
        return self.side**2 * self.channels

    @property
    def field_inputs(self) -> int:
        """How many numbers a unit sees."""
        return self.field**2 * self.channels

    @property
    def fully_connected(self) -> int:
        """Every unit has a weight for every number of the image."""
        return self.inputs * self.units

    @property
    def locally_connected(self) -> int:
        """Every unit has a weight for every number of its field, and no other."""
        return self.field_inputs * self.units

    @property
    def places(self) -> int:
        """How many units a map has: one for each pixel, as with padding “same” and stride 1."""
        return self.side**2

    @property
    def maps(self) -> int:
        """How many maps the units make; the last may be incomplete."""
        return -(-self.units // self.places)

    @property
    def whole_maps(self) -> bool:
        return self.units % self.places == 0

    @property
    def shared(self) -> int:
        """All units of a map have the same weights."""
        return self.field_inputs * self.maps


def layer_matrix(channels: int, windows: Grid, filters: int = 1) -> Tensor:
    """Which weight joins each output (row) to each input (column), both flattened; 0 where none does.

    Shapes: (filters · output rows · output columns, channels · rows · columns), int64; weights are counted from 1 in
    the order of the flattened kernel (filters, channels, kernel rows, kernel columns). Padding has no columns: what
    lies on it is multiplied with 0.
    """
    rows, columns = windows.rows, windows.columns
    size = channels * rows.size * columns.size
    places = torch.arange(1, size + 1, dtype=torch.float64).reshape(1, channels, rows.size, columns.size)
    top, bottom, left, right = windows.padding
    padded = functional.pad(places, (left, right, top, bottom))
    seen = functional.unfold(padded, windows.kernel, windows.dilation, 0, windows.stride)[0].T.long()
    outputs, weights = seen.shape
    matrix = torch.zeros(filters, outputs, size + 1, dtype=torch.int64)
    for filter_ in range(filters):
        numbers = torch.arange(1, weights + 1) + filter_ * weights
        matrix[filter_].scatter_(1, seen, numbers.expand(outputs, -1))
    return matrix[..., 1:].flatten(0, 1)  # column 0 gathered what lies on padding


def untied(matrix: Tensor) -> Tensor:
    """The same connections, each with a weight of its own."""
    joined = (matrix > 0).flatten()
    return torch.where(joined, joined.cumsum(0), 0).reshape(matrix.shape)
