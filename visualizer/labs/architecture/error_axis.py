"""The axes of errors and losses: logarithmic, with room for an error of 0."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go
from torch import Tensor

from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.text import error_text, error_title
from visualizer.labs.kit.figure import Axis
from visualizer.text.numbers import PERCENT

_SHARES = [share * ten for ten in (1e-4, 1e-3, 1e-2, 1e-1) for share in (1, 2, 5)] + [1.0]
_ROOM = 1.4
_HEADROOM = 4.0
"""How many times the error of always giving the mean is still in a figure; what is above has gone wrong."""
_DEEP = 1e-7
"""Below this share of the top a training loss is as good as 0."""


@dataclass(frozen=True)
class ErrorAxis:
    """A logarithmic axis of test errors from `low` to `high`. Where `zero` is set, an error of 0 is drawn there."""

    classes: bool
    low: float
    high: float
    zero: float | None

    @property
    def axis(self) -> Axis:
        return Axis(error_title(self.classes), log=True, limits=(self.low, self.high))

    def drawn(self, errors: Tensor) -> Tensor:
        """Errors as they are drawn."""
        return errors if self.zero is None else errors.clamp_min(self.zero)

    def texts(self, errors: Tensor) -> list[str]:
        """What is said of errors on hover."""
        return [error_text(error, self.classes) for error in errors.flatten().tolist()]

    def mark(self, figure: go.Figure) -> go.Figure:
        """Write shares as per cent, and 0 where it is drawn."""
        if self.classes:
            shares = [share for share in _SHARES if max(self.low, 1.5 * (self.zero or 0)) < share <= self.high]
            zeros = [] if self.zero is None else [self.zero]
            figure.update_yaxes(
                tickvals=[*zeros, *shares],
                ticktext=[*("0" for _ in zeros), *(f"{100 * share:g}{PERCENT}" for share in shares)],
            )
        return figure


def error_axis(settings: ArchitectureSettings, errors: Tensor) -> ErrorAxis:
    """The axis for these test errors: of shares up to all points, of squared errors to some times those of the mean."""
    known = errors[errors.isfinite()]
    lowest = float(known.min()) if len(known) else math.inf
    if settings.classes:
        half_a_point = 0.5 / len(settings.data.test_x)
        zero = None if lowest > 0 else half_a_point
        return ErrorAxis(True, min(max(lowest, half_a_point), 0.05) / _ROOM, 1.0, zero)
    high = _HEADROOM * float(settings.data.train_y.var(correction=0)) or 1.0
    lowest = lowest if 0 < lowest < high else high
    return ErrorAxis(False, min(lowest / _ROOM, high / 10), high, None)


def loss_axis(title: str, losses: Tensor, settings: ArchitectureSettings) -> Axis:
    """The axis for losses: to above that of always giving 0, and no deeper than what is as good as 0."""
    high = 2 * float(settings.data.train_y.square().sum(dim=1).mean() / 2) or 1.0
    known = losses[losses.isfinite() & (losses > 0)]
    lowest = float(known.min()) if len(known) else high
    return Axis(title, log=True, limits=(max(min(lowest / _ROOM, high / 10), _DEEP * high), high))


def spread(values: Tensor) -> tuple[Tensor, Tensor]:
    """The lowest and the highest of the nets, (…, nets); none of them NaN."""
    return values.min(dim=-1).values, values.max(dim=-1).values
