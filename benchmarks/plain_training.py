"""The usual way to train nets: one `nn.Sequential` after the other, autograd and torch.optim."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional


class PlainNet:
    """A net of tanh units and one output, trained on ±1 with the logistic loss by plain gradient descent."""

    def __init__(self, sizes: Sequence[int], learning_rate: float) -> None:
        layers: list[nn.Module] = []
        for below, units in itertools.pairwise(sizes):
            layers += [nn.Linear(below, units), nn.Tanh()]
        self.model = nn.Sequential(*layers[:-1])
        self._optimiser = torch.optim.SGD(self.model.parameters(), lr=learning_rate)
        self._dice = torch.Generator().manual_seed(0)

    def epoch(self, x: Tensor, y: Tensor, batch_size: int) -> None:
        for batch in torch.randperm(len(x), generator=self._dice).split_with_sizes(_sizes(len(x), batch_size)):
            self._optimiser.zero_grad()
            functional.soft_margin_loss(self.model(x[batch]), y[batch]).backward()  # type: ignore[no-untyped-call]
            self._optimiser.step()

    @torch.no_grad()
    def loss(self, x: Tensor, y: Tensor) -> float:
        return float(functional.soft_margin_loss(self.model(x), y))

    @torch.no_grad()
    def maps(self, points: Tensor) -> list[Tensor]:
        """What each unit gives at each point, layer by layer."""
        found, below = [], points
        for module in self.model:
            below = module(below)
            if isinstance(module, nn.Tanh):
                found.append(below)
        return [*found, below]


def _sizes(examples: int, batch_size: int) -> list[int]:
    return [min(batch_size, examples - start) for start in range(0, examples, batch_size)]
