"""What the curves over the amount of data say: how much is enough, and what halves the gap."""

from __future__ import annotations

import math
from collections.abc import Sequence

from torch import Tensor

from visualizer.engine.statistics.comparisons import paired_difference
from visualizer.labs.regularisation.settings import mean_over_repeats

ENOUGH = 0.1
"""By what share the test loss may be above that of the largest training set, where there is enough."""


def enough(sizes: Sequence[int], test: Tensor) -> float | None:
    """The size from which on the mean test loss is at most 10% above that of the largest size, between sizes by a
    straight line over their logarithm; None where it is not known.

    Shapes: test (repeats, sizes).
    """
    mean = mean_over_repeats(test).tolist()
    level = (1 + ENOUGH) * mean[-1]
    above = max((place for place, value in enumerate(mean) if value > level), default=0)
    return reached(sizes[above:], mean[above:], level)


def halved(sizes: Sequence[int], gap: Tensor) -> tuple[int, float | None]:
    """The place of the largest gap, and the size at which half of it is left, between sizes by a straight line over
    their logarithm; None where it is not reached.

    Shapes: gap (repeats, sizes), the test loss less the training loss.
    """
    mean = mean_over_repeats(gap).nan_to_num(-math.inf, -math.inf, -math.inf)
    first = int(mean.argmax())
    return first, reached(sizes[first:], mean[first:].tolist(), float(mean[first]) / 2)


def reached(sizes: Sequence[int], falling: Sequence[float], level: float) -> float | None:
    """The size at which a curve over sizes first is at a level or below; None where it never is."""
    for place, value in enumerate(falling):
        if value <= level:
            if place == 0:
                return float(sizes[0])
            before = falling[place - 1]
            share = (before - level) / (before - value) if math.isfinite(before) else 1.0
            return float(sizes[place - 1] * (sizes[place] / sizes[place - 1]) ** share)
    return None


def helps_up_to(test: Tensor) -> tuple[int | None, int | None]:
    """The place of the last size at which regularisation clearly lowers the test loss, and of the first after
    it at which it raises it.

    Shapes: test (2, repeats, sizes), without regularisation and with it.
    """
    found = [paired_difference(test[0, :, place], test[1, :, place]) for place in range(test.shape[2])]
    helps = [place for place, each in enumerate(found) if each.clear and each.mean < 0]
    last = max(helps, default=None)
    harms = [place for place, each in enumerate(found) if each.clear and each.mean > 0 and place > (last or -1)]
    return last, min(harms, default=None)
