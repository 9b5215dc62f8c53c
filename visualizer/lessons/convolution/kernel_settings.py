"""The settings of the kernels, by filter: what lies on each channel, and how a Gabor filter is turned and spaced."""

from __future__ import annotations

from visualizer.inputs.arrays.kernels import KERNELS
from visualizer.inputs.arrays.own_layer import MAX_FILTERS
from visualizer.ui.settings import Choice, Number

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
