"""Results made by hand, and settings small enough to be run in a test."""

from __future__ import annotations

import math

import torch

from visualizer.engine.experiments.rate_sweep import RateSweep
from visualizer.labs.kit.data_settings import DataChoice, drawn_data
from visualizer.labs.learning_rate.settings import RateSettings

DATA = drawn_data(DataChoice("circles", 0.05, 40, 0.5, 0))
SETTINGS = RateSettings(
    chosen=DATA,
    units=4,
    layers=1,
    activation="tanh",
    batch_size=10,
    epochs=10,
    seeds=2,
    first_seed=3,
    lowest=0.01,
    highest=100.0,
    rate=2.0,
)


def sweep_of(*final: float, start: float = 1.0, test: float | None = None) -> RateSweep:
    """A sweep of rates 0.01, 0.1, 1, … with one net, which ends at these losses; NaN has diverged at update 7."""
    ends = torch.tensor(final, dtype=torch.float64)
    losses = torch.stack([torch.full_like(ends, start), ends]).unsqueeze(2)
    tests = torch.full_like(losses, math.nan if test is None else test)
    diverged = torch.where(ends.isnan(), 7, -1).unsqueeze(1)
    rates = 10.0 ** torch.arange(-2, len(final) - 2, dtype=torch.float64)
    return RateSweep(rates, torch.tensor([0, 10]), 10, losses, tests, torch.ones_like(losses), diverged)
