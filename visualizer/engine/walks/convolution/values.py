"""Every number of a convolution's forward and backward pass, twice: by the formulas, and by autograd."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.walks.convolution.layer import Convolution
from visualizer.engine.walks.convolution.loss import loss_arrays, loss_of
from visualizer.engine.walks.losses import LOSSES


def convolution_arrays(layer: Convolution) -> dict[str, Tensor]:
    """All arrays of the walk, in the order in which they are written.

    Shapes: as at Convolution; y (filters, output rows, output columns); what a loss adds at `loss_arrays`. A grad_…
    has the shape of what it belongs to.
    Source: Dumoulin & Visin 2016: the way back to the image is the transposed convolution.
    """
    with torch.no_grad():
        bias = {} if layer.bias is None else {"bias": layer.bias}
        y = forward(layer)
        arrays = {"x": layer.x, "weight": layer.weight, **bias, "y": y, **loss_arrays(layer, y)}
        if "grad_y" in arrays:
            arrays |= gradients(layer, arrays["grad_y"])
        return {name: array.clone() + 0.0 for name, array in arrays.items()}  # + 0 makes a −0 a 0


def forward(layer: Convolution) -> Tensor:
    grid = layer.grid
    return functional.conv2d(
        _padded(layer, layer.x), layer.weight, layer.bias, grid.stride, 0, grid.dilation, layer.groups
    )


def gradients(layer: Convolution, grad_y: Tensor) -> dict[str, Tensor]:
    """∂ℓ/∂weight, ∂ℓ/∂bias where there is one, and ∂ℓ/∂x."""
    bias = {} if layer.bias is None else {"grad_bias": grad_y.sum(dim=(1, 2))}
    return {"grad_weight": _grad_weight(layer, grad_y), **bias, "grad_x": _grad_x(layer, grad_y)}


def _grad_weight(layer: Convolution, grad_y: Tensor) -> Tensor:
    """For each kernel number: the sum over all windows of ∂ℓ/∂y times the number of the image under it."""
    rows, columns = layer.grid.rows, layer.grid.columns
    windows = _padded(layer, layer.x).unfold(1, rows.extent, rows.stride).unfold(2, columns.extent, columns.stride)
    under = windows[..., :: rows.dilation, :: columns.dilation]
    grads = grad_y.reshape(layer.groups, -1, *grad_y.shape[1:])
    seen = under.reshape(layer.groups, -1, *under.shape[1:])
    return torch.einsum("goij,gcijuv->gocuv", grads, seen).flatten(0, 1)


def _grad_x(layer: Convolution, grad_y: Tensor) -> Tensor:
    grid = layer.grid
    rows, columns = ((axis.padded - axis.extent) % axis.stride for axis in (grid.rows, grid.columns))
    padded = functional.conv_transpose2d(
        grad_y, layer.weight, None, grid.stride, 0, (rows, columns), layer.groups, grid.dilation
    )
    top, bottom, left, right = grid.padding
    return functional.pad(padded, (-left, -right, -top, -bottom))  # what the zeros of the padding got is dropped


def _padded(layer: Convolution, x: Tensor) -> Tensor:
    top, bottom, left, right = layer.grid.padding
    return functional.pad(x, (left, right, top, bottom))


def autograd_arrays(layer: Convolution) -> dict[str, Tensor]:
    """The same arrays as torch has them: conv2d, gradients by autograd."""
    with torch.enable_grad():
        named = {"x": layer.x, "weight": layer.weight} | ({} if layer.bias is None else {"bias": layer.bias})
        leaves = {name: value.clone().requires_grad_() for name, value in named.items()}
        y = layer_by_torch(layer, leaves)
        found = {"y": y}
        if layer.loss is not None:
            loss = loss_of(layer, y)
            grads = torch.autograd.grad(loss, [y, *leaves.values()])
            found |= {"loss": loss} | _shares(layer, y)
            found |= {f"grad_{name}": grad for name, grad in zip(["y", *leaves], grads, strict=True)}
        elif layer.grad_y is not None:
            grads = torch.autograd.grad(y, list(leaves.values()), layer.grad_y)
            found |= {f"grad_{name}": grad for name, grad in zip(leaves, grads, strict=True)}
    return {name: value.detach().clone() for name, value in found.items()}


def layer_by_torch(layer: Convolution, leaves: dict[str, Tensor]) -> Tensor:
    """The layer on other numbers in the usual way: torch's own padding where it is the same on opposite sides."""
    x, border = leaves["x"], (layer.grid.rows.before, layer.grid.columns.before)
    if border != (layer.grid.rows.after, layer.grid.columns.after):
        x, border = _padded(layer, x), (0, 0)
    return functional.conv2d(
        x, leaves["weight"], leaves.get("bias"), layer.grid.stride, border, layer.grid.dilation, layer.groups
    )


def _shares(layer: Convolution, y: Tensor) -> dict[str, Tensor]:
    if layer.target is None:
        return {}
    losses = LOSSES[str(layer.loss)].by_torch(y, layer.target, "none")
    return {"error": layer.target - y} | ({"losses": losses} if y.numel() > 1 else {})
