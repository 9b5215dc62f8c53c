"""What the lab's figures share: an axis for losses, and the spread of the repeats."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from torch import Tensor

from visualizer.labs.kit.figure import Axis, Inks, add_band

_FAR = 20


def far_apart(losses: Tensor) -> bool:
    """Whether the largest loss is at least 20 times the smallest: a linear axis, which shows the shape of a curve best,
    would then hide too much."""
    known = losses[losses.isfinite() & (losses > 0)]
    return bool(len(known)) and float(known.max()) >= _FAR * float(known.min())


def loss_axis(title: str, losses: Tensor, *, log: bool) -> Axis:
    """An axis with limits that hold all losses that are finite; from 0 on, if it is not logarithmic."""
    known = losses[losses.isfinite()]
    if not log or not bool((known > 0).any()):
        return Axis(title, limits=(0.0, max(0.05, 1.08 * float(known.max())) if len(known) else 1.0))
    return Axis(title, log=True, limits=(float(known[known > 0].min()) / 1.3, float(known.max()) * 1.3))


def add_spread(figure: go.Figure, x: Sequence[float] | Tensor, values: Tensor, ink: Inks, index: int) -> None:
    """A band from the lowest to the highest repeat; values (repeats, points)."""
    add_band(figure, x, values.amin(dim=0), values.amax(dim=0), ink, index)
