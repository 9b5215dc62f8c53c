"""One choice of everything that the lesson lets one choose, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import torch
from torch import Tensor

from visualizer.engine.geometry import Pair
from visualizer.engine.walks.pooling.block import PoolingOptions
from visualizer.inputs.arrays.kernels import KERNELS, LARGEST, KernelOptions
from visualizer.inputs.arrays.own_layer import OWN_BIAS, OWN_IMAGE, OWN_KERNEL, OwnLayer
from visualizer.inputs.arrays.setting import ArraySetting, OwnArray
from visualizer.inputs.images.crop_setting import CROP
from visualizer.inputs.images.panel import SAMPLE
from visualizer.ui.address import Address
from visualizer.ui.declared import Declared
from visualizer.ui.edits import LinkedEdits
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice, Switch

WALK, INVARIANCE = "walk", "invariance"
COUNTED, ONES = "counted", "ones"
BLOCK, ALONE = "block", "alone"
NONE = "none"
"""No gradient from above: forward only."""
AS_WINDOW = "window"
AROUND, FOUR_SIDES = "number", "sides"

VIEW = Choice(
    "pool_view",
    "View",
    "Number by number, or what happens when the image moves.",
    {WALK: "Walk", INVARIANCE: "Invariance"},
    buttons=True,
    default=WALK,
)
SIDES: tuple[Integer, ...] = tuple(
    Integer(f"pool_pad_{side}", side, f"{what} {where}, at most half the window.", 0, 4, default=0)
    for side, what, where in (
        ("top", "Rows", "above"),
        ("bottom", "Rows", "below"),
        ("left", "Columns", "on the left"),
        ("right", "Columns", "on the right"),
    )
)
OWN_GRADIENT = ArraySetting(
    "pool_gradient",
    "∂ℓ/∂ pooled",
    "As large as the pooled output. In place of 1, 2, 3, …",
    (OWN_IMAGE.sizes[0], (1, 40), (1, 40)),
    default=None,
)
RIGHT = Integer("shift_right", "Shift right", "In pixels; below 0 to the left.", -16, 16, default=1)
DOWN = Integer("shift_down", "Shift down", "In pixels; below 0 upwards.", -16, 16, default=0)
TURN = Number("turn", "Turn", "In degrees, clockwise.", minimum=-45.0, maximum=45.0, step=5.0, default=0.0)


@dataclass(frozen=True, kw_only=True)
class PoolingSettings:
    """What the walk depends on."""

    channels: Annotated[
        str,
        Choice(
            "pool_channels",
            "Channels",
            "Pooling takes each channel by itself: grey has one, the brightness, colour three.",
            {"grey": "grey", "colour": "colour"},
            buttons=True,
        ),
    ] = "grey"
    layers: Annotated[
        str,
        Choice(
            "layers",
            "Layers",
            "Pooling over the crop itself, or over the feature map of a convolution with ReLU.",
            {ALONE: "pooling", BLOCK: "convolution → ReLU → pooling"},
            buttons=True,
        ),
    ] = ALONE
    kind: Annotated[
        str,
        Choice(
            "pooling",
            "Pooling",
            "Max keeps the largest number of each window, average their mean.",
            {"max": "max", "average": "average"},
            buttons=True,
        ),
    ] = "max"
    window: Annotated[int, Integer("window", "Window", "How many rows and columns a window has.", 1, 8)] = 2
    stride: Annotated[
        str,
        Choice(
            "pool_stride",
            "Stride",
            "How many pixels the window moves on. As far as it is wide, the windows lie side by side; less, and they "
            "overlap.",
            {AS_WINDOW: "as the window"} | {str(count): str(count) for count in range(1, 9)},
        ),
    ] = AS_WINDOW
    pad_how: Annotated[
        str,
        Choice(
            "pool_pad",
            "Padding",
            "Rows and columns around the image. A maximum leaves them out; an average counts them, as zeros.",
            {AROUND: "all around", FOUR_SIDES: "four sides"},
            buttons=True,
        ),
    ] = AROUND
    padding: Annotated[
        int,
        Integer(
            "pool_padding",
            "Rows and columns",
            "Around the image, at most half the window. A maximum leaves them out.",
            0,
            4,
        ),
    ] = 0
    sides: Annotated[tuple[int, ...], SIDES]
    dilation: Annotated[
        int, Integer("pool_dilation", "Dilation", "Max only: 2 leaves holes of 1 in the window.", 1, 4)
    ] = 1
    ceil_mode: Annotated[
        bool, Switch("ceil_mode", "Ceil mode", "Round the number of windows up: the last may reach past the image.")
    ] = False
    count_include_pad: Annotated[
        bool, Switch("count_include_pad", "Count padding", "Average only: zeros of the padding count in the mean.")
    ] = True
    gradient: Annotated[
        str,
        Choice(
            "from_above",
            "∂ℓ/∂ output, from the layers above",
            "Where the backward pass starts. 1, 2, 3, … lets you see where each goes; every number can be edited in "
            "the figure.",
            {COUNTED: "1, 2, 3, …", ONES: "1 everywhere", NONE: "none: forward only"},
        ),
    ] = COUNTED
    kernel: Annotated[
        str,
        Choice(
            "detector",
            "Kernel",
            "What the convolution looks for.",
            {name: kernel.label for name, kernel in KERNELS.items()},
        ),
    ] = "sobel_x"
    size: Annotated[
        int, Integer("detector_size", "Kernel size", "How many rows and columns the kernel has.", 1, LARGEST)
    ] = 3
    angle: Annotated[
        float,
        Number(
            "detector_angle", "Angle", "Gabor: the direction of its stripes.", minimum=0.0, maximum=180.0, step=15.0
        ),
    ] = 0.0
    seed: Annotated[
        int, Integer("detector_seed", "Seed", "Random: the same seed draws the same numbers again.", 0, 9999)
    ] = 0
    bias: Annotated[
        float,
        Number(
            "detector_bias",
            "Bias b",
            "Added before ReLU; below 0 it is a threshold.",
            minimum=-100.0,
            maximum=100.0,
            step=0.1,
        ),
    ] = 0.1
    same: Annotated[
        bool, Switch("detector_same", "Keep the size", "Padding “same” around the image, before the convolution.")
    ] = False
    own_image: Annotated[OwnArray | None, OWN_IMAGE] = None
    own_kernel: Annotated[OwnArray | None, OWN_KERNEL] = None
    own_bias: Annotated[OwnArray | None, OWN_BIAS] = None
    own_gradient: Annotated[OwnArray | None, OWN_GRADIENT] = None

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


SETTINGS = Declared(PoolingSettings)
_EDITS = LinkedEdits("pool_numbers", {"x": "x", "w": "weight", "b": "bias", "g": "grad_y", "p": "grad_p"})
ADDRESS = Address("pooling", (SAMPLE, CROP, VIEW, *SETTINGS, RIGHT, DOWN, TURN), _EDITS)
