"""An RNN over time: each unit's sum and hidden state in every column."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.recurrent_columns import (
    LEFT,
    RNN_BAND,
    Columns,
    above_marks,
    initial_marks,
    number_marks,
    pill,
    state_before,
    state_marks,
    way_back,
)
from visualizer.scenes.scene import Box, Lane, Line, Mark, Number


def rnn_band(trace: Trace, columns: Columns, unit: int, top: float) -> Iterator[Mark]:
    """Each unit's sum, and tanh of it; the hidden state goes on into the next sum."""
    size = min(1.4, columns.band / RNN_BAND)
    y = top + columns.band / 2 - 16 * size
    yield from initial_marks("h", unit, y, columns, size)
    for t in range(columns.steps):
        left, room = pill(columns, t)
        start = sum(pill(columns, t - 1)) if t else LEFT - 8
        first, total, h = columns.left(t) + 14, f"a[{t},{unit}]", f"h[{t},{unit}]"
        width = min(90.0, columns.inner * 0.36)
        yield Lane(f"M{start:.1f},{y:.1f}H{first:.1f}", 3, state_before("h", t, unit))
        yield Line(f"M{first + width:.1f},{y:.1f}H{left:.1f}", (h,))
        yield Box(first, y - 15 * size, width, 30 * size, (total,), radius=6)
        yield Number(first + width / 2, y, total, 17.5 * size, "inner", shrink=width - 6, significant=3)
        yield from number_marks(
            first + width / 2, y + 26 * size, f"grad_{total}", 15 * size, "inner-gradient", width + 8
        )
        yield from state_marks(left, y, room, h, size)
        yield from number_marks(left + room / 2, y + 26 * size, f"grad_{h}", 15.5 * size, "gradient", room + 6)
        yield from above_marks(trace, left + room / 2, y + 45 * size, t, unit, size, room + 6)
        if t < columns.steps - 1:
            yield way_back(columns, t, y - 15 * size, h, "a")
