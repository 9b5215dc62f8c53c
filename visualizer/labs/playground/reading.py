"""What a run says, read off its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from visualizer.engine.measures.unit_roles import formed_at, heard, losses_without
from visualizer.engine.training.run import TrainingRun
from visualizer.labs.playground.experiment import Recording
from visualizer.labs.playground.settings import PlaygroundSettings

_SHARE = 0.01
"""A unit matters if without it more than this share of what was learned is lost."""
_SAME = 1e-6


@dataclass(frozen=True)
class Role:
    """A hidden unit: `layer` and `unit` from 0; the training loss where it always says its mean; the count of epochs or
    updates from which on it answers as in the end, or None where it says nothing; and what it hears most, with the
    share."""

    layer: int
    unit: int
    loss_without: float
    formed: int | None
    source: int
    source_share: float


class Reading:
    """The run of one net."""

    def __init__(self, settings: PlaygroundSettings, recording: Recording) -> None:
        self.settings = settings
        self.run: TrainingRun = recording.run

    @property
    def diverged(self) -> int | None:
        """The update at which it diverged."""
        update = int(self.run.diverged[0])
        return update if update >= 0 else None

    @property
    def cause(self) -> str:
        return self.run.cause[0]

    @property
    def count(self) -> int:
        """How many epochs or updates there are."""
        return int(self.run.epochs[-1])

    @property
    def stopped(self) -> int | None:
        """The epoch at which early stopping ended it."""
        epoch = int(self.run.stopped[0])
        return epoch if epoch >= 0 else None

    def losses(self, part: str) -> Tensor:
        """The losses of "train" or "test" (frames,)."""
        found: Tensor = getattr(self.run, f"{part}_loss")[:, 0]
        return found

    def last(self, curve: str) -> float:
        return float(getattr(self.run, curve)[-1, 0])

    @cached_property
    def best(self) -> tuple[int, float]:
        """The count at which the test loss was lowest, and that loss."""
        losses = self.losses("test").nan_to_num(torch.inf)
        frame = int(losses.argmin())
        return int(self.run.epochs[frame]), float(losses[frame])

    @property
    def learned(self) -> float:
        """How far the training loss fell."""
        losses = self.losses("train")
        return float(losses[0] - losses[-1])

    @cached_property
    def roles(self) -> list[Role]:
        """All hidden units, those that the net needs most first."""
        settings, parameters = self.settings, self.run.parameters[:, 0]
        shape, x, y = settings.shape, settings.data.train_x, settings.data.train_y
        without = losses_without(parameters[-1], shape, x, y, settings.chosen.loss)
        formed = formed_at(parameters, shape, x)
        shares = heard(parameters[-1], shape, x)
        found = [
            Role(layer, unit, float(loss), self._counted(int(formed[layer][unit])), *_most(shares[layer][unit]))
            for layer, losses in enumerate(without)
            for unit, loss in enumerate(losses)
        ]
        return sorted(found, key=lambda role: -role.loss_without)

    @property
    def needed(self) -> list[Role]:
        """The units without which it would have learned clearly less."""
        bound = self.last("train_loss") + _SHARE * max(self.learned, 0.0)
        return [role for role in self.roles if role.loss_without > bound]

    @property
    def alike(self) -> int | None:
        """The first hidden layer, from 0, whose units are all the same at the end."""
        for layer, matrix in enumerate(self.settings.shape.matrices(self.run.parameters[-1, 0])[:-1]):
            if len(matrix) > 1 and bool(((matrix - matrix[0]).abs() <= _SAME).all()):
                return layer
        return None

    def _counted(self, frame: int) -> int | None:
        return int(self.run.epochs[frame]) if frame >= 0 else None


def _most(shares: Tensor) -> tuple[int, float]:
    source = int(shares.nan_to_num(0.0).argmax())
    return source, float(shares[source].nan_to_num(0.0))
