"""What an experiment costs, and the bound on it; about how long a training run takes."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.engine.training.update.parameters import Shape
from visualizer.text.numbers import duration

MAX_SECONDS = 30.0


@dataclass(frozen=True)
class Cost:
    """About how many seconds of work an experiment is, and what they are spent on: "24 rates × 3 seeds × 100 epochs".

    `less` names the settings that bring it down.
    """

    seconds: float
    what: str
    less: str = "smaller numbers"


def refused(cost: Cost) -> str:
    """Why an experiment is not started; empty where it is."""
    if cost.seconds <= MAX_SECONDS:
        return ""
    return (
        f"{cost.what} would take about {duration(cost.seconds)}; the limit is {MAX_SECONDS:.0f} seconds. Try "
        f"{cost.less}."
    )


_CALLS, _ACTIVATIONS, _PRODUCTS, _UPDATES = 15e-6, 4e-9, 2e-11, 7e-9
"""Seconds per layer and update, per activation, per product, per parameter and update: fitted to sixteen runs of
shapes from 2-8-1 to 2-64-64-64-64-1 on one core, within a factor of 2 either way."""


def training_seconds(
    shape: Shape, nets: int, epochs: int, examples: int, batch_size: int | None = None, *, frames: int = 100
) -> float:
    """Seconds to train so many nets of one shape at once; `examples` and `batch_size` are those of the training set."""
    batch = min(batch_size or examples, examples)
    updates = -(-examples // batch) * epochs
    looks = min(frames, epochs + 1)
    return updates * _step(shape, nets, batch, _UPDATES) + looks * 2 * _step(shape, nets, examples, 0)


def _step(shape: Shape, nets: int, batch: int, per_parameter: float) -> float:
    activations = batch * sum(shape.sizes[1:])
    each = _ACTIVATIONS * activations + (_PRODUCTS * batch + per_parameter) * shape.count
    return _CALLS * shape.depth + nets * each
