"""A convolution's image, kernels and biases as somebody pasted them; the layer takes its size from them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.geometry import Pair
from visualizer.inputs.arrays.kernels import LARGEST
from visualizer.inputs.arrays.setting import ArraySetting, OwnArray

MAX_FILTERS, MAX_CHANNELS = 4, 4
_CHANNELS, _FILTERS, _SIDES, _KERNEL = (1, MAX_CHANNELS), (1, MAX_FILTERS), (1, 32), (1, LARGEST)
_PASTE = "From a spreadsheet, NumPy, PyTorch, MATLAB or LaTeX, or typed: a row a line, an empty line between channels."
OWN_IMAGE = ArraySetting(
    "own_image", "Image", f"{_PASTE} In place of the crop.", (_CHANNELS, _SIDES, _SIDES), default=None
)
OWN_KERNEL = ArraySetting(
    "own_kernel",
    "Kernel",
    f"{_PASTE} For several filters of several channels: lists of lists, [[[[1, 2], [3, 4]], …], …].",
    (_FILTERS, _CHANNELS, _KERNEL, _KERNEL),
    default=None,
)
OWN_BIAS = ArraySetting("own_bias", "Bias", "A number for each filter.", (_FILTERS,), default=None)
OWN_TARGET = ArraySetting(
    "own_target", "Target", f"{_PASTE} As large as the output.", (_FILTERS, (1, 62), (1, 62)), default=None
)
OWN_GRADIENT = ArraySetting(
    "own_gradient", "∂ℓ/∂ output", f"{_PASTE} As large as the output.", (_FILTERS, (1, 62), (1, 62)), default=None
)


@dataclass(frozen=True)
class OwnLayer:
    """`kernel` (filters, channels, rows, columns) and `bias` (filters,); None where nobody pasted one.

    `filters` is how many there are without a kernel.
    """

    kernel: OwnArray | None
    bias: OwnArray | None
    filters: int = 1

    def weight(self, channels: int) -> Tensor | None:
        """The kernels (filters, channels, rows, columns); with a number of channels of their own where none fits.

        Over one channel, several matrices are several filters; a kernel of one channel is laid on every channel.
        """
        if self.kernel is None:
            return None
        weight = self.kernel.tensor()
        if channels == 1 and len(weight) == 1:
            weight = weight.transpose(0, 1)
        return weight.repeat(1, channels, 1, 1) if weight.shape[1] == 1 else weight

    @property
    def size(self) -> Pair | None:
        """Rows and columns of the kernels."""
        return (self.kernel.shape[-2], self.kernel.shape[-1]) if self.kernel else None

    def missing(self, channels: int) -> str:
        """Why they make no layer, in words; empty where they do, or nothing is pasted."""
        weight = self.weight(channels)
        if weight is not None and weight.shape[1] != channels:
            image = f"the image has {channels}" if channels > 1 else "the image has only 1"
            return (
                f"The kernel has {weight.shape[1]} channels, but {image}. "
                f"Paste a matrix for each channel, or one matrix for all of them."
            )
        filters = self.filters if weight is None else len(weight)
        if self.bias and self.bias.shape[0] != filters:
            return f"There {'is 1 filter' if filters == 1 else f'are {filters} filters'}, so as many biases are needed."
        return ""


def counted(shape: tuple[int, ...]) -> Tensor:
    """1, 2, 3, …, where nobody pasted a gradient of this shape: each number is recognised where it goes."""
    return torch.arange(1, math.prod(shape) + 1, dtype=torch.float64).reshape(shape)
