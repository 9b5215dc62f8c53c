"""Early stopping: when a net's training ends before its time, and with which parameters."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from visualizer.engine.training.nets import Nets


class EarlyStopping:
    """A net stops after `patience` epochs without a test loss below its lowest.

    Source: Goodfellow, Bengio & Courville 2016, algorithm 7.1.
    """

    def __init__(self, nets: Nets, patience: int) -> None:
        self._nets, self._patience = nets, patience
        self._best = nets.parameters.clone()
        self._lowest = torch.full((nets.count,), math.inf, dtype=torch.float64)
        self._waited = torch.zeros(nets.count, dtype=torch.int64)
        self.epoch = torch.full((nets.count,), -1, dtype=torch.int64)

    def see(self, epoch: int, losses: Tensor, lost: Tensor) -> bool:
        """Takes note of the test losses (N,) after so many epochs, and of the nets that have diverged (N,); whether one
        stops now."""
        running = (self.epoch < 0) & ~lost
        lower = running & (losses < self._lowest)
        self._lowest[lower] = losses[lower]
        self._best = torch.where(lower[self._nets.owner], self._nets.parameters, self._best)
        self._waited = torch.where(lower, 0, self._waited + 1)
        stops = running & (self._waited >= self._patience)
        self.epoch[stops] = epoch
        self.restore(stops)
        return bool(stops.any())

    def restore(self, which: Tensor) -> None:
        """Gives some nets (N,) their best parameters."""
        nets = self._nets
        nets.parameters.copy_(torch.where(which[nets.owner], self._best, nets.parameters))
