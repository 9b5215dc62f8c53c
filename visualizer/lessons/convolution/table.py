"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visualizer.inputs.arrays.kernels import FIXED, KERNELS, LARGEST
from visualizer.inputs.arrays.own_layer import FILTER_COUNTS, MOST_FILTERS, OWN_BIAS, OWN_IMAGE, OWN_KERNEL, PASTE
from visualizer.inputs.arrays.setting import ArraySetting
from visualizer.lessons.convolution.settings import COLOURS, ConvolutionSettings
from visualizer.ui.settings import (
    Choice,
    Integer,
    Number,
    Setting,
    Switch,
)

Values = Mapping[str, Any]

WALK, WHOLE, SHARING, LEARN = "walk", "whole", "sharing", "learn"
ONES, ZEROS = "ones", "zeros"

VIEW = Choice(
    "view",
    "View",
    WALK,
    "Number by number, over the whole picture, as a matrix, or learnt from the output.",
    {WALK: "Walk", WHOLE: "Whole image", SHARING: "Sharing", LEARN: "Learn"},
    buttons=True,
)
CHANNELS = Choice(
    "channels",
    "Channels",
    "colour",
    "Colour has three channels, red, green and blue; grey has one, the brightness.",
    {"colour": "colour", "grey": "grey"},
    buttons=True,
)
FILTERS = Integer("filters", "Filters", 1, "Each filter has a kernel and gives an output channel.", 1, MOST_FILTERS)
MIX = Choice(
    "mix",
    "Kernel for each channel",
    "separate",
    "A filter has a slice of its kernel for each channel: the same one, or one of its own.",
    {"same": "the same", "separate": "its own"},
    buttons=True,
)
SIZE = Integer("kernel_size", "Kernel size", 3, "How many rows and columns the kernels have.", 1, LARGEST)
SEED = Integer("kernel_seed", "Seed", 0, "Random kernels: the same seed draws the same numbers again.", 0, 9999)
BIAS = Number(
    "kernel_bias",
    "Bias b",
    0.1,
    "One number a filter, added to each of its output pixels.",
    minimum=-100.0,
    maximum=100.0,
    step=0.1,
)
OPERATION = Choice(
    "operation",
    "Operation",
    "cross",
    "Deep learning lays the kernel on the image as it stands and calls it convolution; strictly that is a "
    "cross-correlation. True convolution turns the kernel by 180° first.",
    {"cross": "as in deep learning", "true": "true convolution"},
    buttons=True,
)
STRIDE = Integer("stride", "Stride", 1, "How many pixels the window moves on.", 1, 8)
DILATION = Integer("dilation", "Dilation", 1, "The distance of the kernel's numbers: 2 leaves holes of 1.", 1, 8)
PADDING = Choice(
    "padding",
    "Padding",
    "number",
    "Zeros around the image. “Same” adds as many as keep its size.",
    {"number": "all around", "same": "same", "sides": "four sides"},
    buttons=True,
)
PAD = Integer("pad", "Rows and columns of zeros", 0, "On each side.", 0, 10)
SIDES: tuple[Integer, ...] = tuple(
    Integer(f"pad_{side}", side, 0, f"Zeros {where}.", 0, 10)
    for side, where in (("top", "above"), ("bottom", "below"), ("left", "on the left"), ("right", "on the right"))
)
LOSS = Choice(
    "backward",
    "Loss",
    "squared",
    "Where the backward pass starts. Squared error: ½ Σ (target − y)², or without the ½, or the mean of (target − y)². "
    "Given gradient: ∂ℓ/∂ output, as if from the layers that follow. Sum: Σ y. One pixel: that output pixel itself.",
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
)
TARGET = Choice(
    "target_output",
    "Target",
    ONES,
    "The output that is wanted: one number everywhere, or what a kernel gives, laid on every channel, without a bias.",
    {ZEROS: "0 everywhere", ONES: "1 everywhere"} | {name: KERNELS[name].label for name in FIXED},
)
PIXEL: tuple[Integer, ...] = tuple(
    Integer(f"pixel_{name}", name, 1, f"The {name} of the output pixel, counted from 1.", 1, most)
    for name, most in (("filter", MOST_FILTERS), ("row", 64), ("column", 64))
)

_LABELS = {name: kernel.label for name, kernel in KERNELS.items()}
_START = (("sobel_x", "sobel_x", "laplacian"), ("sobel_y",) * 3, ("gaussian",) * 3, ("gabor",) * 3)


def _slot(number: int, channel: int) -> Choice:
    """The kernel of a filter in a channel; the first channel's serves all where they share one."""
    colour = COLOURS[channel]
    name = f"kernel{number + 1}" + (f"_{colour}" if channel else "")
    if channel:
        return Choice(name, f"on {colour}", _START[number][channel], f"What lies on {colour}.", _LABELS)
    about = "What lies on every channel, or on red where each channel has its own."
    return Choice(name, "Kernel", _START[number][channel], about, _LABELS)


