"""What an experiment costs, and the bound on it."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.text.numbers import duration

MOST_SECONDS = 30.0


@dataclass(frozen=True)
class Cost:
    """About how many seconds of work an experiment is, and what they are spent on: "24 rates × 3 seeds × 100 epochs".

    `less` names the settings that bring it down.
    """

    seconds: float
    what: str
    less: str = "smaller numbers"


def refused(cost: Cost) -> str:
    """Why an experiment is not started; empty where it is."""
    if cost.seconds <= MOST_SECONDS:
        return ""
    return (
        f"{cost.what} would take about {duration(cost.seconds)}; the limit is {MOST_SECONDS:.0f} seconds. Try "
        f"{cost.less}."
    )
