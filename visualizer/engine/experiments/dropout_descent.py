"""Stochastic gradient descent on a linear regression with dropout on its inputs, for many probabilities at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.experiments.dropout_ridge import Regression, ridge_factor, ridge_parameters

_BURN_IN = 3
"""The first of so many parts of the steps is left out of the mean."""
_LOOKED_AT = 2000
"""Examples with masks that the length of a step is computed from."""


@dataclass(frozen=True, eq=False)
class Descent:
    """How far the descent is, and the mean of its parameters over the steps since the first third (P, runs, outputs,
    inputs + 1), the bias in the last column; the parameters themselves as long as it is in that."""

    step: int
    parameters: Tensor


def descend_with_dropout(
    regression: Regression,
    probability: Tensor,
    *,
    steps: int,
    runs: int,
    generator: torch.Generator,
    batch_size: int = 64,
    reports: int = 20,
) -> Iterator[Descent]:
    """Descend from the best parameters without dropout, with fresh masks in each step, `runs` times for each
    probability (P,).

    A step looks at `batch_size` examples drawn at random, or at all where there are no more. Inputs are divided by the
    root of their mean square meanwhile, which dropout does not notice.

    Raises: ValueError naming the argument, its value and the limit.
    Source: Bach & Moulines 2013: least squares by steps of one length, whose mean goes to the minimum itself.
    """
    if min(steps, runs, batch_size, reports) < 1:
        raise ValueError(f"steps, runs, batch_size and reports must be at least 1, got {steps}, {runs}, {batch_size}")
    ridge_factor(probability)
    return _descend(_Descent(regression, probability, runs, batch_size, generator), steps, max(1, steps // reports))


def _descend(going: _Descent, steps: int, every: int) -> Iterator[Descent]:
    total, counted = torch.zeros_like(going.parameters), 0
    for step in range(1, steps + 1):
        with torch.no_grad():
            going.step()
            if step > steps // _BURN_IN:
                total, counted = total + going.parameters, counted + 1
        if step % every == 0 or step == steps:
            yield Descent(step, (total / counted if counted else going.parameters).double() / going.scales)


class _Descent:
    """Descents as they go on, in float32, with scaled inputs."""

    def __init__(
        self, regression: Regression, probability: Tensor, runs: int, batch_size: int, generator: torch.Generator
    ) -> None:
        roots = torch.cat([regression.mean_squares.sqrt(), regression.x.new_ones(1)])
        self.scales = torch.where(roots > 0, roots, 1.0)
        self._x, self._y = (regression.with_ones / self.scales).float(), regression.y.float()
        self._off = probability.float().view(-1, 1, 1, 1)
        self._batch, self._generator = min(batch_size, len(self._x)), generator
        start = ridge_parameters(regression, torch.zeros_like(probability)) * self.scales
        self.parameters = start.float().unsqueeze(1).repeat(1, runs, 1, 1)
        self._rates = self._safe_rates()

    def step(self) -> None:
        x, y = self._x, self._y
        if self._batch < len(x):
            chosen = torch.randint(len(x), (*self.parameters.shape[:2], self._batch), generator=self._generator)
            x, y = x[chosen], y[chosen]
        else:
            x = x.expand(*self.parameters.shape[:2], *x.shape)
        seen = self._dropped(x)
        errors = seen @ self.parameters.transpose(2, 3) - y
        self.parameters = self.parameters - self._rates * (errors.transpose(2, 3) @ seen) / self._batch

    def _dropped(self, x: Tensor) -> Tensor:
        """x (P, runs, m, inputs + 1) under masks."""
        kept = torch.rand(x.shape, generator=self._generator) >= self._off
        kept[..., -1] = True
        factors = torch.ones_like(self._off).expand(-1, 1, 1, x.shape[3]).clone()
        factors[..., :-1] /= 1 - self._off
        return x * kept * factors

    def _safe_rates(self) -> Tensor:
        """Steps (P, 1, 1, 1) of 1 / (λ + R² / batch): λ is the largest eigenvalue of H, the curvature of the expected
        loss, and R² the least number for which E[|x̃|² x̃ x̃ᵀ] ≤ R² H, both from masks drawn at random."""
        drawn = self._x[torch.randint(len(self._x), (_LOOKED_AT,), generator=self._generator)]
        seen = self._dropped(drawn.expand(len(self._off), 1, *drawn.shape)).squeeze(1).double()
        curvature = seen.transpose(1, 2) @ seen / _LOOKED_AT
        heavy = (seen * seen.square().sum(dim=2, keepdim=True)).transpose(1, 2) @ seen / _LOOKED_AT
        root = torch.linalg.cholesky(curvature + 1e-6 * torch.eye(seen.shape[2], dtype=torch.float64))
        relative = torch.linalg.solve_triangular(root, heavy, upper=False)
        relative = torch.linalg.solve_triangular(root, relative.transpose(1, 2), upper=False)
        largest, norm = (torch.linalg.eigvalsh(each)[:, -1] for each in (curvature, relative))
        rates: Tensor = 1 / (largest + norm / self._batch)
        return rates.float().view(-1, 1, 1, 1)
