"""One choice of everything that the lesson lets one choose, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, TypedDict

import torch
from torch import Tensor

from visualizer.engine.geometry import Pair
from visualizer.engine.walks.losses import SQUARED
from visualizer.inputs.arrays.kernels import FIXED, GABOR, KERNELS, LARGEST, OWN, KernelOptions
from visualizer.inputs.arrays.own_layer import (
    MAX_FILTERS,
    OWN_BIAS,
    OWN_GRADIENT,
    OWN_IMAGE,
    OWN_KERNEL,
    OWN_TARGET,
    OwnLayer,
)
from visualizer.inputs.arrays.setting import OwnArray
from visualizer.inputs.images.crop_setting import CROP
from visualizer.inputs.images.panel import SAMPLE
from visualizer.lessons.convolution.view_settings import ANGLES, COLOURS, SLOTS, VIEW_SETTINGS, WAVELENGTHS
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.edits import LinkedEdits
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice

WALK, WHOLE, SHARING, LEARN = "walk", "whole", "sharing", "learn"
ONES, ZEROS = "ones", "zeros"

VIEW = Choice(
    "view",
    "View",
    "Number by number, over the whole image, as a matrix, or learned from the output.",
    {WALK: "Walk", WHOLE: "Whole image", SHARING: "Sharing", LEARN: "Learn"},
    buttons=True,
    default=WALK,
)
SIDES: tuple[Integer, ...] = tuple(
    Integer(f"pad_{side}", side, f"Zeros {where}.", 0, 10, default=0)
    for side, where in (("top", "above"), ("bottom", "below"), ("left", "on the left"), ("right", "on the right"))
)
PIXEL: tuple[Integer, ...] = tuple(
    Integer(f"pixel_{name}", name, f"The {name} of the output pixel, counted from 1.", 1, most, default=1)
    for name, most in (("filter", MAX_FILTERS), ("row", 64), ("column", 64))
)


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


@dataclass(frozen=True, kw_only=True)
class ConvolutionSettings:
    """`kernels`, `angles` and `wavelengths` are by filter, kernels also by channel.

    `pixel` counts from 1, the fields of the geometry are in pixels. `own_…` was pasted, and goes before the rest.
    """

    channels: Annotated[
        str,
        Choice(
            "channels",
            "Channels",
            "Colour has three channels, red, green and blue; grey has one, the brightness.",
            {"colour": "colour", "grey": "grey"},
            buttons=True,
        ),
    ] = "colour"
    filters: Annotated[
        int, Integer("filters", "Filters", "Each filter has a kernel and gives an output channel.", 1, MAX_FILTERS)
    ] = 1
    mix: Annotated[
        str,
        Choice(
            "mix",
            "Kernel for each channel",
            "A filter has a slice of its kernel for each channel: the same one, or one of its own.",
            {"same": "the same", "separate": "its own"},
            buttons=True,
        ),
    ] = "separate"
    kernels: Annotated[tuple[tuple[str, ...], ...], SLOTS]
    angles: Annotated[tuple[float, ...], ANGLES]
    wavelengths: Annotated[tuple[float, ...], WAVELENGTHS]
    size: Annotated[
        int, Integer("kernel_size", "Kernel size", "How many rows and columns the kernels have.", 1, LARGEST)
    ] = 3
    seed: Annotated[
        int, Integer("kernel_seed", "Seed", "Random kernels: the same seed draws the same numbers again.", 0, 9999)
    ] = 0
    bias: Annotated[
        float,
        Number(
            "kernel_bias",
            "Bias b",
            "One number a filter, added to each of its output pixels.",
            minimum=-100.0,
            maximum=100.0,
            step=0.1,
        ),
    ] = 0.1
    operation: Annotated[
        str,
        Choice(
            "operation",
            "Operation",
            "Deep learning lays the kernel on the image as it stands and calls it convolution; strictly that is a "
            "cross-correlation. True convolution turns the kernel by 180° first.",
            {"cross": "as in deep learning", "true": "true convolution"},
            buttons=True,
        ),
    ] = "cross"
    stride: Annotated[int, Integer("stride", "Stride", "How many pixels the window moves on.", 1, 8)] = 1
    dilation: Annotated[
        int, Integer("dilation", "Dilation", "The distance of the kernel's numbers: 2 leaves holes of 1.", 1, 8)
    ] = 1
    padding: Annotated[
        str,
        Choice(
            "padding",
            "Padding",
            "Zeros around the image. “Same” adds as many as keep its size.",
            {"number": "all around", "same": "same", "sides": "four sides"},
            buttons=True,
        ),
    ] = "number"
    pad: Annotated[int, Integer("pad", "Rows and columns of zeros", "On each side.", 0, 10)] = 0
    sides: Annotated[tuple[int, ...], SIDES]
    loss: Annotated[
        str,
        Choice(
            "backward",
            "Loss",
            "Where the backward pass starts. Squared error: ½ Σ (target − y)², or without the ½, or the mean of "
            "(target − y)². Given gradient: ∂ℓ/∂ output, as if from the layers that follow. Sum: Σ y. One pixel: that "
            "output pixel itself.",
            {
                "squared": "squared error",
                "sum_squared": "without ½",
                "mse": "mean squared error",
                "given": "given gradient",
                "sum": "sum",
                "pixel": "one pixel",
                "none": "none",
            },
            buttons=True,
        ),
    ] = "squared"
    target: Annotated[
        str,
        Choice(
            "target_output",
            "Target",
            "The output that is wanted: one number everywhere, or what a kernel gives, laid on every channel, without "
            "a bias.",
            {ZEROS: "0 everywhere", ONES: "1 everywhere"} | {name: KERNELS[name].label for name in FIXED},
        ),
    ] = ONES
    pixel: Annotated[tuple[int, ...], PIXEL]
    own_image: Annotated[OwnArray | None, OWN_IMAGE] = None
    own_kernel: Annotated[OwnArray | None, OWN_KERNEL] = None
    own_bias: Annotated[OwnArray | None, OWN_BIAS] = None
    own_target: Annotated[OwnArray | None, OWN_TARGET] = None
    own_gradient: Annotated[OwnArray | None, OWN_GRADIENT] = None

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
        """The kernels (filters, channels, size, size), rotated by 180° for true convolution."""
        if self.own_weight is not None:
            return self.own_weight.flip(2, 3) if self.flipped else self.own_weight
        planes = [[self._plane(f, c, name) for c, name in enumerate(names)] for f, names in enumerate(self.layer)]
        weight = torch.stack([torch.stack(channels) for channels in planes])
        return weight.flip(2, 3) if self.flipped else weight

    def _plane(self, filter_: int, channel: int, name: str) -> Tensor:
        slot = filter_ * len(COLOURS) + (channel if self.separate else 0)
        options = KernelOptions(self.angles[filter_], self.wavelengths[filter_], self.seed, slot)
        return KERNELS[name].values(self.size, options)


SETTINGS = Declared(ConvolutionSettings)
_EDITS = LinkedEdits("numbers", {"x": "x", "w": "weight", "b": "bias", "t": "target", "g": "grad_y"})
ADDRESS = Address("convolution", (SAMPLE, CROP, VIEW, *SETTINGS, *VIEW_SETTINGS), _EDITS)
