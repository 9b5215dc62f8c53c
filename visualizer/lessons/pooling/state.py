"""What one visitor has in front of them: settings, the crop's numbers, and those that they changed by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from visualizer.engine import Trace, trace_block, trace_pooling
from visualizer.engine.geometry import Grid, Pair, grid, same_padding
from visualizer.engine.walks.pooling.layer import Pooling, checked_pooling
from visualizer.inputs.arrays.arrays import sized
from visualizer.inputs.arrays.kernels import size_missing
from visualizer.inputs.arrays.own_layer import counted
from visualizer.lessons.pooling.settings import ADDRESS, ALONE, COUNTED, NONE, ONES, SETTINGS, PoolingSettings
from visualizer.ui.edits import Arrays
from visualizer.ui.refusal import Refusal, sentence
from visualizer.ui.shared_walks import shared
from visualizer.ui.walk_lesson import WalkLesson, opening_step


class PoolingLesson(WalkLesson[PoolingSettings, Tensor]):
    """Given is the crop (channels, rows, columns)."""

    address = ADDRESS

    def refused(self, settings: PoolingSettings, x: Tensor) -> Refusal | None:
        return refusal(settings, _shape(x))

    def possible(self, settings: PoolingSettings, x: Tensor) -> PoolingSettings:
        return possible(settings, _shape(x), SETTINGS.of())

    def start_arrays(self, settings: PoolingSettings, x: Tensor) -> Arrays:
        return start_arrays(settings, x)

    def walk(self) -> Trace:
        return trace_of(self.settings, self.arrays)

    def opening(self, trace: Trace) -> int:
        return opening_step(trace, "Backward: image")


def _shape(x: Tensor) -> Shape:
    return x.shape[0], x.shape[1], x.shape[2]


GIVEN = {
    COUNTED: "∂ℓ/∂ pooled is given, as if it came from the layers above: 1, 2, 3, …, counted through, so that each "
    "number is recognised where it goes.",
    ONES: "∂ℓ/∂ pooled is given, as if it came from the layers above: 1 everywhere.",
}
"""Where the backward pass starts, in words."""


def start_arrays(settings: PoolingSettings, x: Tensor) -> dict[str, Tensor]:
    """What the walk starts from, by the trace's names: x and grad_y, or for the block x, weight, bias and grad_p."""
    channels, rows, columns = x.shape
    if not settings.is_block:
        pooled = pooling_of(settings, (channels, rows, columns), "x").output_shape
        return {"x": x} | _gradient(settings, "grad_y", pooled)
    weight = settings.weight(channels)
    map_shape = (len(weight), *convolution_of(settings, (rows, columns)).outputs)
    pooled = pooling_of(settings, map_shape, "h").output_shape
    layer = {"weight": weight, "bias": settings.bias_of_filters(len(weight))}
    return {"x": x} | layer | _gradient(settings, "grad_p", pooled)


@shared
def trace_of(settings: PoolingSettings, arrays: Arrays) -> Trace:
    """The walk over these numbers, forward and, where a gradient comes from above, backward."""
    trace = _traced(settings, arrays)
    given = "" if settings.own_gradient else GIVEN.get(settings.gradient, "")
    return replace(trace, summary=f"{trace.summary} {given}".rstrip())


def _traced(settings: PoolingSettings, arrays: Arrays) -> Trace:
    if not settings.is_block:
        return trace_pooling(arrays["x"], **settings.options, grad_y=arrays.get("grad_y"))
    return trace_block(
        arrays["x"],
        arrays["weight"],
        arrays["bias"],
        padding=settings.convolution_padding,
        pooling=settings.options,
        grad_p=arrays.get("grad_p"),
    )


def _gradient(settings: PoolingSettings, name: str, shape: tuple[int, int, int]) -> dict[str, Tensor]:
    if settings.gradient == NONE:
        return {}
    if settings.own_gradient:
        return {name: settings.own_gradient.tensor()}
    return {name: counted(shape) if settings.gradient == COUNTED else torch.ones(shape, dtype=torch.float64)}


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
