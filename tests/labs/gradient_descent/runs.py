"""Runs of the lab that its tests look at, each computed once."""

from functools import cache

from visualizer.labs.gradient_descent.run import DescentResult, run
from visualizer.labs.gradient_descent.settings import DescentSettings


@cache
def result_of(settings: DescentSettings) -> DescentResult:
    """The whole result."""
    *_, last = run(settings)
    assert last.result is not None
    return last.result
