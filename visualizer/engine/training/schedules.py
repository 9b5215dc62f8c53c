"""How the learning rate changes from epoch to epoch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor


@dataclass(frozen=True)
class Schedule:
    """A rule that turns the learning rate; its defaults are torch's.

    constant: as it is. step: times `factor` after every `every` epochs. cosine: half a cosine from the rate to 0 at the
    last epoch. plateau: times `factor` where the training loss has not fallen by more than 0.01% for more than
    `patience` epochs, for each net by itself. exponential: times `factor` after every epoch; above 1 it is the range
    test.

    Raises: ValueError naming the argument, its value and the limit.
    Source: torch.optim.lr_scheduler's StepLR, CosineAnnealingLR, ReduceLROnPlateau and ExponentialLR; Loshchilov &
    Hutter 2017 for cosine, without restarts; Smith 2017 for the range test.
    """

    kind: Literal["constant", "step", "cosine", "plateau", "exponential"] = "constant"
    factor: float = 0.1
    every: int = 30
    patience: int = 10

    def __post_init__(self) -> None:
        if self.kind not in ("constant", "step", "cosine", "plateau", "exponential"):
            raise ValueError(f"kind must be constant, step, cosine, plateau or exponential, got {self.kind!r}")
        if not (self.factor > 0 and math.isfinite(self.factor)):
            raise ValueError(f"factor must be finite and above 0, got {self.factor}")
        if self.every < 1:
            raise ValueError(f"every must be at least 1, got {self.every}")
        if self.patience < 0:
            raise ValueError(f"patience must be at least 0, got {self.patience}")


CONSTANT = Schedule()
THRESHOLD = 1e-4
"""By what share a loss has to fall to count as lower on a plateau."""


class Rates:
    """The learning rates of N nets, epoch by epoch."""

    def __init__(self, schedule: Schedule, start: Tensor, epochs: int) -> None:
        """start (N,), float64."""
        self.schedule, self.epochs = schedule, epochs
        self._start, self._turned = start, start
        self._factor = torch.tensor(schedule.factor, dtype=torch.float64)  # its powers end at infinity, not in an error
        self._best = torch.full_like(start, math.inf)
        self._waited = torch.zeros(len(start), dtype=torch.int64)

    def at(self, epoch: int) -> Tensor:
        """The rates (N,) of the epoch that follows `epoch` whole ones; the same tensor as before where none turns."""
        schedule = self.schedule
        if schedule.kind == "step":
            return self._start * self._factor ** (epoch // schedule.every)
        if schedule.kind == "cosine":
            return self._start * (0.5 * (1 + math.cos(math.pi * epoch / self.epochs)))
        if schedule.kind == "exponential":
            return self._start * self._factor**epoch
        return self._turned

    @property
    def wants_losses(self) -> bool:
        return self.schedule.kind == "plateau"

    def see(self, losses: Tensor) -> None:
        """Takes note of the training losses (N,) after an epoch: what a plateau is told by."""
        better = losses < self._best * (1 - THRESHOLD)
        self._best = torch.where(better, losses, self._best)
        self._waited = torch.where(better, 0, self._waited + 1)
        waited_too_long = self._waited > self.schedule.patience
        if bool(waited_too_long.any()):
            self._turned = torch.where(waited_too_long, self._turned * self.schedule.factor, self._turned)
            self._waited = torch.where(waited_too_long, 0, self._waited)
