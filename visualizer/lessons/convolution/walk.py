"""Settings and numbers -> the trace that is walked through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine import Trace, trace_convolution
from visualizer.lessons.convolution.fitting import grid_of
from visualizer.lessons.convolution.kernels import KERNELS, KernelOptions
from visualizer.lessons.convolution.settings import ConvolutionSettings
from visualizer.lessons.convolution.table import ONES
from visualizer.lessons.microscope import hundredths_of

_FLIPPED = (
    "True convolution: the kernel is turned by 180° before it is laid on the image. What stands here is the turned "
    "kernel, so that each number is multiplied with the one that it lies on."
)


def start_arrays(settings: ConvolutionSettings, x: Tensor) -> dict[str, Tensor]:
    """What the walk starts from, by the trace's names: x, weight, bias and, with the squared loss, target."""
    weight = settings.weight()
    bias = torch.full((settings.filters,), settings.bias, dtype=torch.float64)
    arrays = {"x": x, "weight": weight, "bias": bias}
    return arrays | ({"target": _target(settings, x)} if settings.loss == "squared" else {})


def trace_of(settings: ConvolutionSettings, arrays: Mapping[str, Tensor]) -> Trace:
    """The walk over these numbers, forward and, where there is a loss, backward."""
    trace = trace_convolution(
        arrays["x"],
        arrays["weight"],
        arrays["bias"],
        **settings.geometry,
        loss=None if settings.loss == "none" else settings.loss,
        target=arrays.get("target"),
        pixel=pixel_of(settings, arrays["x"]) if settings.loss == "pixel" else None,
    )
    return replace(trace, summary=f"{trace.summary} {_FLIPPED}") if settings.flipped else trace


def pixel_of(settings: ConvolutionSettings, x: Tensor) -> tuple[int, ...]:
    """The output pixel that is the loss, counted from 0: the one chosen, or the nearest that there is."""
    shape = settings.filters, *grid_of(settings, (x.shape[1], x.shape[2])).outputs
    return tuple(min(chosen, size) - 1 for chosen, size in zip(settings.pixel, shape, strict=True))


def _target(settings: ConvolutionSettings, x: Tensor) -> Tensor:
    windows = grid_of(settings, (x.shape[1], x.shape[2]))
    shape = settings.filters, *windows.outputs
    if settings.target not in KERNELS:
        return torch.full(shape, float(settings.target == ONES), dtype=torch.float64)
    plane = KERNELS[settings.target].values(settings.size, KernelOptions(settings.angles[0], settings.wavelengths[0]))
    kernel = plane.flip(0, 1) if settings.flipped else plane
    top, bottom, left, right = windows.padding
    padded = functional.pad(x, (left, right, top, bottom))
    y = functional.conv2d(padded, kernel.expand(1, len(x), -1, -1), None, windows.stride, 0, windows.dilation)
    return hundredths_of(y).repeat(settings.filters, 1, 1)
