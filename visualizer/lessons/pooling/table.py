"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visualizer.inputs.arrays.kernels import KERNELS, LARGEST
from visualizer.inputs.arrays.own_layer import OWN_BIAS, OWN_IMAGE, OWN_KERNEL
from visualizer.inputs.arrays.setting import ArraySetting
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
    WALK,
    "Number by number, or what happens when the image moves.",
    {WALK: "Walk", INVARIANCE: "Invariance"},
    buttons=True,
)
LAYERS = Choice(
    "layers",
    "Layers",
    ALONE,
    "Pooling over the crop itself, or over the map that a convolution and ReLU make of it.",
    {ALONE: "pooling", BLOCK: "convolution → ReLU → pooling"},
    buttons=True,
)
CHANNELS = Choice(
    "pool_channels",
    "Channels",
    "grey",
    "Pooling takes each channel by itself: grey has one, the brightness, colour three.",
    {"grey": "grey", "colour": "colour"},
    buttons=True,
)
KIND = Choice(
    "pooling",
    "Pooling",
    "max",
    "Max keeps the largest number of each window, average their mean.",
    {"max": "max", "average": "average"},
    buttons=True,
)
WINDOW = Integer("window", "Window", 2, "How many rows and columns a window has.", 1, 8)
STRIDE = Choice(
    "pool_stride",
    "Stride",
    AS_WINDOW,
    "How many pixels the window moves on. As far as it is wide, the windows lie side by side; less, and they overlap.",
    {AS_WINDOW: "as the window"} | {str(count): str(count) for count in range(1, 9)},
)
PAD_HOW = Choice(
    "pool_pad",
    "Padding",
    AROUND,
    "Rows and columns around the image. A maximum leaves them out; an average counts them, as zeros.",
    {AROUND: "all around", FOUR_SIDES: "four sides"},
    buttons=True,
)
PADDING = Integer(
    "pool_padding",
    "Rows and columns",
    0,
    "Around the image, at most half the window. A maximum leaves them out.",
    0,
    4,
)
SIDES: tuple[Integer, ...] = tuple(
    Integer(f"pool_pad_{side}", side, 0, f"{what} {where}, at most half the window.", 0, 4)
    for side, what, where in (
        ("top", "Rows", "above"),
        ("bottom", "Rows", "below"),
        ("left", "Columns", "on the left"),
        ("right", "Columns", "on the right"),
    )
)
DILATION = Integer("pool_dilation", "Dilation", 1, "Max only: 2 leaves holes of 1 in the window.", 1, 4)
CEIL = Switch("ceil_mode", "Ceil mode", False, "Round the number of windows up: the last may reach past the image.")
INCLUDE = Switch("count_include_pad", "Count padding", True, "Average only: zeros of the padding count in the mean.")
GRADIENT = Choice(
    "from_above",
    "∂ℓ/∂ output, from the layers above",
    COUNTED,
    "Where the way back starts. 1, 2, 3, … lets you see where each goes; every number can be edited in the figure.",
    {COUNTED: "1, 2, 3, …", ONES: "1 everywhere", NONE: "none: forward only"},
)
KERNEL = Choice(
    "detector",
    "Kernel",
    "sobel_x",
    "What the convolution looks for.",
    {name: kernel.label for name, kernel in KERNELS.items()},
)
SIZE = Integer("detector_size", "Kernel size", 3, "How many rows and columns the kernel has.", 1, LARGEST)
ANGLE = Number(
    "detector_angle", "Angle", 0.0, "Gabor: the direction of its stripes.", minimum=0.0, maximum=180.0, step=15.0
)
SEED = Integer("detector_seed", "Seed", 0, "Random: the same seed draws the same numbers again.", 0, 9999)
BIAS = Number(
    "detector_bias",
    "Bias b",
    0.1,
    "Added before ReLU; below 0 it is a threshold.",
    minimum=-100.0,
    maximum=100.0,
    step=0.1,
)
SAME = Switch("detector_same", "Keep the size", False, "Padding “same” around the image, before the convolution.")

OWN_GRADIENT = ArraySetting(
    "pool_gradient",
    "∂ℓ/∂ pooled",
    None,
    "As large as the pooled output. In place of 1, 2, 3, …",
    (OWN_IMAGE.sizes[0], (1, 40), (1, 40)),
)

RIGHT = Integer("shift_right", "Shift right", 1, "In pixels; below 0 to the left.", -16, 16)
DOWN = Integer("shift_down", "Shift down", 0, "In pixels; below 0 upwards.", -16, 16)
TURN = Number("turn", "Turn", 0.0, "In degrees, clockwise.", minimum=-45.0, maximum=45.0, step=5.0)

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
