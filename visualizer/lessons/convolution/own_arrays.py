"""The arrays that a visitor may paste: the layer takes its size from them."""

from __future__ import annotations

from visualizer.inputs.arrays.setting import ArraySetting
from visualizer.lessons.convolution.kernel_settings import MAX_FILTERS
from visualizer.lessons.convolution.kernels import LARGEST

MAX_CHANNELS = 4
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
