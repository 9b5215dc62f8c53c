"""Batch gradient descent with a fixed step, held against what the theory promises of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.arguments import checked_tensor
from visualizer.engine.descent.objectives import Objective
from visualizer.engine.descent.smoothness import Curvature, curvature

GROWN = 1e12
"""A loss that is so many times what it was at the start counts as diverged; so does one that is no number."""
MAX_STEPS = 20_000
LOOK_EVERY = 256
"""So many steps are done between two looks at a run."""


@dataclass(frozen=True, eq=False)
class Descent:
    """A run of w_{t+1} = w_t − η ∇L(w_t): the points w_0 … w_{T−1}, each with its loss and the gradient's squared norm.

    `step` is η. `diverged` is the t at which the loss had grown past all bounds, −1 where it did not: the run ends
    there, and what is no number is left out.

    Shapes: points (T, parameters); losses, squared_gradients (T,). float64.
    """

    objective: Objective
    step: float
    points: Tensor
    losses: Tensor
    squared_gradients: Tensor
    diverged: int = -1

    @property
    def running_minimum(self) -> Tensor:
        """The smallest squared gradient among the first T points, for T = 1, 2, … (T,)."""
        return self.squared_gradients.cummin(0).values

    @property
    def gap(self) -> float:
        """L(w_0) − L*, what there is to go down; the most that it can be where L* is only bounded from below."""
        return float(self.losses[0]) - min(self.objective.infimum, float(self.losses.min()))


def rises(losses: Tensor) -> int:
    """At how many steps the loss went up, rounding aside. Shapes: losses (T,)."""
    return int((losses[1:] > losses[:-1] * (1 + 1e-12)).sum())


def descend(objective: Objective, start: Tensor, step: float, steps: int) -> Iterator[Descent]:
    """Go down from `start` and look at `steps` points, the start among them; the run so far, again and again.

    The last one that comes is the whole run. Nothing goes on where nobody asks for more.

    Shapes: start (parameters,). Raises: ValueError naming the argument, its value and the limit.
    Source: slide 13.
    """
    w = checked_tensor("start", start, "parameters")
    if len(w) != objective.parameters:
        raise ValueError(f"start must have {objective.parameters} numbers, got {len(w)}")
    if not (math.isfinite(step) and step > 0):
        raise ValueError(f"step must be finite and above 0, got {step}")
    if not 1 <= steps <= MAX_STEPS:
        raise ValueError(f"steps must be from 1 to {MAX_STEPS}, got {steps}")
    return _descend(objective, w, step, steps)


def descend_all(objective: Objective, start: Tensor, step: float, steps: int) -> Descent:
    """The whole run of `descend`."""
    *_, run = descend(objective, start, step, steps)
    return run


@torch.no_grad()
def _descend(objective: Objective, w: Tensor, step: float, steps: int) -> Iterator[Descent]:
    run = Descent(objective, step, w.new_empty(0, len(w)), w.new_empty(0), w.new_empty(0))
    while len(run.losses) < steps and run.diverged < 0:
        points, gradients = [], []
        for _ in range(min(LOOK_EVERY, steps - len(run.losses))):
            points.append(w)
            gradients.append(objective.gradient(w))
            w = torch.sub(w, gradients[-1], alpha=step)
        run = _longer(run, torch.stack(points), torch.stack(gradients))
        yield run


def bound(smoothness: float, gap: float, steps: Tensor | float, factor: float = 1.0) -> Tensor:
    """What the smallest squared gradient among the first T points cannot be above, for η = factor / R.

    R gap / (factor (1 − factor / 2) T): for factor 1 that is 2 R (L(w_0) − L*) / T. From factor 2 on there is none: ∞.
    It holds where R is no less than the Hessian's eigenvalues all along the run.

    Shapes: steps, T, and the result alike. Source: slide 13; for any step, Nesterov 2004, section 1.2.3.
    """
    return torch.as_tensor(promised_steps(smoothness, gap, 1.0, factor) / torch.as_tensor(steps, dtype=torch.float64))


def promised_steps(smoothness: float, gap: float, epsilon: float, factor: float = 1.0) -> float:
    """The T by which the bound has come down to ε; ∞ where there is no bound."""
    share = factor * (1 - factor / 2)
    return smoothness * gap / (share * epsilon) if share > 0 else math.inf


def steps_to_reach(running_minimum: Tensor, epsilons: Tensor) -> Tensor:
    """For each ε, the number of points T until the first one with ‖∇L(w)‖² ≤ ε is among them; −1 where none is.

    Shapes: running_minimum (T,) of the run; epsilons (n,) to (n,) int64.
    """
    found = torch.searchsorted(-running_minimum, -epsilons.to(running_minimum.dtype))
    return torch.where(found < len(running_minimum), found + 1, -1)


@dataclass(frozen=True)
class Power:
    """T = scale · ε^slope: a straight line of this slope on logarithms."""

    slope: float
    scale: float

    def at(self, epsilons: Tensor) -> Tensor:
        return self.scale * epsilons**self.slope


def fit_power(epsilons: Tensor, steps: Tensor) -> Power | None:
    """The line through log T over log ε, by least squares; None where fewer than two ε were reached.

    Shapes: epsilons and steps (n,); what was not reached, −1, is left out.
    """
    reached = steps > 0
    x, y = epsilons[reached].double().log(), steps[reached].double().log()
    if len(x) < 2:
        return None
    middle = float(x.mean())
    spread = float((x - middle).square().sum())
    if not spread:
        return None
    slope = float((x - middle) @ y) / spread
    return Power(slope, math.exp(float(y.mean()) - slope * middle))


@dataclass(frozen=True, eq=False)
class PathCurvature:
    """The Hessian's ends at some of the run's points: `times` (n,) int64 says at which t."""

    times: Tensor
    curvature: Curvature

    @property
    def smoothness(self) -> float:
        """The largest R that was measured."""
        return float(self.curvature.smoothness.max())


def curvature_along(descent: Descent, *, points: int = 48, seed: int = 0) -> PathCurvature:
    """The curvature at so many points of the run, spread evenly over log T, the first and the last among them."""
    times = spread_times(len(descent.losses), points)
    return PathCurvature(times, curvature(descent.objective.loss, descent.points[times], seed=seed))


def spread_times(count: int, most: int) -> Tensor:
    """At most `most` of the times 0 … count − 1, evenly over the logarithm of t + 1, both ends among them.

    Shapes: (n,) int64, ascending.
    """
    if most < 2:
        raise ValueError(f"most must be at least 2, got {most}")
    spread = torch.logspace(0, math.log10(count), most, dtype=torch.float64) - 1
    return torch.tensor(sorted(set(spread.round().long().clamp(0, count - 1).tolist())))


def _longer(run: Descent, points: Tensor, gradients: Tensor) -> Descent:
    """The run with more points, up to where it diverged, if it did, and of that what are numbers."""
    points = torch.cat([run.points, points])
    losses = torch.cat([run.losses, run.objective.loss(points[len(run.points) :])])
    squared = torch.cat([run.squared_gradients, gradients.square().sum(1)])
    grown = ~(losses <= GROWN * losses[0])
    if not bool(grown.any()):
        return Descent(run.objective, run.step, points, losses, squared)
    diverged = int(grown.nonzero()[0, 0])
    finite = torch.isfinite(points).all(1) & torch.isfinite(losses) & torch.isfinite(squared)
    end = min(diverged + 1, int(finite.long().cumprod(0).sum()))
    return Descent(run.objective, run.step, points[:end], losses[:end], squared[:end], diverged)
