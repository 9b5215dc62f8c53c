"""One choice of everything that the lesson lets one choose, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict

import torch
from torch import Tensor

from visualizer.lessons.convolution.kernels import GABOR, KERNELS, KernelOptions

COLOURS = ("red", "green", "blue")
MOST_FILTERS = 4


class Geometry(TypedDict):
    """Stride, padding and dilation as the engine takes them."""

    stride: int
    padding: int | str | tuple[int, ...]
    dilation: int


@dataclass(frozen=True)
class ConvolutionSettings:
    """The fields are those of the table; `kernels`, `angles` and `wavelengths` are by filter, kernels also by channel.

    `pixel` counts from 1, the fields of the geometry are in pixels.
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

    @property
    def colour(self) -> bool:
        return self.channels == "colour"

    @property
    def channel_count(self) -> int:
        return len(COLOURS) if self.colour else 1

    @property
    def separate(self) -> bool:
        """Whether each channel has a kernel of its own."""
        return self.colour and self.mix == "separate"

    @property
    def flipped(self) -> bool:
        return self.operation == "true"

    @cached_property
    def layer(self) -> tuple[tuple[str, ...], ...]:
        """The kernels' names that are in use, by filter and channel."""
        count = self.channel_count
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

    def weight(self) -> Tensor:
        """The kernels (filters, channels, size, size), turned by 180° for true convolution."""
        planes = [[self._plane(f, c, name) for c, name in enumerate(names)] for f, names in enumerate(self.layer)]
        weight = torch.stack([torch.stack(channels) for channels in planes])
        return weight.flip(2, 3) if self.flipped else weight

    def _plane(self, filter_: int, channel: int, name: str) -> Tensor:
        slot = filter_ * len(COLOURS) + (channel if self.separate else 0)
        options = KernelOptions(self.angles[filter_], self.wavelengths[filter_], self.seed, slot)
        return KERNELS[name].values(self.size, options)
