"""Whether the step η was stable along a run, and why."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.labs.gradient_descent.reading import Reading
from visualizer.labs.gradient_descent.run import DescentResult
from visualizer.labs.gradient_descent.text import said
from visualizer.text.numbers import percent


@dataclass(frozen=True)
class Stability:
    """A word or two, and the reason in sentences, as Markdown."""

    verdict: str
    words: str


def stability(result: DescentResult, reading: Reading) -> Stability:
    """A step overshoots along a direction whose eigenvalue λ is above 2/η: it lands higher on the other side.

    Source: for nets, whose largest eigenvalue hovers at 2/η, Cohen et al. 2021.
    """
    limit, first = said(2 / result.step), float(result.largest[0])
    if result.diverged >= 0:
        words = f"The loss blew up at step {result.diverged:,}, past 10¹² times that of the start. "
        words += f"λ = {said(first)} at the start is above 2/η = {limit}: along it a step multiplies w by 1 − ηλ = "
        return Stability("diverged", f"**Stability.** {words}{said(1 - result.step * first)}.")
    largest = float(result.largest.max())
    if reading.unstable:
        return Stability("overshoots", f"**Stability.** {_overshooting(result, reading, limit)}")
    if largest * result.step > 2 * (1 - 1e-9):
        words = (
            f"The Hessian's largest eigenvalue, {said(largest)}, is exactly 2/η: along it each step jumps to the other "
        )
        return Stability("at the limit", f"**Stability.** {words}side, as high as before, for ever.")
    words = f"The Hessian's largest eigenvalue was at most {said(largest)} on the path, below 2/η = {limit}. "
    return Stability("stable", f"**Stability.** {words}{_rises(result)}")


def _overshooting(result: DescentResult, reading: Reading, limit: str) -> str:
    """Where the step was too large, and how the run ended all the same."""
    where = f"{reading.unstable} of the {len(result.times)} points measured, first at T = {reading.first_unstable:,}"
    words = f"The Hessian's largest eigenvalue was above 2/η = {limit} at {where}, and up to "
    words += f"{said(float(result.largest.max()))}. {_rises(result)}"
    share = float(result.largest[-1]) * result.step / 2
    words += f" At the end it is at {percent(share, 0)} of that limit"
    if reading.rises_at_end:
        return f"{words}, and the loss still goes up and down: a step that overshoots {_landed(result)}"
    return f"{words}." if share > 1 else f"{words}: the run has moved to where the loss bends less."


def _landed(result: DescentResult) -> str:
    first, last = float(result.losses[0]), float(result.losses[-1])
    words = f"lands where the loss bends less, so it does not blow up. From the start it went from {said(first)} to "
    return f"{words}{said(last)}" + (", down all the same." if last < first else ": nothing was gained.")


def _rises(result: DescentResult) -> str:
    if not result.rises:
        return "The loss never rose."
    return f"The loss rose at {result.rises:,} of {len(result.losses) - 1:,} steps."
