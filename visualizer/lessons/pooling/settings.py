"""One choice of everything that the lesson lets one choose, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.geometry import Pair
from visualizer.engine.walks.pooling.block import PoolingOptions
from visualizer.inputs.arrays.kernels import KERNELS, KernelOptions
from visualizer.inputs.arrays.own_layer import OwnLayer
from visualizer.inputs.arrays.setting import OwnArray

BLOCK, ALONE = "block", "alone"
NONE = "none"
"""No gradient from above: forward only."""
AS_WINDOW = "window"
AROUND, FOUR_SIDES = "number", "sides"


@dataclass(frozen=True)
class PoolingSettings:
    """The fields are those of the table."""

    channels: str
    layers: str
    kind: str
    window: int
    stride: str
    pad_how: str
    padding: int
    sides: tuple[int, ...]
    dilation: int
    ceil_mode: bool
    count_include_pad: bool
    gradient: str
    kernel: str
    size: int
    angle: float
    seed: int
    bias: float
    same: bool
    own_image: OwnArray | None = None
    own_kernel: OwnArray | None = None
    own_bias: OwnArray | None = None
    own_gradient: OwnArray | None = None

    @property
    def colour(self) -> bool:
        return self.channels == "colour"

    @property
    def is_block(self) -> bool:
        return self.layers == BLOCK

    @property
    def is_max(self) -> bool:
        return self.kind == "max"

    @property
    def options(self) -> PoolingOptions:
        """The pooling as the engine takes it."""
        return {
            "kind": self.kind,
            "kernel_size": self.window,
            "stride": None if self.stride == AS_WINDOW else int(self.stride),
            "padding": self.sides if self.pad_how == FOUR_SIDES else self.padding,
            "dilation": self.dilation if self.is_max else 1,
            "ceil_mode": self.ceil_mode,
            "count_include_pad": self.count_include_pad,
        }

    @property
    def convolution_padding(self) -> int | str:
        return "same" if self.same else 0

    @property
    def own_layer(self) -> OwnLayer:
        """The block's kernels and biases that were pasted."""
        return OwnLayer(self.own_kernel, self.own_bias)

    @property
    def kernel_size(self) -> Pair:
        """Rows and columns of the block's kernels."""
        return self.own_layer.size or (self.size, self.size)

    def weight(self, channels: int) -> Tensor:
        """The block's kernels (filters, channels, rows, columns): those pasted, or one, the same in every channel."""
        own = self.own_layer.weight(channels)
        if own is not None:
            return own
        plane = KERNELS[self.kernel].values(self.size, KernelOptions(self.angle, seed=self.seed))
        return plane.repeat(1, channels, 1, 1)

    def bias_of_filters(self, filters: int) -> Tensor:
        """The block's biases (filters,)."""
        if self.own_bias:
            return self.own_bias.tensor()
        return torch.full((filters,), self.bias, dtype=torch.float64)
