"""Settings small enough to be run in a test, and a sensitivity analysis made by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from visualizer.engine.experiments.scale_sweep import Start, StartsRun
from visualizer.engine.measures.layer_spread import LayerSpread
from visualizer.labs.initialisation.sensitivity.run import SCALES, scales
from visualizer.labs.initialisation.settings import RULES, SEEDS, InitialisationSettings
from visualizer.labs.kit.data_settings import DataChoice, drawn_data

SETTINGS = InitialisationSettings(
    chosen=drawn_data(DataChoice("circles", 0.05, 40, 0.5, 0)),
    hidden_layers=3,
    units=6,
    activation="tanh",
    kind="normal",
    epochs=12,
    learning_rate=0.5,
    first_seed=2,
)
DEEP = replace(SETTINGS, units=16, epochs=1)
IDLE = 0.7


def settings_with(**changes: Any) -> InitialisationSettings:
    return replace(SETTINGS, **changes)


def spaced(text: str) -> str:
    """With plain spaces for those that keep a factor in one piece."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def run_of(losses: Tensor, *, start: float = 1.0, rules: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4)) -> StartsRun:
    """A run of all scales that ends at these losses (32,), NaN for what diverged at update 7.

    Zeros end at 0.7 and equal weights at 0.6. From layer to layer activations and gradients change by 10 times the
    scale; from the rules, by 0.9, 1.2, 0.8 and 0.5, in this order.
    """
    starts = (*(Start("normal", scale) for scale in scales().tolist()), Start("zeros"), Start("equal", 1 / 16))
    starts += tuple(Start(kind) for kind in RULES)
    ends = torch.cat([losses.double(), torch.tensor([IDLE, 0.6, *rules], dtype=torch.float64)])
    factors = torch.cat([10 * scales(), torch.tensor([math.nan, math.nan, 0.9, 1.2, 0.8, 0.5], dtype=torch.float64)])
    loss = ends.unsqueeze(1).repeat(1, SEEDS)
    norms = torch.stack([factors**2, factors, torch.ones_like(factors)], dim=1).nan_to_num(0.0)
    steps = torch.stack([torch.ones_like(factors), factors, factors], dim=1).repeat_interleave(SEEDS, dim=0)
    back = torch.stack([factors, torch.ones_like(factors), torch.ones_like(factors)], dim=1)
    return StartsRun(
        starts=starts,
        epoch=12,
        whole=12,
        start_loss=torch.full_like(loss, start),
        loss=loss,
        test_loss=loss + 0.1,
        gradient_norms=norms.unsqueeze(1).repeat(1, SEEDS, 1),
        spread=LayerSpread(steps, back.repeat_interleave(SEEDS, dim=0)),
        diverged=torch.where(loss.isnan(), 7, -1),
    )


def valley(low: int, high: int, *, at: int, outside: float = IDLE) -> Tensor:
    """Losses that are 0.1 from `low` to `high`, 0.05 at one place, and elsewhere `outside`."""
    losses = torch.full((SCALES,), outside, dtype=torch.float64)
    losses[low : high + 1] = 0.1
    losses[at] = 0.05
    return losses
