"""What only one of the other views depends on."""

from __future__ import annotations

from visualizer.inputs.arrays.kernels import KERNELS
from visualizer.inputs.arrays.own_layer import MAX_FILTERS
from visualizer.ui.number_settings import Integer, Number
from visualizer.ui.settings import Choice, Switch

BOTH = Switch(
    "both_ways", "Compare with the flipped kernel", "What the kernel rotated by 180° gives, below.", default=False
)
KERNEL_SHOWN = Integer(
    "kernel_shown", "Numbers of filter", "Which filter's numbers are shown.", 1, MAX_FILTERS, default=1
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

VIEW_SETTINGS = (
    *(BOTH, KERNEL_SHOWN),
    *(LEARN_FROM, SPEED, STEPS, LEARN_SEED),
    *(IMAGE_SIDE, IMAGE_CHANNELS, UNITS, FIELD),
)


COLOURS = ("red", "green", "blue")

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
    tuple(_slot(number, channel) for channel in range(len(COLOURS))) for number in range(MAX_FILTERS)
)
ANGLES: tuple[Number, ...] = tuple(map(_angle, range(MAX_FILTERS)))
WAVELENGTHS: tuple[Number, ...] = tuple(map(_wavelength, range(MAX_FILTERS)))
