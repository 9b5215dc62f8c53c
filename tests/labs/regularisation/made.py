"""Settings small enough to be run in a test, and results made by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from visualizer.engine.measures.fit_metrics import Fits
from visualizer.labs.kit.data_settings import DataChoice, drawn_data
from visualizer.labs.regularisation.data_amount.run import Amount
from visualizer.labs.regularisation.settings import BINS, DROPOUT, L1, RegSettings
from visualizer.labs.regularisation.sweeps import EARLY, NONE, Sweep, Sweeps

SETTINGS = RegSettings(
    chosen=drawn_data(DataChoice("circles", 0.2, 60, 0.3, 0)),
    units=4,
    layers=1,
    activation="tanh",
    rate=0.05,
    epochs=10,
    repeats=2,
    first_seed=3,
    powers=2,
    kind="l2",
    strength=0.01,
)
"""18 points to train on, 21 for validation, 21 for the test."""
NUMBERS = replace(SETTINGS, chosen=drawn_data(DataChoice("sine", 0.2, 60, 0.3, 0)))


def table(rows: Sequence[Sequence[float]]) -> Tensor:
    return torch.tensor(rows, dtype=torch.float64)


def fits(test: Sequence[Sequence[float]], **more: Tensor) -> Fits:
    """Fits (repeats, nets) with these test losses, validation alike; what is not said is plain."""
    losses = table(test)
    bins = torch.zeros(*losses.shape, BINS, dtype=torch.int64)
    bins[..., BINS // 2] = 10
    plain = {
        "train_loss": losses / 2,
        "validation_loss": losses,
        "test_loss": losses,
        "train_error": torch.full_like(losses, 0.1),
        "test_error": torch.full_like(losses, 0.2),
        "norm": torch.ones_like(losses),
        "near_zero": torch.full_like(losses, 0.5),
        "bins": bins,
        "stopped": torch.full_like(losses, -1).long(),
    }
    return Fits(**(plain | more))


def sweep(kind: str, test: Sequence[Sequence[float]], **more: Tensor) -> Sweep:
    """A sweep over λ = 0.001, 0.01, …, or over dropout of 0.2, 0.4, …"""
    count = len(test[0])
    places = torch.arange(count, dtype=torch.float64)
    strengths = 0.2 * (places + 1) if kind == DROPOUT else 10.0 ** (places - 3)
    if kind in (NONE, EARLY):
        strengths = torch.zeros(count, dtype=torch.float64)
    return Sweep(kind, strengths, fits(test, **more))


def sweeps(*kinds: Sweep) -> Sweeps:
    return Sweeps(18, 2.0, {each.kind: each for each in kinds})


MADE = sweeps(
    sweep("none", [[1.0], [1.1]]),
    sweep("early", [[0.5], [0.61]], stopped=torch.tensor([[7], [12]])),
    sweep("l2", [[0.9, 0.4, 0.8], [1.02, 0.48, 0.9]]),
    sweep(L1, [[0.8, 0.7, 0.71], [0.9, 0.81, 0.79]]),
    sweep(DROPOUT, [[0.45, 0.6, math.nan], [0.55, 0.7, 0.9]]),
)
"""L2 of 0.01 is best, 0.6 and 0.62 below none."""


def amount(without: Sequence[Sequence[float]], regularised: Sequence[Sequence[float]]) -> Amount:
    """Test losses (repeats, sizes) at sizes 10, 20, 40, …; all training losses are 0."""
    first, second = table(without), table(regularised)
    sizes = tuple(10 * 2**place for place in range(first.shape[1]))
    columns = [torch.stack([first[:, place], second[:, place]], dim=1) for place in range(len(sizes))]
    zeros = torch.zeros_like(columns[0])
    return Amount(sizes, tuple(fits(column.tolist(), train_loss=zeros) for column in columns))
