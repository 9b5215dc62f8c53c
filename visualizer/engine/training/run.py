"""What a training run has found, frame by frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(eq=False)
class TrainingRun:
    """N nets at F moments of their training. From the frame on in which a net has diverged its numbers are NaN.

    epochs (F,) int64: how many whole epochs had passed. parameters (F, N, P), or (1, N, P) of the last frame where they
    are not recorded. train_loss, test_loss (F, N), mean per example without penalty, and train_accuracy, test_accuracy
    (F, N): NaN where there is none. gradient_norms (F, N, layers): of the training loss over all examples, penalty
    included. learning_rates (F, N): of the epoch before; of the first in frame 0; 0 for a net that has stopped.
    diverged (N,) int64: the update, counted from 1, after which the net's loss was no longer finite (0: before any), or
    −1; `cause` says what grew, in words. stopped (N,) int64: the epoch at which early stopping ended it, or −1.
    All but parameters float64.
    """

    epochs: Tensor
    parameters: Tensor
    train_loss: Tensor
    test_loss: Tensor
    train_accuracy: Tensor
    test_accuracy: Tensor
    gradient_norms: Tensor
    learning_rates: Tensor
    diverged: Tensor
    cause: list[str]
    stopped: Tensor


@dataclass(frozen=True, eq=False)
class Progress:
    """How far a run is: `epoch` of `epochs`, and what it has found so far."""

    epoch: int
    epochs: int
    run: TrainingRun


CURVES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "learning_rates")


class Recorder:
    """Room for the frames of a run, after so many epochs each, and the frames so far.

    Without `every_frame`, the parameters of the last frame only.
    """

    def __init__(
        self, epochs: list[int], nets: int, parameters: int, layers: int, dtype: torch.dtype, *, every_frame: bool
    ) -> None:
        frames = len(epochs)
        self._every_frame = every_frame
        self._count = 0
        self._planned, self._epochs = epochs, torch.tensor(epochs)
        self._parameters = torch.zeros(frames if every_frame else 1, nets, parameters, dtype=dtype)
        self._curves = torch.zeros(frames, len(CURVES), nets, dtype=torch.float64)
        self._norms = torch.zeros(frames, nets, layers, dtype=torch.float64)

    def add(self, epoch: int, parameters: Tensor, curves: list[Tensor], norms: Tensor, lost: Tensor) -> None:
        """A frame: parameters (N, P), the values (N,) of `CURVES`, norms (N, layers); NaN for the nets in lost (N,).

        A run that ends early has its last frame before it was due.
        """
        here, room = self._count, self._count if self._every_frame else 0
        if epoch != self._planned[here]:
            self._epochs[here] = epoch
        self._parameters[room] = parameters
        self._norms[here] = norms
        torch.stack(curves, out=self._curves[here])
        if bool(lost.any()):
            self._parameters[room, lost] = math.nan
            self._norms[here, lost] = math.nan
            self._curves[here, :, lost] = math.nan
        self._count += 1

    def run(self, diverged: Tensor, cause: list[str], stopped: Tensor) -> TrainingRun:
        """All frames so far: views of what no later frame changes."""
        count = self._count
        curves = dict(zip(CURVES, self._curves[:count].unbind(1), strict=True))
        parameters = self._parameters[:count] if self._every_frame else self._parameters.clone()
        return TrainingRun(
            epochs=self._epochs[:count],
            parameters=parameters,
            gradient_norms=self._norms[:count],
            diverged=diverged.clone(),
            cause=list(cause),
            stopped=stopped.clone(),
            **curves,
        )


def moments(epochs: int, frames: int) -> list[int]:
    """The epochs that are recorded: `frames` of them, evenly from 0 to the last, or all where there are fewer."""
    found: list[int] = torch.linspace(0, epochs, min(frames, epochs + 1), dtype=torch.float64).round().long().tolist()
    return found
