"""Whether settings make a walk over an image of a given size, and if not, why, and the smallest change that helps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from visualizer.engine.geometry import Grid, Pair, grid, same_padding
from visualizer.engine.walks.pooling.layer import Pooling, checked_pooling
from visualizer.inputs.arrays.arrays import sized
from visualizer.inputs.arrays.kernels import size_missing
from visualizer.lessons.pooling.settings import ALONE, NONE, PoolingSettings
from visualizer.ui.refusal import Refusal, sentence

Shape = tuple[int, int, int]


def convolution_of(settings: PoolingSettings, size: Pair) -> Grid:
    """The windows of the block's convolution. Raises: ValueError where none fits, in words."""
    kernel = settings.kernel_size
    border = same_padding(kernel, (1, 1), (1, 1)) if settings.same else (0, 0, 0, 0)
    return grid("kernel", size, kernel, padding=border, image="the crop")


def pooling_of(settings: PoolingSettings, shape: Shape, source: str) -> Pooling:
    """The pooling over arrays of this shape. Raises: ValueError where it is impossible, in words."""
    options: dict[str, Any] = dict(settings.options)
    return checked_pooling(shape, **options, source=source)


def refusal(settings: PoolingSettings, shape: Shape) -> Refusal | None:
    """Why no walk can be made over an image of this shape (channels, rows, columns); None where one can."""
    source = "the crop"
    if settings.is_block:
        if text := settings.own_layer.missing(shape[0]):
            return Refusal("numbers", text)
        if text := "" if settings.own_kernel else size_missing(settings.kernel, settings.size):
            return Refusal("kernel", text)
        try:
            shape = (len(settings.weight(shape[0])), *convolution_of(settings, shape[1:]).outputs)
        except ValueError as error:
            return Refusal("kernel", sentence(str(error)))
        source = "the convolution's output"
    try:
        pooled = pooling_of(settings, shape, source).output_shape
    except ValueError as error:
        return Refusal("window", sentence(str(error)).replace("kernel", "window"))
    given = settings.own_gradient if settings.gradient != NONE else None
    if given and given.shape != pooled:
        text = f"∂ℓ/∂ pooled is {sized(given.shape)}, but the pooled output is {sized(pooled)}. Paste one of that size."
        return Refusal("numbers", text)
    return None


def possible(settings: PoolingSettings, shape: Shape, default: PoolingSettings) -> PoolingSettings:
    """Settings of which a walk can be made: these, else the default ones, else those of a window of one number."""
    one = replace(default, layers=ALONE, window=1)
    others = (replace(each, channels=settings.channels, own_image=settings.own_image) for each in (default, one))
    return next(each for each in (settings, *others) if refusal(each, shape) is None)
