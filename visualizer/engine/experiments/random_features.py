"""Random features: a hidden layer that stays as it was drawn, and the output layer on top of it that fits best."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from visualizer.engine.measures.evaluation import unit_maps
from visualizer.engine.training.initialisation import check_scale
from visualizer.engine.training.start import start_networks
from visualizer.engine.training.update.parameters import Shape

_RECTIFIED = ("relu", "leaky_relu")


@torch.no_grad()
def start_features(shape: Shape, *, scale: float, seeds: Sequence[int]) -> Tensor:
    """A net for each seed, whose first layer gives random features.

    The first layer's weights and biases are normal with standard deviation scale / √inputs; the layers above are drawn
    as Xavier's, or He's for ReLU. The units of a net are the first of those that a wider one of the same seed has, so
    that more features always are those one had and some more.

    Shapes: parameters (N, P), float64.
    Raises: ValueError naming the argument, its value and the limit.
    Source: Rahimi & Recht 2007, Random features for large-scale kernel machines; the features there are cosines, here
    whatever the activation makes of them. torch.nn.Linear's default has the same order of size, for a scale of 1.
    """
    check_scale(scale)
    if not shape.bias or shape.depth < 2:
        raise ValueError(f"shape must have biases and at least 1 hidden layer, got {shape}")
    start = start_networks(shape, "he" if shape.activation in _RECTIFIED else "xavier", seeds=seeds)
    first = shape.matrices(start)[0]
    for net, seed in enumerate(seeds):
        first[net] = scale / math.sqrt(shape.sizes[0]) * _draw(*shape.matrix_sizes[0], seed)
    return start


@torch.no_grad()
def fit_readout(flat: Tensor, shape: Shape, x: Tensor, y: Tensor, *, ridge: float = 0.0) -> Tensor:
    """The same nets with the last layer that fits best by squared error, all others as they are: in closed form.

    The last layer's weights v and biases c minimise the mean of ½‖y − out‖² over the examples plus ridge / 2 · Σ v²,
    which is where training the last layer alone ends. Without ridge, of all that do so equally well, the shortest.

    Shapes: flat (N, P), x (m, inputs), y (m, outputs); to (N, P), float64.
    Raises: ValueError naming the argument, its value and the limit.
    Source: Rahimi & Recht 2007, algorithm 1; Hoerl & Kennard 1970 for the ridge.
    """
    if not (math.isfinite(ridge) and ridge >= 0):
        raise ValueError(f"ridge must be finite and at least 0, got {ridge}")
    if not shape.bias:
        raise ValueError(f"shape must have biases, got {shape}")
    fitted = flat.detach().double().clone()
    last = shape.matrices(fitted)[-1]
    for net in range(len(fitted)):
        last[net] = _solve(hidden_features(fitted[net : net + 1], shape, x)[0].t(), y.double(), ridge).t()
    return fitted


def hidden_features(flat: Tensor, shape: Shape, x: Tensor) -> Tensor:
    """What the output layer of each net gets at every point: the activations of its last hidden layer.

    Shapes: flat (N, P), x (points, inputs), to (N, units, points).
    """
    return unit_maps(flat, shape, x)[-2] if shape.depth > 1 else x.to(flat.dtype).t().expand(len(flat), -1, -1)


def _draw(units: int, columns: int, seed: int) -> Tensor:
    """Row by row: what a generator gives at once depends on how much it is asked for."""
    generator = torch.Generator().manual_seed(seed)
    return torch.stack([torch.randn(columns, generator=generator, dtype=torch.float64) for _ in range(units)])


def _solve(features: Tensor, y: Tensor, ridge: float) -> Tensor:
    """Features (m, units) and answers (m, outputs) -> weights, and biases as the last row: (units + 1, outputs).

    The ridge is written as more examples, one a unit, whose answer is 0; squaring nothing keeps small numbers.
    """
    share = 1 / math.sqrt(len(y))
    rows, wanted = torch.cat([features, torch.ones_like(features[:, :1])], dim=1) * share, y * share
    if ridge:
        units = features.shape[1]
        rows = torch.cat([rows, math.sqrt(ridge) * torch.eye(units, units + 1, dtype=torch.float64)])
        wanted = torch.cat([wanted, wanted.new_zeros(units, y.shape[1])])
    solution: Tensor = torch.linalg.lstsq(rows, wanted, driver="gelsd").solution
    return solution
