"""Whether settings make a layer on an image of a given size, and if not, why, and the smallest change that helps."""

from __future__ import annotations

from dataclasses import replace

from visualizer.engine.geometry import Grid, Pair, grid, same_padding, sides
from visualizer.inputs.arrays.arrays import sized
from visualizer.inputs.arrays.kernels import KERNELS, size_missing
from visualizer.lessons.convolution.settings import ConvolutionSettings
from visualizer.ui.refusal import Refusal, sentence

MAX_STEPS = 25_000
"""The longest walk that is played; the browser holds all of it."""


_SAME = (
    "Padding “same” keeps the image's size, which needs stride 1: set the stride to 1, or give the padding in numbers."
)


def grid_of(settings: ConvolutionSettings, size: Pair, image: str = "the crop") -> Grid:
    """Where the windows lie on an image of this size (rows, columns). Raises: ValueError where none fits, in words."""
    kernel, stride, dilation = (settings.kernel_size, *((n, n) for n in (settings.stride, settings.dilation)))
    same = settings.padding == "same"
    border = same_padding(kernel, stride, dilation) if same else sides(settings.padding_argument)
    return grid("kernel", size, kernel, stride, dilation, border, image=image)


def layer_refusal(settings: ConvolutionSettings, size: Pair, image: str = "the crop") -> Refusal | None:
    """Why no layer can be laid on an image of this size; None where one can."""
    if text := settings.own_layer.missing(settings.channel_count):
        return Refusal("numbers", text)
    for names in settings.layer if not settings.own_kernel else ():
        for name in names:
            if text := size_missing(name, settings.size):
                return Refusal("kernel", text)
    if settings.padding == "same" and settings.stride > 1:
        return Refusal("geometry", _SAME)
    try:
        grid_of(settings, size, image)
    except ValueError as error:
        return Refusal("geometry", sentence(str(error)))
    return None


def refusal(settings: ConvolutionSettings, size: Pair) -> Refusal | None:
    """Why no walk can be made over an image of this size; None where one can."""
    if found := layer_refusal(settings, size):
        return found
    windows = grid_of(settings, size)
    wanted = settings.own_target if settings.squared else settings.own_gradient if settings.loss == "given" else None
    shape = settings.filter_count, *windows.outputs
    if wanted and wanted.shape != shape:
        what = "target" if settings.squared else "given gradient"
        text = f"The {what} is {sized(wanted.shape)}, but the output is {sized(shape)}. Paste one of that size."
        return Refusal("numbers", text)
    if settings.squared and not wanted and settings.target in KERNELS:
        rows, columns = settings.kernel_size
        if rows != columns:
            return Refusal(
                "target", f"Target: named kernels are square, and yours is {rows}×{columns}. Choose a number."
            )
        if text := size_missing(settings.target, rows):
            return Refusal("target", f"Target: {text}")
    steps = _steps(settings, size, windows)
    if steps > MAX_STEPS:
        text = f"This walk would have {steps:,} steps; at most {MAX_STEPS:,} are played. Take fewer filters, "
        return Refusal("geometry", f"{text}a smaller crop, less padding or a larger stride.")
    return None


def possible(settings: ConvolutionSettings, size: Pair, default: ConvolutionSettings) -> ConvolutionSettings:
    """Settings of which a walk can be made: these, else the default ones, else those of a kernel of one number."""
    one = replace(default, size=1, kernels=(("identity",) * 3,) * len(default.kernels), target="identity")
    others = (replace(each, channels=settings.channels, own_image=settings.own_image) for each in (default, one))
    return next(each for each in (settings, *others) if refusal(each, size) is None)


def _steps(settings: ConvolutionSettings, size: Pair, windows: Grid) -> int:
    outputs = windows.outputs[0] * windows.outputs[1] * settings.filter_count
    if settings.loss == "none":
        return outputs
    rows, columns = settings.kernel_size
    weights = settings.filter_count * settings.channel_count * rows * columns
    pixels = settings.channel_count * size[0] * size[1]
    return outputs * (4 if settings.squared else 2) + 1 + weights + settings.filter_count + pixels
