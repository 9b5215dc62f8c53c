"""Convolution, bias, ReLU and pooling as one walk, forward and backward, one number at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import torch
from torch import Tensor

from visualizer.engine.trace.functions import FUNCTIONS, Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import Step, Trace, chapters_from
from visualizer.engine.walks.convolution import values as convolution_values
from visualizer.engine.walks.convolution.layer import Convolution, checked_layer
from visualizer.engine.walks.convolution.steps import forward_steps, image_steps, kernel_steps
from visualizer.engine.walks.convolution.symbols import convolution_symbols
from visualizer.engine.walks.pooling import values as pooling_values
from visualizer.engine.walks.pooling.block_steps import block_summary, block_title, relu_gradient_steps, relu_steps
from visualizer.engine.walks.pooling.layer import Pooling, checked_gradient, checked_pooling
from visualizer.engine.walks.pooling.steps import pooling_steps, unpooling_steps
from visualizer.engine.walks.pooling.symbols import pooling_symbols


class PoolingOptions(TypedDict, total=False):
    """The options of `trace_pooling`."""

    kind: str
    kernel_size: object
    stride: object
    padding: object
    dilation: object
    ceil_mode: bool
    count_include_pad: bool


_POOLING: Mapping[str, Any] = {
    "kind": "max",
    "kernel_size": 2,
    "stride": None,
    "padding": 0,
    "dilation": 1,
    "ceil_mode": False,
    "count_include_pad": True,
}


def trace_block(
    x: object,
    weight: object,
    bias: object = None,
    *,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    groups: int = 1,
    pooling: PoolingOptions | None = None,
    grad_p: object = None,
) -> Trace:
    """The forward pass of convolution, bias, ReLU and pooling and, with `grad_p`, its backward pass, step by step.

    Shapes: as at `trace_convolution`; grad_p, ∂ℓ/∂p from the layers that follow, has the shape of the pooled output.
    `pooling` holds options of `trace_pooling`, with the same defaults. The trace's arrays are x, weight, bias, y (the
    convolution's), h (after ReLU), p (pooled), switches, and with grad_p the gradient of each.

    Raises: ValueError naming the argument, its value and the limit; one about the pooling begins with "pooling".
    Source: slide 24 (Kakade 2016).
    """
    with torch.inference_mode(False):
        layer = checked_layer(x, weight, bias, stride, padding, dilation, groups)
        pool = _checked_options(layer, pooling or {})
        grad = checked_gradient("grad_p", grad_p, pool.output_shape)
        arrays, checks = _arrays(layer, pool, grad), _autograd_arrays(layer, pool, grad)
    symbols = convolution_symbols(layer, [name for name in arrays if name not in _POOLED]) | pooling_symbols(
        pool, [name for name in arrays if name in _POOLED]
    )
    parts = _parts(layer, pool, arrays, symbols)
    return Trace(
        kind="block",
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols=symbols,
        checks=checks,
        title=block_title(layer, pool),
        summary=block_summary(layer, pool, grad is not None),
        overview=_overview(layer, pool),
        windows=layer.grid,
    )


_POOLED = ("h", "p", "switches", "grad_p", "grad_h")


def _checked_options(layer: Convolution, options: PoolingOptions) -> Pooling:
    unknown = [name for name in options if name not in _POOLING]
    if unknown:
        raise ValueError(f"pooling may have the options {', '.join(_POOLING)}, got {unknown[0]!r}")
    try:
        return checked_pooling(layer.output_shape, **{**_POOLING, **options}, source="h", target="p")
    except ValueError as error:
        raise ValueError(f"pooling: {error}") from error


def _arrays(layer: Convolution, pool: Pooling, grad_p: Tensor | None) -> dict[str, Tensor]:
    with torch.no_grad():
        convolved = convolution_values.convolution_arrays(layer)
        h = FUNCTIONS["relu"].value(convolved["y"])
        pooled = pooling_values.pooling_arrays(pool, h, grad_p)
        arrays = convolved | pooled
        if grad_p is None:
            return arrays
        grad_y = arrays["grad_h"] * FUNCTIONS["relu'"].value(arrays["y"])
        grads = {"grad_y": grad_y, **convolution_values.gradients(layer, grad_y)}
        return arrays | {name: grad + 0.0 for name, grad in grads.items()}


def _autograd_arrays(layer: Convolution, pool: Pooling, grad_p: Tensor | None) -> dict[str, Tensor]:
    """The same arrays as torch has them, gradients by autograd."""
    with torch.enable_grad():
        named = {"x": layer.x, "weight": layer.weight} | ({} if layer.bias is None else {"bias": layer.bias})
        leaves = {name: value.clone().requires_grad_() for name, value in named.items()}
        y = convolution_values.layer_by_torch(layer, leaves)
        h = torch.relu(y)
        found = {"y": y, "h": h, **pooling_values.pooling_by_torch(pool, h)}
        if grad_p is not None:
            tracked = {"h": h, "y": y, **leaves}
            grads = torch.autograd.grad(found["p"], list(tracked.values()), grad_p)
            found |= {f"grad_{name}": grad for name, grad in zip(tracked, grads, strict=True)}
    return {name: value.detach().clone() for name, value in found.items()}


def _parts(
    layer: Convolution, pool: Pooling, arrays: Mapping[str, Tensor], symbols: Mapping[str, Symbol]
) -> dict[str, list[Step]]:
    """The steps, chapter by chapter."""
    parts = {
        "Convolution": list(forward_steps(layer)),
        "ReLU": list(relu_steps(layer)),
        "Pooling": list(pooling_steps(pool, arrays)),
    }
    if "grad_p" in arrays:
        parts["Backward: pooling"] = list(unpooling_steps(pool, arrays))
        parts["Backward: ReLU"] = list(relu_gradient_steps(layer))
        parts["Backward: kernel"] = list(kernel_steps(layer, symbols["weight"], symbols.get("bias")))
        parts["Backward: image"] = list(image_steps(layer))
    return parts


def _overview(layer: Convolution, pool: Pooling) -> Template:
    """p = max ReLU(b + w ∗ x), with whole arrays."""
    bias = ("b", "+") if layer.bias is not None else ()
    return ("row", "p", "=", "max" if pool.is_max else "mean", "(", "ReLU", "(", *bias, "w", "∗", "x", ")", ")")
