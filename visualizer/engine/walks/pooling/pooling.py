"""A pooling of one image, forward and backward, one number at a time."""

from __future__ import annotations

import torch

from visualizer.engine.trace.trace import Trace, chapters_from
from visualizer.engine.walks.pooling.layer import checked_gradient, checked_image, checked_pooling
from visualizer.engine.walks.pooling.notes import pooling_summary, pooling_title
from visualizer.engine.walks.pooling.steps import pooling_steps, unpooling_steps
from visualizer.engine.walks.pooling.symbols import pooling_legend, pooling_overview, pooling_symbols
from visualizer.engine.walks.pooling.values import autograd_arrays, pooling_arrays


def trace_pooling(
    x: object,
    *,
    kind: str = "max",
    kernel_size: object = 2,
    stride: object = None,
    padding: object = 0,
    dilation: object = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    grad_y: object = None,
) -> Trace:
    """The forward pass of a max or average pooling and, with `grad_y`, its backward pass, step by step.

    Shapes: x (C, H, W); grad_y, ∂ℓ/∂y from the layers that follow, (C, H', W'). Tensors, or what torch.tensor takes;
    copied, as float64. The trace's arrays are listed at `pooling_arrays`. switches are written by the steps that write
    y: `Maximum.switch` says where.

    `kernel_size`, `stride` (None: as the kernel) and `dilation` (max only) are whole numbers, or (rows, columns);
    `padding`, at most half of the kernel, also (top, bottom, left, right). A maximum leaves padding out; an
    average counts it, unless `count_include_pad` is False. `ceil_mode` rounds the number of windows up, but drops one
    that would start past the image.

    Raises: ValueError naming the argument, its value and the limit; also, unlike torch, which gives −∞, where dilation
    lets a window straddle the whole image.
    Source: slide 23 (Kakade 2016); Zeiler & Fergus 2013 for the switches.
    """
    with torch.inference_mode(False):
        image = checked_image(x)
        shape = (image.shape[0], image.shape[1], image.shape[2])
        pooling = checked_pooling(shape, kind, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad)
        grad = checked_gradient("grad_y", grad_y, pooling.output_shape)
        arrays, checks = pooling_arrays(pooling, image, grad), autograd_arrays(pooling, image, grad)
    parts = {"Forward": list(pooling_steps(pooling, arrays))}
    if grad is not None:
        parts["Backward: image"] = list(unpooling_steps(pooling, arrays))
    return Trace(
        kind="pooling",
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols=pooling_symbols(pooling, arrays),
        checks=checks,
        title=pooling_title(pooling),
        summary=pooling_summary(pooling, grad is not None),
        overview=pooling_overview(pooling),
        legend=pooling_legend(pooling),
        windows=pooling.grid,
    )
