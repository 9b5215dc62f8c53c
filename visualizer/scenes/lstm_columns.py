"""An LSTM over time: each unit's cell line through all columns, its gates below, and the hidden state below those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.recurrent_columns import (
    DRAWN_GATES,
    LEFT,
    LSTM_BAND,
    Columns,
    above_marks,
    back_chapters,
    forward_chapters,
    gate_span,
    initial_marks,
    number_marks,
    pill,
    sign_marks,
    state_before,
    state_marks,
    way_back,
)
from visualizer.scenes.scene import Bar, Box, Label, Lane, Line, Mark, Number


@dataclass(frozen=True)
class _Rows:
    """Heights of an LSTM unit's rows."""

    c: float
    gates: float
    h: float
    size: float
    spare: float

    @property
    def gates_end(self) -> float:
        return self.gates + 82 * self.size


def _rows(columns: Columns, top: float) -> _Rows:
    size = columns.size
    spare = max(0.0, columns.band - LSTM_BAND * size) / 4
    c = top + 24 * size + spare
    gates = c + 40 * size + spare
    return _Rows(c, gates, gates + 82 * size + 25 * size + spare, size, spare)


def lstm_band(trace: Trace, columns: Columns, unit: int, top: float) -> Iterator[Mark]:
    """c₋₁ · f + i · g = c along the cell's line, the gates below it, and h = o · tanh c."""
    rows = _rows(columns, top)
    yield from initial_marks("c", unit, rows.c, columns)
    yield from initial_marks("h", unit, rows.h, columns)
    yield from _row_names(trace, rows)
    for t in range(columns.steps):
        yield from _cell_line(columns, rows, t, unit)
        for place, gate in enumerate(DRAWN_GATES):
            row = "ifgo".index(gate) * columns.units + unit
            yield from _gate(trace, columns, rows, t, place, (gate, f"{gate}[{t},{unit}]", f"a[{t},{row}]"))
        yield from _hidden(trace, columns, rows, t, unit)
        if t == columns.steps - 1 and "grad_c_given" in trace.arrays:
            x = columns.left(t) + columns.inner * 0.31
            yield from number_marks(x, rows.c + 25 * rows.size, f"grad_c_given[{unit}]", 14 * rows.size, "above", 74)
        for state, y in (("c", rows.c), ("h", rows.h)):
            if t < columns.steps - 1:
                yield way_back(columns, t, y - 15 * rows.size, f"{state}[{t},{unit}]", state)


def _cell_line(columns: Columns, rows: _Rows, t: int, unit: int) -> Iterator[Mark]:
    y, before, c = rows.c, state_before("c", t, unit), f"c[{t},{unit}]"
    f, i, g = (f"{gate}[{t},{unit}]" for gate in "fig")
    forget, width = gate_span(columns, t, 0)
    times, plus = forget + width / 2, gate_span(columns, t, 2)[0] - 1
    left, room = pill(columns, t)
    start = sum(pill(columns, t - 1)) if t else LEFT - 8
    yield Lane(f"M{start:.1f},{y:.1f}H{times:.1f}", 3, before)
    yield Lane(f"M{times:.1f},{y:.1f}H{plus:.1f}", 9 * rows.size, before, f)
    yield Line(f"M{plus:.1f},{y:.1f}H{left:.1f}", (c,))
    yield Line(f"M{times:.1f},{rows.gates:.1f}V{y:.1f}", (f,))
    yield Line(f"M{plus:.1f},{rows.gates:.1f}V{y:.1f}", (i, g))
    yield from sign_marks(times, y, "×", (f,), rows.size)
    yield from sign_marks(plus, y, "+", (c,), rows.size)
    yield from sign_marks(plus, rows.gates - 2, "×", (i,), rows.size * 0.85)
    yield from state_marks(left, y, room, c, rows.size)
    yield from number_marks(left + room / 2, y + 27 * rows.size, f"grad_{c}", 15.5 * rows.size, "gradient", room + 6)


def _gate(
    trace: Trace, columns: Columns, rows: _Rows, t: int, place: int, names: tuple[str, str, str]
) -> Iterator[Mark]:
    """A gate's letter, value and bar; below, its sum, or in the backward pass both gradients."""
    gate, value, total = names
    (left, width), size, y = gate_span(columns, t, place), rows.size, rows.gates
    middle, back = left + width / 2, back_chapters(trace)
    forward = forward_chapters(trace)
    yield Box(left, y, width, 82 * size, (value,), radius=7)
    yield Label(middle, y + 11 * size, 15 * size, text=gate)
    yield Number(middle, y + 29 * size, value, 17.5 * size, shrink=width - 2, significant=2, decimals=2)
    yield Bar(left + 5, y + 40 * size, width - 10, 5 * size, value)
    low, lower, small = y + 56 * size, y + 72 * size, 15 * size
    yield from number_marks(middle, low, total, small, "value", width - 3, chapters=forward, decimals=2)
    yield from number_marks(middle, low, f"grad_{value}", small, "plain-gradient", width - 3, chapters=back)
    yield from number_marks(middle, lower, f"grad_{total}", small, "plain-gradient", width - 3)


def _hidden(trace: Trace, columns: Columns, rows: _Rows, t: int, unit: int) -> Iterator[Mark]:
    """What goes into the gates from the hidden state before, and the hidden state that comes out."""
    h, o, y, size = f"h[{t},{unit}]", f"o[{t},{unit}]", rows.h, rows.size
    start = sum(pill(columns, t - 1)) if t else LEFT - 8
    bus, enter = rows.gates_end + 7 * size, columns.left(t) + 9
    inlets = [left + width * 0.3 for left, width in (gate_span(columns, t, place) for place in range(4))]
    rises = "".join(f"M{x:.1f},{bus:.1f}V{rows.gates_end:.1f}" for x in inlets)
    yield Lane(f"M{start:.1f},{y:.1f}H{enter:.1f}V{bus:.1f}H{inlets[-1]:.1f}{rises}", 2, state_before("h", t, unit))
    left, room = pill(columns, t)
    shown, width = gate_span(columns, t, 3)
    yield Line(f"M{shown + width * 0.66:.1f},{rows.gates_end:.1f}V{y:.1f}", (o,))
    yield Line(f"M{left - 6:.1f},{y:.1f}H{left:.1f}", (f"tanh_c[{t},{unit}]",))
    yield from state_marks(left, y, room, h, size)
    yield from sign_marks(shown + width * 0.66, y - 15 * size, "×", (o,), size * 0.7)
    gap = left - enter - 12
    yield from number_marks(enter + 8 + gap / 2, y, f"tanh_c[{t},{unit}]", 15 * size, "squashed", gap - 6)
    yield from number_marks(left + room / 2, y + 26 * size, f"grad_{h}", 15.5 * size, "gradient", room + 6)
    yield from above_marks(trace, enter + 8 + gap / 2, y + 26 * size, t, unit, size, gap)


def _row_names(trace: Trace, rows: _Rows) -> Iterator[Mark]:
    back = back_chapters(trace)
    forward = forward_chapters(trace)
    for offset, text, chapters in (
        (29, "gates", ()),
        (56, "sum a", forward),
        (56, "∂ gate", back),
        (72, "∂ sum", back),
    ):
        yield Label(LEFT - 8, rows.gates + offset * rows.size, 13.5, text=text, anchor="end", chapters=chapters)
