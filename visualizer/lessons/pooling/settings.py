"""One choice of everything that the lesson lets one choose, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from visualizer.engine.block import PoolingOptions
from visualizer.inputs.array_setting import OwnArray
from visualizer.lessons.convolution.kernels import KERNELS, KernelOptions

BLOCK, ALONE = "block", "alone"
NONE = "none"
"""No gradient from above: forward only."""
AS_WINDOW = "window"


@dataclass(frozen=True)
class PoolingSettings:
    """The fields are those of the table."""

    channels: str
    layers: str
    kind: str
    window: int
    stride: str
    padding: int
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
            "padding": self.padding,
            "dilation": self.dilation if self.is_max else 1,
            "ceil_mode": self.ceil_mode,
            "count_include_pad": self.count_include_pad,
        }

    @property
    def convolution_padding(self) -> int | str:
        return "same" if self.same else 0

    def weight(self, channels: int) -> Tensor:
        """The block's one filter (1, channels, size, size): the same kernel in every channel."""
        plane = KERNELS[self.kernel].values(self.size, KernelOptions(self.angle, seed=self.seed))
        return plane.repeat(1, channels, 1, 1)
