"""What the lab's figures share: an axis for losses, and the spread of the repeats."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from torch import Tensor

from visualizer.labs.charts import Axis, add_band
from visualizer.labs.inks import Inks

_LINEAR = 20
"""Losses are drawn on a logarithmic axis where the largest is at least so many times the smallest."""


def loss_axis(title: str, losses: Tensor, *, log: bool = True) -> Axis:
    """An axis with limits that hold all losses that are finite: linear, so that the shape of a curve is seen, unless
    they differ by much and `log` allows another."""
    known = losses[losses.isfinite()]
    high = float(known.max()) if len(known) else 1.0
    low = float(known[known > 0].min()) if bool((known > 0).any()) else high
    if not log or high < _LINEAR * low:
        return Axis(title, limits=(0.0, max(0.05, 1.08 * high)))
    return Axis(title, log=True, limits=(low / 1.3, high * 1.3))


def add_spread(figure: go.Figure, x: Sequence[float] | Tensor, values: Tensor, ink: Inks, index: int) -> None:
    """A band from the lowest to the highest repeat; values (repeats, points)."""
    add_band(figure, x, values.amin(dim=0), values.amax(dim=0), ink, index)
    figure.data[-1].update(mode="lines")  # else Plotly marks the points of short lines