def _angle(number: int) -> Number:
    about = "Gabor: the direction in which its stripes follow each other, in degrees."
    return Number(f"angle{number + 1}", "Angle", 45.0 * number, about, minimum=0.0, maximum=180.0, step=15.0)


def _wavelength(number: int) -> Number:
    about = "Gabor: from stripe to stripe, in pixels."
    return Number(f"wavelength{number + 1}", "Wavelength", 4.0, about, minimum=2.0, maximum=22.0, step=0.5)


SLOTS: tuple[tuple[Choice, ...], ...] = tuple(
    tuple(_slot(number, channel) for channel in range(len(COLOURS))) for number in range(MOST_FILTERS)
)
ANGLES: tuple[Number, ...] = tuple(map(_angle, range(MOST_FILTERS)))
WAVELENGTHS: tuple[Number, ...] = tuple(map(_wavelength, range(MOST_FILTERS)))

OWN_TARGET = ArraySetting(
    "own_target", "Target", None, f"{PASTE} As large as the output.", (FILTER_COUNTS, (1, 62), (1, 62))
)
OWN_GRADIENT = ArraySetting(
    "own_gradient", "∂ℓ/∂ output", None, f"{PASTE} As large as the output.", (FILTER_COUNTS, (1, 62), (1, 62))
)
OWN_ARRAYS = (OWN_IMAGE, OWN_KERNEL, OWN_BIAS, OWN_TARGET, OWN_GRADIENT)
BOTH = Switch("both_ways", "Compare with the flipped kernel", False, "What the kernel rotated by 180° gives, below.")
KERNEL_SHOWN = Integer("kernel_shown", "Numbers of filter", 1, "Which filter's numbers are shown.", 1, MOST_FILTERS)
SPEED = Number(
    "learn_rate",
    "Learning rate, as a share of the limit",
    0.9,
    "The limit is the largest learning rate at which the loss still falls on this crop; above 1 it grows.",
    minimum=0.01,
    maximum=2.0,
    step=0.1,
)
LEARN_FROM = Choice(
    "learn_from",
    "Learn from",
    "noise",
    "An image of noise, whose pixels are not alike, or the crop.",
    {"noise": "noise", "crop": "the crop"},
    buttons=True,
)
STEPS = Integer("learn_steps", "Iterations", 400, "How often the kernel is updated.", 1, 2000)
LEARN_SEED = Integer("learn_seed", "Seed", 0, "Where the kernel starts: drawn with this seed.", 0, 9999)
IMAGE_SIDE = Integer("image_side", "Image side", 200, "The image has this many rows and columns.", 1, 10_000)
IMAGE_CHANNELS = Integer("image_channels", "Image channels", 1, "1 for grey, 3 for colour.", 1, 1000)
UNITS = Integer("hidden_units", "Hidden units", 400_000, "How many numbers the layer gives.", 1, 100_000_000)
FIELD = Integer("field", "Field side", 10, "A unit sees a square of the image with this side.", 1, 1000)

TABLE: tuple[Setting[Any], ...] = (
    VIEW,
    *(CHANNELS, FILTERS, MIX),
    *(slot for slots in SLOTS for slot in slots),
    *ANGLES,
    *WAVELENGTHS,
    *(SIZE, SEED, BIAS, OPERATION),
    *(STRIDE, DILATION, PADDING, PAD),
    *SIDES,
    *(LOSS, TARGET),
    *PIXEL,
    *OWN_ARRAYS,
)
"""What the walk depends on, and the view."""
VIEWS_TABLE: tuple[Setting[Any], ...] = (
    *(BOTH, KERNEL_SHOWN),
    *(LEARN_FROM, SPEED, STEPS, LEARN_SEED),
    *(IMAGE_SIDE, IMAGE_CHANNELS, UNITS, FIELD),
)
"""What only one of the other views depends on."""


def settings_of(values: Values) -> ConvolutionSettings:
    """The settings that values stand for; what is missing is as by default."""
    found = {each.name: each.coerce(values.get(each.name, each.default)) for each in TABLE}
    return ConvolutionSettings(
        channels=found[CHANNELS.name],
        filters=found[FILTERS.name],
        mix=found[MIX.name],
        kernels=tuple(tuple(found[slot.name] for slot in slots) for slots in SLOTS),
        angles=tuple(found[each.name] for each in ANGLES),
        wavelengths=tuple(found[each.name] for each in WAVELENGTHS),
        size=found[SIZE.name],
        seed=found[SEED.name],
        bias=found[BIAS.name],
        operation=found[OPERATION.name],
        stride=found[STRIDE.name],
        dilation=found[DILATION.name],
        padding=found[PADDING.name],
        pad=found[PAD.name],
        sides=tuple(found[each.name] for each in SIDES),
        loss=found[LOSS.name],
        target=found[TARGET.name],
        pixel=tuple(found[each.name] for each in PIXEL),
        **{each.name: found[each.name] for each in OWN_ARRAYS},
    )
