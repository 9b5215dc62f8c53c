"""Settings and numbers -> the trace that is walked through."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from visualizer.engine import Trace, trace_block, trace_pooling
from visualizer.inputs.arrays.own_layer import counted
from visualizer.lessons.pooling.fitting import convolution_of, pooling_of
from visualizer.lessons.pooling.settings import COUNTED, NONE, ONES, PoolingSettings
from visualizer.ui.edits import Arrays
from visualizer.ui.shared_walks import shared

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
