"""All weights and biases of many nets of one shape in one tensor, so that an optimiser is one set of operations."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from visualizer.engine.trace.activations import ACTIVATIONS


@dataclass(frozen=True)
class Shape:
    """A fully connected net: units per layer, inputs first, the activation of its hidden layers, and whether it has
    biases. Its last layer gives the plain sums; what becomes of them is the loss's business.

    Its `count` parameters lie in a row: layer after layer, unit after unit, a unit's weights and then its bias.

    Raises: ValueError naming the argument, its value and the limit.
    """

    sizes: tuple[int, ...]
    activation: str = "tanh"
    bias: bool = True

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or any(size < 1 for size in self.sizes):
            raise ValueError(f"sizes must be at least 2 numbers of at least 1 each, got {list(self.sizes)}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, got {self.activation!r}")

    @property
    def depth(self) -> int:
        """How many layers have weights."""
        return len(self.sizes) - 1

    @cached_property
    def count(self) -> int:
        """How many parameters a net has."""
        return sum(self.layer_counts)

    @cached_property
    def layer_counts(self) -> list[int]:
        """How many parameters each layer has."""
        return [units * columns for units, columns in self.matrix_sizes]

    @cached_property
    def matrix_sizes(self) -> list[tuple[int, int]]:
        """Rows and columns of each layer's matrix: the units, and the units below with one more for the bias."""
        return [(units, below + self.bias) for below, units in itertools.pairwise(self.sizes)]

    def matrices(self, flat: Tensor) -> list[Tensor]:
        """Views: a layer's weights with its biases as the last column, (..., units, below + 1), of flat (..., P)."""
        if flat.shape[-1] != self.count:
            raise ValueError(f"flat must end in {self.count} parameters, got shape {tuple(flat.shape)}")
        parts = flat.split_with_sizes(self.layer_counts, dim=-1)
        return [part.view(part.shape[:-1] + sizes) for part, sizes in zip(parts, self.matrix_sizes, strict=True)]

    def weights(self, flat: Tensor) -> list[Tensor]:
        """Views: a layer's weights (..., units, below) of flat (..., P)."""
        return [matrix[..., :below] for matrix, below in zip(self.matrices(flat), self.sizes, strict=False)]

    def biases(self, flat: Tensor) -> list[Tensor]:
        """Views: a layer's biases (..., units) of flat (..., P); none without biases."""
        return [matrix[..., -1] for matrix in self.matrices(flat)] if self.bias else []

    def weight_mask(self) -> Tensor:
        """1 where a parameter is a weight and 0 where it is a bias: (P,), float64."""
        mask = torch.ones(self.count, dtype=torch.float64)
        for biases in self.biases(mask):
            biases.zero_()
        return mask

    def layer_mask(self, layers: Collection[int]) -> Tensor:
        """0 in the given layers and 1 elsewhere: (P,), float64."""
        mask = torch.ones(self.count, dtype=torch.float64)
        for layer in layers:
            self.matrices(mask)[layer].zero_()
        return mask

    def by_layer(self, flat: Tensor) -> Tensor:
        """flat (N, P) as one row of N · P: all nets' first layers, then all nets' second layers, … A copy.

        Each layer of all nets then lies in one piece, which is what batched products are fast with.
        """
        return torch.cat([part.reshape(-1) for part in flat.split_with_sizes(self.layer_counts, dim=1)])

    def by_net(self, row: Tensor) -> Tensor:
        """The other way round: (N, P), a copy."""
        nets = row.numel() // self.count
        if nets == 1:
            return row.clone().unsqueeze(0)
        parts = row.split_with_sizes([nets * count for count in self.layer_counts])
        return torch.cat([part.view(nets, -1) for part in parts], dim=1)

    def layers(self, row: Tensor) -> list[Tensor]:
        """Views of what `by_layer` gives: each layer's matrices (N, units, below + 1), in one piece."""
        nets = row.numel() // self.count
        parts = row.split_with_sizes([nets * count for count in self.layer_counts])
        return [part.view(nets, *sizes) for part, sizes in zip(parts, self.matrix_sizes, strict=True)]


def flatten(weights: Sequence[Tensor], biases: Sequence[Tensor] | None = None) -> Tensor:
    """Weights (..., units, below) and biases (..., units) of each layer as parameters (..., P), a copy.

    Without biases, None or none of them, for a `Shape` without.
    """
    if not biases:
        return torch.cat([weight.flatten(-2) for weight in weights], dim=-1)
    if len(biases) != len(weights):
        raise ValueError(f"biases must be as many as weights, {len(weights)}, got {len(biases)}")
    matrices = (torch.cat([weight, bias.unsqueeze(-1)], dim=-1) for weight, bias in zip(weights, biases, strict=True))
    return torch.cat([matrix.flatten(-2) for matrix in matrices], dim=-1)
