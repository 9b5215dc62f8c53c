"""What a run says: the numbers of the answer and of the figures, computed from the result."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.descent.run import Power, bound, fit_power, promised_steps, rises, steps_to_reach
from visualizer.engine.superscripts import scientific
from visualizer.labs.gradient_descent.run import DescentResult

DECADES = 2.0
"""The slope is that of so many decades of ε, those right above the chosen one."""
_PER_DECADE = 8
_DEEPEST = 1e-14
"""Times the first squared gradient: below, it is rounding that is measured."""


@dataclass(frozen=True)
class Reading:
    """The result read against one ε.

    `reached` is the T by which ‖∇L‖² ≤ ε was found, None where it was not; `promised` the T by which the bound says so,
    ∞ where there is no bound. The bound takes `smoothness` as R: the one that holds everywhere, else the largest that
    was measured. `factor` is η R. `kept` says whether the run was below the bound at every T, and `margin` how many
    times at the last one.

    `power` is fitted to T over ε from `fitted[0]` to `fitted[1]`, None where they are less than a decade apart.
    `unstable` counts the measured points at which the Hessian's largest eigenvalue was above 2 / η; `first_unstable` is
    the T of the first, None where there is none. `rises_at_end`: in the last tenth of the run the loss still rose.
    """

    epsilon: float
    reached: int | None
    promised: float
    smoothness: float
    factor: float
    power: Power | None
    fitted: tuple[float, float]
    kept: bool
    margin: float
    unstable: int
    first_unstable: int | None
    rises_at_end: bool

    @property
    def is_classic(self) -> bool:
        """Whether the step is the 1 / R for which the bound reads 2 R (L(w₀) − L*) / T."""
        return math.isclose(self.factor, 1.0, rel_tol=1e-9)

    @property
    def is_promised(self) -> bool:
        """Whether there is a bound at all."""
        return math.isfinite(self.promised)


def read(result: DescentResult, epsilon: float) -> Reading:
    """The result, held against an ε."""
    measured = float(torch.maximum(result.largest.abs(), result.smallest.abs()).max())
    smoothness = result.smoothness if result.everywhere else measured
    factor = result.step * smoothness
    least = result.running_minimum
    limits = bound(smoothness, result.gap, torch.arange(1, len(least) + 1), factor)
    reached = int(steps_to_reach(least, torch.tensor([epsilon], dtype=torch.float64)))
    lowest = max(epsilon if reached > 0 else float(least[-1]), _DEEPEST * float(least[0]))
    fitted = lowest, min(lowest * 10**DECADES, float(least[0]))
    unstable = (result.largest * result.step > 2 * (1 + 1e-9)).nonzero()[:, 0]
    last_tenth = result.losses[-max(2, len(result.losses) // 10) :]
    return Reading(
        epsilon=epsilon,
        reached=reached if reached > 0 else None,
        promised=promised_steps(smoothness, result.gap, epsilon, factor),
        smoothness=smoothness,
        factor=factor,
        power=fit_power(*reach_curve(result, *fitted)) if fitted[0] * 10 <= fitted[1] else None,
        fitted=fitted,
        kept=bool((least <= limits * (1 + 1e-9)).all()),
        margin=float(limits[-1] / least[-1]),
        unstable=len(unstable),
        first_unstable=int(result.times[unstable[0]]) + 1 if len(unstable) else None,
        rises_at_end=rises(last_tenth) > 0,
    )


def reach_curve(result: DescentResult, lowest: float, highest: float) -> tuple[Tensor, Tensor]:
    """ε evenly over the logarithm from one to the other, and the T of each, −1 where it was not reached: (n,), (n,)."""
    count = max(2, round(_PER_DECADE * math.log10(highest / lowest)) + 1)
    epsilons = torch.logspace(math.log10(lowest), math.log10(highest), count, dtype=torch.float64)
    return epsilons, steps_to_reach(result.running_minimum, epsilons)


def whole_reach(result: DescentResult, epsilon: float) -> tuple[Tensor, Tensor]:
    """The curve from the first squared gradient down to the smallest reached, or to ε where that is further."""
    first, last = float(result.running_minimum[0]), float(result.running_minimum[-1])
    return reach_curve(result, min(max(last, _DEEPEST * first), epsilon), max(first, epsilon))


def said(value: float) -> str:
    """A number of any size, with three digits where it is no power of ten: 0.251, 1,441, 10⁻⁴, 2.3·10⁻⁶."""
    if value == 0 or not math.isfinite(value) or not 0.001 < abs(value) < 1e6:
        return scientific(value).removeprefix("1.0·")
    return (f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}").replace("-", "−")


def signed(value: float) -> str:
    """A slope: two decimals and a true minus."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")
