"""The loss on a plane through the space of the weights, and where a run stands over that plane."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.descent.smoothness import Loss

_AT_ONCE = 64
_MARGIN = 0.15


@dataclass(frozen=True, eq=False)
class Plane:
    """The points origin + a · directions[0] + b · directions[1]; the directions are of length 1, at right angles.

    `explained` is the share of the run's variance that lies along each direction.

    Shapes: origin (parameters,), directions (2, parameters), explained (2,). float64.
    """

    origin: Tensor
    directions: Tensor
    explained: Tensor

    def coordinates(self, points: Tensor) -> Tensor:
        """Where the points stand over the plane, seen at right angles to it: (…, parameters) to (…, 2)."""
        return (points - self.origin) @ self.directions.T

    def points(self, coordinates: Tensor) -> Tensor:
        """The points of the plane at (…, 2), as (…, parameters)."""
        return self.origin + coordinates @ self.directions


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss over a grid of the plane: losses[row, column] at (a[column], b[row]). Shapes: a, b (side,)."""

    plane: Plane
    a: Tensor
    b: Tensor
    losses: Tensor


def principal_plane(path: Tensor) -> Plane:
    """The plane through the path's mean in which it varies most: its two first principal components.

    A component's sign is chosen so that the path's end lies on its positive side as seen from the start.

    Shapes: path (points, parameters), at least 2 parameters. Raises: ValueError naming the argument and the limit.
    Source: Pearson 1901; for paths of nets, Li et al. 2018, section 7.
    """
    _check_path(path)
    centred = path - path.mean(0)
    directions = torch.linalg.eigh(centred.T @ centred)[1].T.flip(0)[:2]
    onward = torch.where(directions @ (path[-1] - path[0]) < 0, -1.0, 1.0)
    return _plane(path, path.mean(0), directions * onward[:, None])


def weight_plane(path: Tensor, first: int, second: int) -> Plane:
    """The plane through the path's end in which only two weights change; they are the coordinates. Counted from 0.

    Shapes: path (points, parameters). Raises: ValueError naming the argument, its value and the limit.
    """
    _check_path(path)
    parameters = path.shape[1]
    for name, number in (("first", first), ("second", second)):
        if not 0 <= number < parameters:
            raise ValueError(f"{name} must be from 0 to {parameters - 1}, got {number}")
    if first == second:
        raise ValueError(f"second must be another weight than the first, got {second} twice")
    directions = torch.eye(parameters, dtype=path.dtype)[[first, second]]
    return _plane(path, path[-1] * (1 - directions.sum(0)), directions)


def random_plane(path: Tensor, *, seed: int) -> Plane:
    """The plane through the path's end along two directions drawn at random, all alike.

    Shapes: path (points, parameters). Raises: ValueError naming the argument and the limit.
    Source: Li et al. 2018, without their scaling to the size of each unit's weights.
    """
    _check_path(path)
    generator = torch.Generator().manual_seed(seed)
    drawn = torch.randn(path.shape[1], 2, generator=generator, dtype=path.dtype)
    return _plane(path, path[-1], torch.linalg.qr(drawn)[0].T)


@torch.no_grad()
def loss_surface(loss: Loss, plane: Plane, path: Tensor, *, side: int = 41) -> Surface:
    """The loss over the part of the plane that the path passes over, with a margin, on a grid of side × side points.

    Where the path hardly moves along one direction, the grid goes as far that way as along the other.

    Shapes: path (points, parameters). Raises: ValueError naming the argument, its value and the limit.
    """
    if not 2 <= side <= 201:
        raise ValueError(f"side must be from 2 to 201, got {side}")
    low, high = plane.coordinates(path).aminmax(dim=0)
    middle, half = (low + high) / 2, (high - low) / 2
    widest = float(half.max()) or 1.0
    half = torch.where(half < 0.02 * widest, widest, half) * (1 + 2 * _MARGIN)
    a, b = ((middle[i] + half[i] * torch.linspace(-1, 1, side, dtype=path.dtype)) for i in range(2))
    rows, columns = torch.meshgrid(b, a, indexing="ij")
    grid = plane.points(torch.stack([columns, rows], -1).reshape(-1, 2))
    losses = torch.cat([loss(grid[at : at + _AT_ONCE]) for at in range(0, len(grid), _AT_ONCE)])
    return Surface(plane, a, b, losses.reshape(side, side))


def _plane(path: Tensor, origin: Tensor, directions: Tensor) -> Plane:
    centred = path - path.mean(0)
    whole = float((centred * centred).sum())
    along = (centred @ directions.T).square().sum(0)
    return Plane(origin, directions, along / whole if whole else torch.zeros_like(along))


def _check_path(path: Tensor) -> None:
    if path.dim() != 2 or not len(path) or path.shape[1] < 2:
        raise ValueError(f"path must be (points, parameters) with at least 2 parameters, got {tuple(path.shape)}")
    if not bool(torch.isfinite(path).all()):
        raise ValueError("path must be finite")
