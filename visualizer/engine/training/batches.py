"""A set of examples, cut into batches, in one order and then another."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from visualizer.engine.training.update.losses import LossName, targets
from visualizer.engine.training.update.passes import Batch


class Batches:
    """Batches of `batch_size` examples, the last one short where the number does not divide.

    `shuffle` puts the examples into the batches in another order; all tensors stay where they are. `z` has the outputs
    for all examples, batch after batch, as the last pass over each has left them.

    Shapes: x (m, inputs), y (m, outputs), z (N · outputs · m,).
    """

    def __init__(
        self, x: Tensor, y: Tensor, loss: LossName, batch_size: int, nets: int, *, bias: bool, dtype: torch.dtype
    ) -> None:
        examples, outputs = y.shape
        ones = [x.new_ones(examples, 1)] if bias else []
        self._x = torch.cat([x, *ones], dim=1).to(dtype)
        self._targets = targets(loss, y).to(dtype)
        self.z = self._x.new_zeros(nets * outputs * examples)
        starts = range(0, max(examples, 1), batch_size)
        sizes = [min(batch_size, examples - start) for start in starts]
        self._scale = torch.cat([self._x.new_full((size, 1), -1 / max(size, 1)) for size in sizes])
        self._shuffled_x, self._minus_targets = self._x.clone(), self._targets * self._scale
        self._batches = [
            Batch(x_part, targets_part.t(), z_part.view(nets, outputs, size))
            for x_part, targets_part, z_part, size in zip(
                self._shuffled_x.split_with_sizes(sizes),
                self._minus_targets.split_with_sizes(sizes),
                self.z.split_with_sizes([nets * outputs * size for size in sizes]),
                sizes,
                strict=True,
            )
        ]

    def __iter__(self) -> Iterator[Batch]:
        return iter(self._batches)

    def __len__(self) -> int:
        return len(self._batches)

    def shuffle(self, generator: torch.Generator) -> None:
        """A new order; one batch of all needs none."""
        if len(self) > 1:
            order = torch.randperm(len(self._x), generator=generator)
            torch.index_select(self._x, 0, order, out=self._shuffled_x)
            torch.index_select(self._targets, 0, order, out=self._minus_targets)
            self._minus_targets.mul_(self._scale)
