"""One choice of everything that the lesson lets one choose, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict

import torch
from torch import Tensor

from visualizer.engine.geometry import Pair
from visualizer.engine.walks.losses import SQUARED
from visualizer.inputs.arrays.kernels import GABOR, KERNELS, OWN, KernelOptions
from visualizer.inputs.arrays.own_layer import OwnLayer
from visualizer.inputs.arrays.setting import OwnArray

COLOURS = ("red", "green", "blue")


def channel_names(count: int) -> tuple[str, ...]:
    """Red, green, blue; of other counts by their numbers, and no name for a single one."""
    if count == len(COLOURS):
        return COLOURS
    return tuple(f"channel {number + 1}" for number in range(count)) if count > 1 else ("",)


class Geometry(TypedDict):
    """Stride, padding and dilation as the engine takes them."""

    stride: int
    padding: int | str | tuple[int, ...]
    dilation: int


@dataclass(frozen=True)
class ConvolutionSettings:
    """The fields are those of the table; `kernels`, `angles` and `wavelengths` are by filter, kernels also by channel.

    `pixel` counts from 1, the fields of the geometry are in pixels. `own_…` was pasted, and goes before the rest.
    """

    channels: str
    filters: int
    mix: str
    kernels: tuple[tuple[str, ...], ...]
    angles: tuple[float, ...]
    wavelengths: tuple[float, ...]
    size: int
    seed: int
    bias: float
    operation: str
    stride: int
    dilation: int
    padding: str
    pad: int
    sides: tuple[int, ...]
    loss: str
    target: str
    pixel: tuple[int, ...]
    own_image: OwnArray | None = None
    own_kernel: OwnArray | None = None
    own_bias: OwnArray | None = None
    own_target: OwnArray | None = None
    own_gradient: OwnArray | None = None

    @property
    def colour(self) -> bool:
        return self.channels == "colour"

    @property
    def channel_count(self) -> int:
        if self.own_image:
            return self.own_image.shape[0]
        return len(COLOURS) if self.colour else 1

    @property
    def filter_count(self) -> int:
        return self.own_weight.shape[0] if self.own_weight is not None else self.filters

    @property
    def kernel_size(self) -> Pair:
        """Rows and columns."""
        return self.own_layer.size or (self.size, self.size)

    @property
    def own_layer(self) -> OwnLayer:
        """The kernels and biases that were pasted."""
        return OwnLayer(self.own_kernel, self.own_bias, self.filters)

    @cached_property
    def own_weight(self) -> Tensor | None:
        """The pasted kernels (filters, channels, rows, columns)."""
        return self.own_layer.weight(self.channel_count)

    @property
    def squared(self) -> bool:
        """Whether the loss compares the output with a target."""
        return self.loss in SQUARED

    @property
    def separate(self) -> bool:
        """Whether each channel has a kernel of its own."""
        return self.channel_count == len(COLOURS) and self.mix == "separate"

    @property
    def flipped(self) -> bool:
        return self.operation == "true"

    @cached_property
    def layer(self) -> tuple[tuple[str, ...], ...]:
        """The kernels' names that are in use, by filter and channel."""
        count = self.channel_count
        if self.own_weight is not None:
            return ((OWN,) * count,) * self.filter_count
        return tuple(slots[:count] if self.separate else (slots[0],) * count for slots in self.kernels[: self.filters])

    @property
    def padding_argument(self) -> int | str | tuple[int, ...]:
        """The padding as the engine takes it."""
        return self.sides if self.padding == "sides" else "same" if self.padding == "same" else self.pad

    @property
    def geometry(self) -> Geometry:
        return {"stride": self.stride, "padding": self.padding_argument, "dilation": self.dilation}

    def has_gabor(self, filter_: int) -> bool:
        return GABOR in self.layer[filter_]

    def bias_of_filters(self) -> Tensor:
        """The biases (filters,)."""
        if self.own_bias:
            return self.own_bias.tensor()
        return torch.full((self.filter_count,), self.bias, dtype=torch.float64)

    def weight(self) -> Tensor:
        """The kernels (filters, channels, size, size), turned by 180° for true convolution."""
        if self.own_weight is not None:
            return self.own_weight.flip(2, 3) if self.flipped else self.own_weight
        planes = [[self._plane(f, c, name) for c, name in enumerate(names)] for f, names in enumerate(self.layer)]
        weight = torch.stack([torch.stack(channels) for channels in planes])
        return weight.flip(2, 3) if self.flipped else weight

    def _plane(self, filter_: int, channel: int, name: str) -> Tensor:
        slot = filter_ * len(COLOURS) + (channel if self.separate else 0)
        options = KernelOptions(self.angles[filter_], self.wavelengths[filter_], self.seed, slot)
        return KERNELS[name].values(self.size, options)
