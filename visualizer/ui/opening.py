"""The step at which a walk over an image opens: far enough on that there is much to be seen."""

from __future__ import annotations

from visualizer.engine import Trace

_FROM, _TO = 0.6, 0.9
"""The stretch of the chapter that is searched: most of it is computed by then, and something is left to do."""


def opening_step(trace: Trace, chapter: str) -> int:
    """The step of the largest number in the later part of a chapter, or of the last one where there is no such."""
    part = next((each for each in trace.chapters if each.title == chapter), trace.chapters[-1])
    length = part.stop - part.start
    first = part.start + int(_FROM * length)
    numbers = range(first, max(first + 1, part.start + int(_TO * length)))
    return 1 + max(numbers, key=lambda number: abs(float(trace.value(trace.steps[number].target))))
