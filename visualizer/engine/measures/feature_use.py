"""What hidden units are good for: how much of the answers they explain together, and how far training turned them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.training.update.parameters import Shape

_ROUNDING = 1e-12
"""A variance below this share of a unit's mean square may be nothing but rounding."""


@dataclass(frozen=True, eq=False)
class Selection:
    """Units in the order in which they help most, (units,), and the share of the answers' variance that so many of them
    explain together, (units,), rising from 0 to at most 1."""

    order: Tensor
    explained: Tensor


@torch.no_grad()
def select_forward(features: Tensor, y: Tensor) -> Selection:
    """Units chosen one by one, each the one with which those chosen, and a constant, explain most by least squares.

    A unit that is the same everywhere, or that others make up, adds nothing and comes last. The variance is summed over
    outputs; where answers do not vary, nothing is explained.

    Shapes: features (units, m), y (m, outputs).
    Source: Chen, Cowan & Grant 1991, orthogonal least squares.
    """
    rest, answers = _centred(features.double()), _centred(y.double().t())
    least = _ROUNDING * features.double().square().sum(dim=1)
    whole = float(answers.square().sum())
    free = torch.ones(len(features), dtype=torch.bool)
    order, explained, so_far = [], [], 0.0
    for _ in range(len(features)):
        squares = rest.square().sum(dim=1)
        useful = free & (squares > least)
        gains = ((rest @ answers.t()).square().sum(dim=1) / squares).where(useful, -1.0).where(free, -2.0)
        chosen = int(gains.argmax())
        free[chosen] = False
        order.append(chosen)
        if useful[chosen] and whole > 0:
            so_far += float(gains[chosen]) / whole
            direction = rest[chosen] / squares[chosen].sqrt()
            rest = rest - torch.outer(rest @ direction, direction)
        explained.append(min(so_far, 1.0))
    return Selection(torch.tensor(order), torch.tensor(explained, dtype=torch.float64))


@torch.no_grad()
def turned(before: Tensor, after: Tensor, shape: Shape) -> Tensor:
    """By what angle training has turned the weights, bias included, that go into each unit of the first layer.

    Shapes: before and after (N, P), to (N, units). Units: degrees.
    """
    first, last = (shape.matrices(flat)[0].double() for flat in (before, after))
    return torch.cosine_similarity(first, last, dim=2).clamp(-1, 1).acos().rad2deg()


def _centred(values: Tensor) -> Tensor:
    return values - values.mean(dim=-1, keepdim=True)
