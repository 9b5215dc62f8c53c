"""What all nets of a training run share."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from visualizer.engine.training.schedules import CONSTANT, Schedule
from visualizer.engine.training.update.losses import LOSS_NAMES, LossName
from visualizer.engine.training.update.optimisers import OPTIMISERS


@dataclass(frozen=True)
class Recipe:
    """How nets are trained.

    A batch size of None is all examples at once. Layers in `frozen_layers` (0 is the first) stay as they start.
    With `patience` a net stops after that many epochs without a lower test loss, and keeps the parameters of its best
    epoch. `frames` moments are recorded, evenly over the epochs, the start and the end included; without
    `record_parameters` only the last frame's parameters. `seed` decides the order of the examples and what dropout
    drops.

    Raises: ValueError naming the argument, its value and the limit.
    """

    loss: LossName
    epochs: int
    batch_size: int | None = None
    optimiser: str = "sgd"
    schedule: Schedule = CONSTANT
    frozen_layers: tuple[int, ...] = ()
    patience: int | None = None
    frames: int = 100
    record_parameters: bool = True
    precision: torch.dtype = torch.float32
    seed: int = 0

    def __post_init__(self) -> None:
        if self.loss not in LOSS_NAMES:
            raise ValueError(f"loss must be one of {', '.join(LOSS_NAMES)}, got {self.loss!r}")
        if self.optimiser not in OPTIMISERS:
            raise ValueError(f"optimiser must be one of {', '.join(OPTIMISERS)}, got {self.optimiser!r}")
        if self.precision not in (torch.float32, torch.float64):
            raise ValueError(f"precision must be torch.float32 or torch.float64, got {self.precision}")
        for name, least in (("epochs", 1), ("batch_size", 1), ("patience", 1), ("frames", 2)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise ValueError(f"{name} must be at least {least}, got {value}")
        if not 0 <= self.seed < 2**31:
            raise ValueError(f"seed must be from 0 to 2^31 − 1, got {self.seed}")
