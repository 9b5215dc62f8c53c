"""Every number of a pooling's forward and backward pass, twice: by the formulas, and by autograd."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.geometry import Axis
from visualizer.engine.walks.pooling.layer import Pooling


def pooling_arrays(pooling: Pooling, x: Tensor, grad_y: Tensor | None) -> dict[str, Tensor]:
    """All arrays of the walk, in the order in which they are written.

    Shapes: x, grad_x (channels, rows, columns); y, switches, grad_y (channels, output rows, output columns). x and y
    are called as the pooling's source and target. switches (max only) hold the winner's place in its channel,
    row · columns + column, as int64. grad_y and grad_x are there with a given grad_y only.
    Source: the switches are those of Zeiler & Fergus 2013; of equal numbers the first wins, as in torch.
    """
    with torch.no_grad():
        y, switches = forward(pooling, x)
        source, target = pooling.source, pooling.target
        arrays = {source: x, target: y}
        if grad_y is not None:
            arrays |= {f"grad_{target}": grad_y, f"grad_{source}": gradient(pooling, grad_y, switches)}
        arrays = {name: array.clone() + 0.0 for name, array in arrays.items()}  # + 0 makes a −0 a 0
        return arrays if switches is None else arrays | {"switches": switches}


def forward(pooling: Pooling, x: Tensor) -> tuple[Tensor, Tensor | None]:
    """The pooled numbers and, of a maximum, its switches."""
    grid = pooling.grid
    if not pooling.is_max:
        total = functional.avg_pool2d(_fitted(pooling, x, 0.0), grid.kernel, grid.stride, divisor_override=1)
        return total / divisors(pooling), None
    fitted = _fitted(pooling, x, -math.inf)
    y, places = functional.max_pool2d(fitted, grid.kernel, grid.stride, 0, grid.dilation, return_indices=True)
    rows, columns = places // fitted.shape[2] - grid.rows.before, places % fitted.shape[2] - grid.columns.before
    return y, rows * pooling.size[1] + columns


def gradient(pooling: Pooling, grad_y: Tensor, switches: Tensor | None) -> Tensor:
    """∂ℓ/∂x: to the winners, added up where one wins in several windows; or spread evenly over each window."""
    shape = (pooling.channels, *pooling.size)
    if switches is not None:
        flat = torch.zeros(pooling.channels, math.prod(pooling.size), dtype=torch.float64)
        return flat.scatter_add(1, switches.flatten(1), grad_y.flatten(1)).reshape(shape)
    grid, shares = pooling.grid, grad_y / divisors(pooling)
    ones = torch.ones(pooling.channels, 1, *grid.kernel, dtype=torch.float64)
    spread = functional.conv_transpose2d(shares, ones, None, grid.stride, groups=pooling.channels)
    (top, bottom), (left, right) = _to_fit(grid.rows), _to_fit(grid.columns)
    return functional.pad(spread, (-left, -right, -top, -bottom))


def divisors(pooling: Pooling) -> Tensor:
    """What each window's sum is divided by, (output rows, output columns)."""
    rows, columns = (torch.tensor(pooling.counts(axis)) for axis in (pooling.grid.rows, pooling.grid.columns))
    return torch.outer(rows, columns).double()


def winners(pooling: Pooling, x: Tensor, y: Tensor) -> Tensor:
    """How many numbers of each window are equal to its maximum: 1, or more where there is a tie."""
    rows, columns = pooling.grid.rows, pooling.grid.columns
    fitted = _fitted(pooling, x, -math.inf)
    windows = fitted.unfold(1, rows.extent, rows.stride).unfold(2, columns.extent, columns.stride)
    return (windows[..., :: rows.dilation, :: columns.dilation] == y[..., None, None]).sum(dim=(3, 4))


def _to_fit(axis: Axis) -> tuple[int, int]:
    """What to add before and after an image so that the windows cover it exactly; less than 0 to cut off."""
    covered = (axis.windows - 1) * axis.stride + axis.extent
    return axis.before, covered - axis.before - axis.size


def _fitted(pooling: Pooling, x: Tensor, value: float) -> Tensor:
    (top, bottom), (left, right) = _to_fit(pooling.grid.rows), _to_fit(pooling.grid.columns)
    return functional.pad(x, (left, right, top, bottom), value=value)


def autograd_arrays(pooling: Pooling, x: Tensor, grad_y: Tensor | None) -> dict[str, Tensor]:
    """The same arrays as torch has them, gradients by autograd."""
    with torch.enable_grad():
        leaf = x.clone().requires_grad_()
        found = pooling_by_torch(pooling, leaf)
        if grad_y is not None:
            grads = torch.autograd.grad(found[pooling.target], leaf, grad_y)
            found[f"grad_{pooling.source}"] = grads[0]
    return {name: value.detach().clone() for name, value in found.items()}


def pooling_by_torch(pooling: Pooling, x: Tensor) -> dict[str, Tensor]:
    """The pooling in the usual way: torch's own padding and rounding where it has them."""
    grid = pooling.grid
    border = (grid.rows.before, grid.columns.before)
    if border != (grid.rows.after, grid.columns.after):  # torch pads opposite sides alike
        y, switches = forward(pooling, x)
        return {pooling.target: y} | ({} if switches is None else {"switches": switches})
    if not pooling.is_max:
        included = pooling.count_include_pad
        return {pooling.target: functional.avg_pool2d(x, grid.kernel, grid.stride, border, grid.rows.ceil, included)}
    y, switches = functional.max_pool2d(
        x, grid.kernel, grid.stride, border, grid.dilation, grid.rows.ceil, return_indices=True
    )
    return {pooling.target: y, "switches": switches}
