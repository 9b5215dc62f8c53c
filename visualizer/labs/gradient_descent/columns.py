"""The numbers of each figure as a table; what there is no number for stays empty."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from visualizer.engine.descent.run import bound
from visualizer.labs.gradient_descent.reading import Reading, whole_reach
from visualizer.labs.gradient_descent.run import DescentResult
from visualizer.labs.kit.exports import Cell, Columns


def gradient_columns(result: DescentResult, reading: Reading) -> Columns:
    """Every step of the run."""
    steps = torch.arange(1, len(result.losses) + 1)
    return {
        "T": steps,
        "loss": result.losses,
        "squared_gradient": result.squared_gradients,
        "smallest_so_far": result.running_minimum,
        "bound": _finite(bound(reading.smoothness, result.gap, steps, reading.factor)),
    }


def reach_columns(result: DescentResult, reading: Reading) -> Columns:
    epsilons, steps = whole_reach(result, reading.epsilon)
    return {
        "epsilon": epsilons,
        "steps": [each if each > 0 else "" for each in steps.tolist()],
        "promised": _finite(reading.promised * reading.epsilon / epsilons),
    }


def bend_columns(result: DescentResult) -> Columns:
    return {
        "T": result.times + 1,
        "largest_eigenvalue": result.largest,
        "smallest_eigenvalue": result.smallest,
        "limit": torch.full_like(result.largest, 2 / result.step),
    }


def surface_columns(result: DescentResult) -> Columns:
    """Every point of the grid; a and b are where it lies along the plane's two directions."""
    rows, columns = torch.meshgrid(result.surface.b, result.surface.a, indexing="ij")
    return {"a": columns.flatten(), "b": rows.flatten(), "loss": result.surface.losses.flatten()}


def _finite(values: Tensor) -> list[Cell]:
    return [value if math.isfinite(value) else "" for value in values.tolist()]
