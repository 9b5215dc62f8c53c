"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visualizer.inputs.arrays.setting import ArraySetting
from visualizer.lessons.convolution.kernels import KERNELS, LARGEST
from visualizer.lessons.convolution.table import OWN_BIAS, OWN_IMAGE, OWN_KERNEL
from visualizer.lessons.pooling.settings import (
    ALONE,
    AROUND,
    AS_WINDOW,
    BLOCK,
    FOUR_SIDES,
    NONE,
    PoolingSettings,
)
from visualizer.ui.settings import (
    Choice,
    Integer,
    Number,
    Setting,
    Switch,
)

Values = Mapping[str, Any]

WALK, INVARIANCE = "walk", "invariance"
COUNTED, ONES = "counted", "ones"

VIEW = Choice(
    "pool_view",
    "View",
    "Number by number, or what happens when the image moves.",
    {WALK: "Walk", INVARIANCE: "Invariance"},
    buttons=True,
    default=WALK,
)
LAYERS = Choice(
    "layers",
    "Layers",
    "Pooling over the crop itself, or over the map that a convolution and ReLU make of it.",
    {ALONE: "pooling", BLOCK: "convolution → ReLU → pooling"},
    buttons=True,
    default=ALONE,
)
CHANNELS = Choice(
    "pool_channels",
    "Channels",
    "Pooling takes each channel by itself: grey has one, the brightness, colour three.",
    {"grey": "grey", "colour": "colour"},
    buttons=True,
    default="grey",
)
KIND = Choice(
    "pooling",
    "Pooling",
    "Max keeps the largest number of each window, average their mean.",
    {"max": "max", "average": "average"},
    buttons=True,
    default="max",
)
WINDOW = Integer("window", "Window", "How many rows and columns a window has.", 1, 8, default=2)
STRIDE = Choice(
    "pool_stride",
    "Stride",
    "How many pixels the window moves on. As far as it is wide, the windows lie side by side; less, and they overlap.",
    {AS_WINDOW: "as the window"} | {str(count): str(count) for count in range(1, 9)},
    default=AS_WINDOW,
)
PAD_HOW = Choice(
    "pool_pad",
    "Padding",
    "Rows and columns around the image. A maximum leaves them out; an average counts them, as zeros.",
    {AROUND: "all around", FOUR_SIDES: "four sides"},
    buttons=True,
    default=AROUND,
)
PADDING = Integer(
    "pool_padding",
    "Rows and columns",
    "Around the image, at most half the window. A maximum leaves them out.",
    0,
    4,
    default=0,
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
DILATION = Integer("pool_dilation", "Dilation", "Max only: 2 leaves holes of 1 in the window.", 1, 4, default=1)
CEIL = Switch(
    "ceil_mode", "Ceil mode", "Round the number of windows up: the last may reach past the image.", default=False
)
INCLUDE = Switch(
    "count_include_pad", "Count padding", "Average only: zeros of the padding count in the mean.", default=True
)
GRADIENT = Choice(
    "from_above",
    "∂ℓ/∂ output, from the layers above",
    "Where the way back starts. 1, 2, 3, … lets you see where each goes; every number can be edited in the figure.",
    {COUNTED: "1, 2, 3, …", ONES: "1 everywhere", NONE: "none: forward only"},
    default=COUNTED,
)
KERNEL = Choice(
    "detector",
    "Kernel",
    "What the convolution looks for.",
    {name: kernel.label for name, kernel in KERNELS.items()},
    default="sobel_x",
)
SIZE = Integer("detector_size", "Kernel size", "How many rows and columns the kernel has.", 1, LARGEST, default=3)
ANGLE = Number(
    "detector_angle",
    "Angle",
    "Gabor: the direction of its stripes.",
    minimum=0.0,
    maximum=180.0,
    step=15.0,
    default=0.0,
)
SEED = Integer("detector_seed", "Seed", "Random: the same seed draws the same numbers again.", 0, 9999, default=0)
BIAS = Number(
    "detector_bias",
    "Bias b",
    "Added before ReLU; below 0 it is a threshold.",
    minimum=-100.0,
    maximum=100.0,
    step=0.1,
    default=0.1,
)
SAME = Switch(
    "detector_same", "Keep the size", "Padding “same” around the image, before the convolution.", default=False
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

TABLE: tuple[Setting[Any], ...] = (
    *(VIEW, LAYERS, CHANNELS, KIND),
    *(WINDOW, STRIDE, PAD_HOW, PADDING),
    *SIDES,
    DILATION,
    *(CEIL, INCLUDE, GRADIENT),
    *(KERNEL, SIZE, ANGLE, SEED, BIAS, SAME),
    *(OWN_IMAGE, OWN_KERNEL, OWN_BIAS, OWN_GRADIENT),
)
"""What the walk depends on, and the view."""
VIEWS_TABLE: tuple[Setting[Any], ...] = (RIGHT, DOWN, TURN)
"""What only the view "Invariance" depends on."""


def settings_of(values: Values) -> PoolingSettings:
    """The settings that values stand for; what is missing is as by default."""
    found: dict[str, Any] = {each.name: each.coerce(values.get(each.name, each.default)) for each in TABLE}
    return PoolingSettings(
        channels=found[CHANNELS.name],
        layers=found[LAYERS.name],
        kind=found[KIND.name],
        window=found[WINDOW.name],
        stride=found[STRIDE.name],
        pad_how=found[PAD_HOW.name],
        padding=found[PADDING.name],
        sides=tuple(found[each.name] for each in SIDES),
        dilation=found[DILATION.name],
        ceil_mode=found[CEIL.name],
        count_include_pad=found[INCLUDE.name],
        gradient=found[GRADIENT.name],
        kernel=found[KERNEL.name],
        size=found[SIZE.name],
        angle=found[ANGLE.name],
        seed=found[SEED.name],
        bias=found[BIAS.name],
        same=found[SAME.name],
        own_image=found[OWN_IMAGE.name],
        own_kernel=found[OWN_KERNEL.name],
        own_bias=found[OWN_BIAS.name],
        own_gradient=found[OWN_GRADIENT.name],
    )
