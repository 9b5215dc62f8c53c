"""Activations as whole numbers on a fixed range, so that a film of them travels lightly."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

_KNOWN = {"tanh": (-1.0, 1.0, 0.0), "sigmoid": (0.0, 1.0, 0.5)}
_GROWTH = 4.0
"""A frame whose largest activation is more than so many times the middle frame's is cut off."""


@dataclass(frozen=True)
class Range:
    """The range that is shown, and the value that is drawn in the colour of the ground."""

    low: float
    high: float
    centre: float

    def levels(self, values: Tensor, dtype: torch.dtype) -> Tensor:
        """The nearest of the levels that the whole-number type has; NaN is drawn as the centre."""
        most = torch.iinfo(dtype).max
        shares = (values.nan_to_num(self.centre, posinf=self.high, neginf=self.low) - self.low) / (self.high - self.low)
        return (shares * most).round_().clamp_(0, most).to(dtype)


def range_of_activation(activation: str, maps: Tensor) -> Range:
    """The activation's own range, or for one without bounds that of its values, maps (frames, units, points)."""
    if activation in _KNOWN:
        return Range(*_KNOWN[activation])
    finite = maps.nan_to_num(0.0, posinf=0.0, neginf=0.0).flatten(1)
    reach = finite.abs().amax(dim=1)
    largest = min(float(reach.max()), _GROWTH * float(reach.median())) or 1.0
    low, high = max(min(float(finite.min()), 0.0), -largest), min(max(float(finite.max()), 0.0), largest)
    return Range(low, high if high > low else low + largest, 0.0)


def range_of_numbers(answers: Tensor) -> Range:
    """Around 0, as far as the answers (m, outputs) reach and a quarter more."""
    reach = 1.25 * float(answers.abs().max()) or 1.0
    return Range(-reach, reach, 0.0)
