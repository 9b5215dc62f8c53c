"""A convolution of one image, forward and backward, one number at a time."""

from __future__ import annotations

import torch

from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import Step, Trace, chapters_from
from visualizer.engine.walks.convolution.layer import Convolution, checked_layer
from visualizer.engine.walks.convolution.loss import grad_y_steps, loss_steps, with_loss
from visualizer.engine.walks.convolution.notes import convolution_summary, convolution_title
from visualizer.engine.walks.convolution.steps import forward_steps, image_steps, kernel_steps
from visualizer.engine.walks.convolution.symbols import convolution_legend, convolution_overview, convolution_symbols
from visualizer.engine.walks.convolution.values import autograd_arrays, convolution_arrays


def trace_convolution(
    x: object,
    weight: object,
    bias: object = None,
    *,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    groups: int = 1,
    grad_y: object = None,
    loss: str | None = None,
    target: object = None,
    pixel: object = None,
) -> Trace:
    """The forward pass of a convolution and, with `grad_y` or a loss, its backward pass, step by step.

    Shapes: x (C_in, H, W); weight (C_out, C_in / groups, kernel rows, kernel columns); bias (C_out,) or None; grad_y,
    ∂ℓ/∂y from the layers that follow, and target (C_out, H', W'). Tensors, or what torch.tensor takes; copied, as
    float64. The trace's arrays are listed at `convolution_arrays` and `loss_arrays`.

    `stride` and `dilation` are whole numbers, or (rows, columns); `padding`, with zeros, also (top, bottom, left,
    right) or "same". `loss`, in place of grad_y: "squared" is ½ Σ (y − target)², "sum_squared" the same without
    ½, "mse" the mean of (y − target)², "sum" is Σ y, "pixel" is the output at `pixel`, (channel, row, column) counted
    from 0. As in torch, the kernel is not flipped: in signal processing
    this is a cross-correlation.

    Raises: ValueError naming the argument, its value and the limit.
    Source: slides 21 and 22 (Kakade 2016); Dumoulin & Visin 2016 for the geometry.
    """
    with torch.inference_mode(False):
        layer = checked_layer(x, weight, bias, stride, padding, dilation, groups)
        layer = with_loss(layer, grad_y, loss, target, pixel)
        arrays, checks = convolution_arrays(layer), autograd_arrays(layer)
    symbols = convolution_symbols(layer, arrays)
    parts = _parts(layer, symbols)
    return Trace(
        kind="convolution",
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols=symbols,
        checks=checks,
        title=convolution_title(layer),
        summary=convolution_summary(layer),
        overview=convolution_overview(layer),
        legend=convolution_legend(layer),
        windows=layer.grid,
    )


def _parts(layer: Convolution, symbols: dict[str, Symbol]) -> dict[str, list[Step]]:
    """The steps, chapter by chapter."""
    parts = {"Forward": list(forward_steps(layer))}
    if layer.backward:
        parts["Loss"] = list(loss_steps(layer))
        parts["Backward: output"] = list(grad_y_steps(layer))
        parts["Backward: kernel"] = list(kernel_steps(layer, symbols["weight"], symbols.get("bias")))
        parts["Backward: image"] = list(image_steps(layer))
    return parts
