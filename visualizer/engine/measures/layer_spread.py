"""How large signals are in each layer on their way forward, and gradients on their way back."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.measures.evaluation import layer_statistics
from visualizer.engine.training.update.losses import LossName
from visualizer.engine.training.update.parameters import Shape

_AT_ONCE = 2_000_000
"""How many activations are held at once."""


@dataclass(frozen=True, eq=False)
class LayerSpread:
    """Standard deviations over the units of a layer and the examples, of N nets; the last layer gives sums.

    Shapes: activations and gradients (N, layers); gradients are of each example's own loss with respect to the sums
    that go into the activation.
    """

    activations: Tensor
    gradients: Tensor

    @property
    def forward(self) -> Tensor:
        """By what factor activations grow from one hidden layer to the next (N,): the geometric mean.

        NaN where there are no two hidden layers, or nothing arrives in them.
        """
        return _per_step(self.activations[:, 0], self.activations[:, -2], self._steps)

    @property
    def backward(self) -> Tensor:
        """By what factor gradients grow from one hidden layer to the one before it (N,); NaN as in `forward`."""
        return _per_step(self.gradients[:, -2], self.gradients[:, 0], self._steps)

    @property
    def _steps(self) -> int:
        """From the first hidden layer to the last."""
        return self.activations.shape[1] - 2


def layer_spread(flat: Tensor, shape: Shape, data: Data, loss: LossName) -> LayerSpread:
    """The spread in every layer of each net, on the examples to train on.

    Shapes: flat (N, P), with at least one hidden layer.
    Raises: ValueError naming the argument, its value and the limit.
    Source: Glorot & Bengio 2010, sections 4.2.1 and 4.2.2.
    """
    if shape.depth < 2:
        raise ValueError(f"shape must have at least 1 hidden layer, got {list(shape.sizes)}")
    each = sum(shape.sizes[1:]) * len(data.train_x)
    parts = [_spread(part, shape, data, loss) for part in torch.split(flat, max(1, _AT_ONCE // each))]
    return LayerSpread(
        torch.cat([part.activations for part in parts]),
        torch.cat([part.gradients for part in parts]),
    )


def _spread(flat: Tensor, shape: Shape, data: Data, loss: LossName) -> LayerSpread:
    layers = layer_statistics(flat, shape, data, loss)
    return LayerSpread(
        torch.stack([_deviation(layer.activations) for layer in layers], dim=1),
        torch.stack([_deviation(layer.sum_gradients) for layer in layers], dim=1),
    )


@torch.no_grad()
def _deviation(values: Tensor) -> Tensor:
    """Of (N, units, m), in float64: (N,). The squares of tiny numbers have no room in float32."""
    return values.double().std(dim=(1, 2), correction=0)


def _per_step(first: Tensor, last: Tensor, steps: int) -> Tensor:
    if steps < 1:
        return torch.full_like(first, torch.nan)
    factor = (last / first) ** (1 / steps)
    return torch.where((first > 0) & (last > 0), factor, torch.nan)
