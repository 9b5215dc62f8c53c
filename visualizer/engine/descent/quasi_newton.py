"""L-BFGS: the minimum of a smooth convex function, from its value and slope alone.

In place of torch.optim.LBFGS, whose import loads torch's compiler: four seconds, and memory that stays.
Source: Nocedal & Wright 2006, algorithms 7.4 and 7.5; steps are halved until they help enough (Armijo 1966).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import torch
from torch import Tensor

_REMEMBERED = 20
_ENOUGH = 1e-4
_HALVINGS = 40


def minimise(function: Callable[[Tensor], tuple[float, Tensor]], start: Tensor, close: float, most: int) -> Tensor:
    """The point where no slope is larger than `close`, or the best after `most` steps.

    `function` gives the value and the gradient at a point. Shape: start (n,), float64.
    """
    at = start
    value, slope = function(at)
    history: deque[tuple[Tensor, Tensor]] = deque(maxlen=_REMEMBERED)
    for _ in range(most):
        if float(slope.abs().max()) <= close:
            break
        way = _direction(slope, history)
        length, descent = 1.0, float(way @ slope)
        for _ in range(_HALVINGS):
            there = at + length * way
            next_value, next_slope = function(there)
            if next_value <= value + _ENOUGH * length * descent:
                break
            length /= 2
        else:
            break
        step, change = there - at, next_slope - slope
        if float(step @ change) > 0:
            history.append((step, change))
        at, value, slope = there, next_value, next_slope
    return at


def _direction(slope: Tensor, history: deque[tuple[Tensor, Tensor]]) -> Tensor:
    """Downhill, with the curvature that the last steps have shown."""
    if not history:
        return -slope / torch.clamp(slope.norm(), min=1.0)
    way = slope.clone()
    shares = []
    for step, change in reversed(history):
        share = float(step @ way) / float(step @ change)
        shares.append(share)
        way -= share * change
    step, change = history[-1]
    way *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(history, reversed(shares), strict=True):
        way += (share - float(change @ way) / float(step @ change)) * step
    return -way
