"""How far the units of a layer are from being copies of each other."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.training.update.parameters import Shape

SAME = 1e-6
"""Units are the same where no weight differs by more than this, or by this share of the layer's largest weight where
that is above 1: in float32, such differences are rounding."""


@torch.no_grad()
def unit_distances(flat: Tensor, shape: Shape) -> Tensor:
    """The root mean square of the distances between two different units of a layer, for each hidden layer.

    A unit is where its weights and its bias stand in space. A layer of one unit has distance 0.

    Shapes: flat (..., P), to (..., hidden layers), float64.
    """
    return torch.stack([_distance(matrix.double()) for matrix in shape.matrices(flat)[:-1]], dim=-1)


@torch.no_grad()
def largest_differences(flat: Tensor, shape: Shape) -> Tensor:
    """The largest difference between the same weight of two units of a layer, over all hidden layers.

    Shapes: flat (..., P), to (...,), float64.
    """
    hidden = [matrix.double() for matrix in shape.matrices(flat)[:-1]]
    return torch.stack([(each.amax(-2) - each.amin(-2)).amax(-1) for each in hidden]).amax(0)


@torch.no_grad()
def merge_units(flat: Tensor, shape: Shape) -> tuple[Tensor, Shape]:
    """A net with one unit per hidden layer, which gives the same outputs if all units of each layer are the same.

    The one unit has the mean of their weights from below, and the sum of their weights to each unit above.

    Shapes: flat (P,), to (parameters of the narrow net,), float64.
    """
    narrow = Shape((shape.sizes[0], *(1 for _ in shape.sizes[1:-1]), shape.sizes[-1]), shape.activation, shape.bias)
    found: list[Tensor] = []
    for layer, matrix in enumerate(shape.matrices(flat.double())):
        below = shape.sizes[layer]
        weights, bias = matrix[:, :below], matrix[:, below:]
        merged = torch.cat([weights.sum(1, keepdim=True) if layer else weights, bias], dim=1)
        found.append(merged if layer + 1 == shape.depth else merged.mean(0, keepdim=True))
    return torch.cat([matrix.flatten() for matrix in found]), narrow


def _distance(units: Tensor) -> Tensor:
    """Of (..., units, numbers). Over pairs of n units the mean square is 2n / (n − 1) times that to their mean."""
    count = units.shape[-2]
    if count == 1:
        return units.new_zeros(units.shape[:-2])
    apart = units - units[..., :1, :]  # units that are the same then have a mean of 0, without rounding
    squares = (apart - apart.mean(-2, keepdim=True)).square().sum(-1).mean(-1)
    return (squares * (2 * count / (count - 1))).sqrt()
