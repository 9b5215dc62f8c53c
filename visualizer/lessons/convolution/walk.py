"""Settings and numbers -> the trace that is walked through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine import Trace, trace_convolution
from visualizer.inputs.arrays.kernels import KERNELS, KernelOptions
from visualizer.inputs.arrays.own_layer import counted
from visualizer.inputs.images.pictures import hundredths_of
from visualizer.lessons.convolution.fitting import grid_of
from visualizer.lessons.convolution.settings import ONES, ConvolutionSettings
from visualizer.ui.shared_walks import shared

_FLIPPED = (
    "True convolution: the kernel is rotated by 180° before it is laid on the image. What stands here is the turned "
    "kernel, so that each number is multiplied with the one that it lies on."
)


def start_arrays(settings: ConvolutionSettings, x: Tensor) -> dict[str, Tensor]:
    """What the walk starts from, by the trace's names: x, weight, bias, and target or grad_y where the loss has one."""
    arrays = {"x": x, "weight": settings.weight(), "bias": settings.bias_of_filters()}
    if settings.squared:
        return arrays | {"target": settings.own_target.tensor() if settings.own_target else _target(settings, x)}
    if settings.loss == "given":
        shape = settings.filter_count, *grid_of(settings, (x.shape[1], x.shape[2])).outputs
        return arrays | {"grad_y": settings.own_gradient.tensor() if settings.own_gradient else counted(shape)}
    return arrays


@shared
def trace_of(settings: ConvolutionSettings, arrays: Mapping[str, Tensor]) -> Trace:
    """The walk over these numbers, forward and, where there is a loss, backward."""
    trace = trace_convolution(
        arrays["x"],
        arrays["weight"],
        arrays["bias"],
        **settings.geometry,
        loss=None if settings.loss in ("none", "given") else settings.loss,
        target=arrays.get("target"),
        grad_y=arrays.get("grad_y"),
        pixel=pixel_of(settings, arrays["x"]) if settings.loss == "pixel" else None,
    )
    return replace(trace, summary=f"{trace.summary} {_FLIPPED}") if settings.flipped else trace


def pixel_of(settings: ConvolutionSettings, x: Tensor) -> tuple[int, ...]:
    """The output pixel that is the loss, counted from 0: the one chosen, or the nearest that there is."""
    shape = settings.filter_count, *grid_of(settings, (x.shape[1], x.shape[2])).outputs
    return tuple(min(chosen, size) - 1 for chosen, size in zip(settings.pixel, shape, strict=True))


def _target(settings: ConvolutionSettings, x: Tensor) -> Tensor:
    windows = grid_of(settings, (x.shape[1], x.shape[2]))
    shape = settings.filter_count, *windows.outputs
    if settings.target not in KERNELS:
        return torch.full(shape, float(settings.target == ONES), dtype=torch.float64)
    options = KernelOptions(settings.angles[0], settings.wavelengths[0])
    plane = KERNELS[settings.target].values(settings.kernel_size[0], options)
    kernel = plane.flip(0, 1) if settings.flipped else plane
    top, bottom, left, right = windows.padding
    padded = functional.pad(x, (left, right, top, bottom))
    y = functional.conv2d(padded, kernel.expand(1, len(x), -1, -1), None, windows.stride, 0, windows.dilation)
    return hundredths_of(y).repeat(settings.filter_count, 1, 1)
