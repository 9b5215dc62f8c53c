"""The settings of the lesson: their names in the URL, limits, labels and help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visualizer.inputs.arrays.setting import ArraySetting
from visualizer.lessons.convolution.kernels import FIXED, KERNELS, LARGEST
from visualizer.lessons.convolution.settings import COLOURS, MOST_CHANNELS, MOST_FILTERS, ConvolutionSettings
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
    "Number by number, over the whole picture, as a matrix, or learnt from the output.",
    {WALK: "Walk", WHOLE: "Whole image", SHARING: "Sharing", LEARN: "Learn"},
    buttons=True,
    default=WALK,
)
CHANNELS = Choice(
    "channels",
    "Channels",
    "Colour has three channels, red, green and blue; grey has one, the brightness.",
    {"colour": "colour", "grey": "grey"},
    buttons=True,
    default="colour",
)
FILTERS = Integer(
    "filters", "Filters", "Each filter has a kernel and gives an output channel.", 1, MOST_FILTERS, default=1
)
MIX = Choice(
    "mix",
    "Kernel for each channel",
    "A filter has a slice of its kernel for each channel: the same one, or one of its own.",
    {"same": "the same", "separate": "its own"},
    buttons=True,
    default="separate",
)
SIZE = Integer("kernel_size", "Kernel size", "How many rows and columns the kernels have.", 1, LARGEST, default=3)
SEED = Integer("kernel_seed", "Seed", "Random kernels: the same seed draws the same numbers again.", 0, 9999, default=0)
BIAS = Number(
    "kernel_bias",
    "Bias b",
    "One number a filter, added to each of its output pixels.",
    minimum=-100.0,
    maximum=100.0,
    step=0.1,
    default=0.1,
)
OPERATION = Choice(
    "operation",
    "Operation",
    "Deep learning lays the kernel on the image as it stands and calls it convolution; strictly that is a "
    "cross-correlation. True convolution turns the kernel by 180° first.",
    {"cross": "as in deep learning", "true": "true convolution"},
    buttons=True,
    default="cross",
)
STRIDE = Integer("stride", "Stride", "How many pixels the window moves on.", 1, 8, default=1)
DILATION = Integer(
    "dilation", "Dilation", "The distance of the kernel's numbers: 2 leaves holes of 1.", 1, 8, default=1
)
PADDING = Choice(
    "padding",
    "Padding",
    "Zeros around the image. “Same” adds as many as keep its size.",
    {"number": "all around", "same": "same", "sides": "four sides"},
    buttons=True,
    default="number",
)
PAD = Integer("pad", "Rows and columns of zeros", "On each side.", 0, 10, default=0)
SIDES: tuple[Integer, ...] = tuple(
    Integer(f"pad_{side}", side, f"Zeros {where}.", 0, 10, default=0)
    for side, where in (("top", "above"), ("bottom", "below"), ("left", "on the left"), ("right", "on the right"))
)
LOSS = Choice(
    "backward",
    "Loss",
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
    default="squared",
)
TARGET = Choice(
    "target_output",
    "Target",
    "The output that is wanted: one number everywhere, or what a kernel gives, laid on every channel, without a bias.",
    {ZEROS: "0 everywhere", ONES: "1 everywhere"} | {name: KERNELS[name].label for name in FIXED},
    default=ONES,
)
PIXEL: tuple[Integer, ...] = tuple(
    Integer(f"pixel_{name}", name, f"The {name} of the output pixel, counted from 1.", 1, most, default=1)
    for name, most in (("filter", MOST_FILTERS), ("row", 64), ("column", 64))
)

_LABELS = {name: kernel.label for name, kernel in KERNELS.items()}
_START = (("sobel_x", "sobel_x", "laplacian"), ("sobel_y",) * 3, ("gaussian",) * 3, ("gabor",) * 3)


def _slot(number: int, channel: int) -> Choice:
    """The kernel of a filter in a channel; the first channel's serves all where they share one."""
    colour = COLOURS[channel]
    name = f"kernel{number + 1}" + (f"_{colour}" if channel else "")
    if channel:
        return Choice(name, f"on {colour}", f"What lies on {colour}.", _LABELS, default=_START[number][channel])
    about = "What lies on every channel, or on red where each channel has its own."
    return Choice(name, "Kernel", about, _LABELS, default=_START[number][channel])


def _angle(number: int) -> Number:
    about = "Gabor: the direction in which its stripes follow each other, in degrees."
    return Number(f"angle{number + 1}", "Angle", about, minimum=0.0, maximum=180.0, step=15.0, default=45.0 * number)


def _wavelength(number: int) -> Number:
    about = "Gabor: from stripe to stripe, in pixels."
    return Number(f"wavelength{number + 1}", "Wavelength", about, minimum=2.0, maximum=22.0, step=0.5, default=4.0)


SLOTS: tuple[tuple[Choice, ...], ...] = tuple(
    tuple(_slot(number, channel) for channel in range(len(COLOURS))) for number in range(MOST_FILTERS)
)
ANGLES: tuple[Number, ...] = tuple(map(_angle, range(MOST_FILTERS)))
WAVELENGTHS: tuple[Number, ...] = tuple(map(_wavelength, range(MOST_FILTERS)))

_CHANNELS, _FILTERS, _SIDES, _KERNEL = (1, MOST_CHANNELS), (1, MOST_FILTERS), (1, 32), (1, LARGEST)
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
OWN_ARRAYS = (OWN_IMAGE, OWN_KERNEL, OWN_BIAS, OWN_TARGET, OWN_GRADIENT)
BOTH = Switch(
    "both_ways", "Compare with the flipped kernel", "What the kernel rotated by 180° gives, below.", default=False
)
KERNEL_SHOWN = Integer(
    "kernel_shown", "Numbers of filter", "Which filter's numbers are shown.", 1, MOST_FILTERS, default=1
)
SPEED = Number(
    "learn_rate",
    "Learning rate, as a share of the limit",
    "The limit is the largest learning rate at which the loss still falls on this crop; above 1 it grows.",
    minimum=0.01,
    maximum=2.0,
    step=0.1,
    default=0.9,
)
LEARN_FROM = Choice(
    "learn_from",
    "Learn from",
    "An image of noise, whose pixels are not alike, or the crop.",
    {"noise": "noise", "crop": "the crop"},
    buttons=True,
    default="noise",
)
STEPS = Integer("learn_steps", "Iterations", "How often the kernel is updated.", 1, 2000, default=400)
LEARN_SEED = Integer("learn_seed", "Seed", "Where the kernel starts: drawn with this seed.", 0, 9999, default=0)
IMAGE_SIDE = Integer("image_side", "Image side", "The image has this many rows and columns.", 1, 10_000, default=200)
IMAGE_CHANNELS = Integer("image_channels", "Image channels", "1 for grey, 3 for colour.", 1, 1000, default=1)
UNITS = Integer("hidden_units", "Hidden units", "How many numbers the layer gives.", 1, 100_000_000, default=400_000)
FIELD = Integer("field", "Field side", "A unit sees a square of the image with this side.", 1, 1000, default=10)

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
