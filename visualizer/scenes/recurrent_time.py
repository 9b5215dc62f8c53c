"""Time unrolled: a column for each time step, with every unit's gates and states, what is read and what is put out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from visualizer.engine.trace import Trace
from visualizer.scenes.scene import Anchor, Bar, Box, Column, Label, Lane, Line, Mark, Number, Role

WIDTH, HEIGHT = 1000.0, 640.0
LEFT = 84.0
"""Room for the initial states and the rows' names."""
DRAWN_GATES = "figo"
"""From left to right as the cell's line meets them; torch stacks its weights i, f, g, o."""
_LEAST_PITCH, _WIDEST_PITCH = 182.0, 300.0
_MARGIN = 6.0
_HEAD = 28.0
_OUTPUT_ROW = 22.0
_INPUTS_IN_A_ROW = 3
_MOST_INPUTS = 9
"""More inputs are named by what is read, not drawn one by one."""
_LSTM_BAND, _RNN_BAND = 204.0, 84.0
_LARGEST = 1.25


@dataclass(frozen=True)
class Columns:
    """The columns' room: `band` is a unit's height, `size` how much larger digits are than the least."""

    steps: int
    units: int
    pitch: float
    outputs: float
    band: float
    size: float
    inputs: float

    @property
    def width(self) -> float:
        return max(WIDTH, LEFT + self.pitch * self.steps + 4)

    @property
    def bands(self) -> float:
        """Where the first unit begins."""
        return _HEAD + self.outputs

    @property
    def below(self) -> float:
        """Where the inputs begin."""
        return self.bands + self.band * self.units

    @property
    def height(self) -> float:
        return self.below + self.inputs

    @property
    def inner(self) -> float:
        return self.pitch - 2 * _MARGIN

    def left(self, t: int) -> float:
        return LEFT + self.pitch * t + _MARGIN


def columns_of(trace: Trace) -> Columns:
    """The room for a trace's columns: as wide and as high as 1000 × 640 where that is enough."""
    steps, units = trace["h"].shape
    pitch = min(_WIDEST_PITCH, max(_LEAST_PITCH, (WIDTH - LEFT - 4) / steps))
    outputs = _OUTPUT_ROW * (trace["z"].shape[1] + 1) + 10 if "z" in trace.arrays else 0.0
    rows = ceil(_shown_inputs(trace) / _INPUTS_IN_A_ROW)
    inputs = 8 + (26 if _names(trace) else 0) + rows * (44 if "grad_x" in trace.arrays else 24)
    least = _LSTM_BAND if trace.kind == "lstm" else _RNN_BAND
    room = (HEIGHT - _HEAD - outputs - inputs) / units
    band = max(least, min(room, least * (1.5 if trace.kind == "lstm" else 2.7)))
    size = min(_LARGEST, band / least)
    return Columns(steps, units, pitch, outputs, band, size, max(inputs, HEIGHT - _HEAD - outputs - band * units))


def time_marks(trace: Trace, columns: Columns, opens: str) -> Iterator[Mark]:
    """All columns, the initial states before them, and the names of their rows."""
    for t in range(columns.steps):
        x, height = columns.left(t), columns.height - 2
        yield Column(x, 1, columns.inner, height, f"t = {t + 1}", t, opens)
        yield from _outputs(trace, columns, t)
        yield from _inputs(trace, columns, t)
    band = _lstm_band if trace.kind == "lstm" else _rnn_band
    for unit in range(columns.units):
        top = columns.bands + columns.band * unit
        yield from band(trace, columns, unit, top)
    if "loss" in trace.arrays:
        yield Label(LEFT - 8, _HEAD + 4, 15, text="loss", anchor="end")
        yield from _number(LEFT - 6, _HEAD + 26, "loss", 17, "value", LEFT - 10, "end")


# ---- a unit over time --------------------------------------------------------------------------------------------


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
    spare = max(0.0, columns.band - _LSTM_BAND * size) / 4
    c = top + 24 * size + spare
    gates = c + 40 * size + spare
    return _Rows(c, gates, gates + 82 * size + 25 * size + spare, size, spare)


def _lstm_band(trace: Trace, columns: Columns, unit: int, top: float) -> Iterator[Mark]:
    """c₋₁ · f + i · g = c along the cell's line, the gates below it, and h = o · tanh c."""
    rows = _rows(columns, top)
    yield from _initial("c", unit, rows.c, columns)
    yield from _initial("h", unit, rows.h, columns)
    yield from _row_names(trace, rows)
    for t in range(columns.steps):
        yield from _cell_line(columns, rows, t, unit)
        for place, gate in enumerate(DRAWN_GATES):
            row = "ifgo".index(gate) * columns.units + unit
            yield from _gate(trace, columns, rows, t, place, (gate, f"{gate}[{t},{unit}]", f"a[{t},{row}]"))
        yield from _hidden(trace, columns, rows, t, unit)
        if t == columns.steps - 1 and "grad_c_given" in trace.arrays:
            x = columns.left(t) + columns.inner * 0.31
            yield from _number(x, rows.c + 25 * rows.size, f"grad_c_given[{unit}]", 14 * rows.size, "above", 74)
        for state, y in (("c", rows.c), ("h", rows.h)):
            if t < columns.steps - 1:
                yield _way_back(columns, t, y - 15 * rows.size, f"{state}[{t},{unit}]", state)


def _gate_span(columns: Columns, t: int, place: int) -> tuple[float, float]:
    """Left end and width of a gate's box."""
    width = (columns.inner - 10) / 4
    return columns.left(t) + 2 + place * (width + 2), width


def _pill(columns: Columns, t: int) -> tuple[float, float]:
    """Left end and width of a state's box, at the right of its column."""
    width = min(100.0, columns.inner * 0.41)
    return columns.left(t) + columns.inner - width - 4, width


def _cell_line(columns: Columns, rows: _Rows, t: int, unit: int) -> Iterator[Mark]:
    y, before, c = rows.c, _before("c", t, unit), f"c[{t},{unit}]"
    f, i, g = (f"{gate}[{t},{unit}]" for gate in "fig")
    forget, width = _gate_span(columns, t, 0)
    times, plus = forget + width / 2, _gate_span(columns, t, 2)[0] - 1
    left, room = _pill(columns, t)
    start = sum(_pill(columns, t - 1)) if t else LEFT - 8
    yield Lane(f"M{start:.1f},{y:.1f}H{times:.1f}", 3, before)
    yield Lane(f"M{times:.1f},{y:.1f}H{plus:.1f}", 9 * rows.size, before, f)
    yield Line(f"M{plus:.1f},{y:.1f}H{left:.1f}", (c,))
    yield Line(f"M{times:.1f},{rows.gates:.1f}V{y:.1f}", (f,))
    yield Line(f"M{plus:.1f},{rows.gates:.1f}V{y:.1f}", (i, g))
    yield from _sign(times, y, "×", (f,), rows.size)
    yield from _sign(plus, y, "+", (c,), rows.size)
    yield from _sign(plus, rows.gates - 2, "×", (i,), rows.size * 0.85)
    yield from _state(left, y, room, c, rows.size)
    yield from _number(left + room / 2, y + 27 * rows.size, f"grad_{c}", 15.5 * rows.size, "gradient", room + 6)


def _gate(
    trace: Trace, columns: Columns, rows: _Rows, t: int, place: int, names: tuple[str, str, str]
) -> Iterator[Mark]:
    """A gate's letter, value and bar; below, its sum, or in the backward pass both gradients."""
    gate, value, total = names
    (left, width), size, y = _gate_span(columns, t, place), rows.size, rows.gates
    middle, back = left + width / 2, _back(trace)
    forward = tuple(chapter for chapter in _chapters(trace) if chapter not in back)
    yield Box(left, y, width, 82 * size, (value,), radius=7)
    yield Label(middle, y + 11 * size, 15 * size, text=gate)
    yield Number(middle, y + 29 * size, value, 17.5 * size, shrink=width - 2, significant=2, decimals=2)
    yield Bar(left + 5, y + 40 * size, width - 10, 5 * size, value)
    low, lower, small = y + 56 * size, y + 72 * size, 15 * size
    yield from _number(middle, low, total, small, "value", width - 3, chapters=forward, decimals=2)
    yield from _number(middle, low, f"grad_{value}", small, "plain-gradient", width - 3, chapters=back)
    yield from _number(middle, lower, f"grad_{total}", small, "plain-gradient", width - 3)


def _hidden(trace: Trace, columns: Columns, rows: _Rows, t: int, unit: int) -> Iterator[Mark]:
    """What goes into the gates from the hidden state before, and the hidden state that comes out."""
    h, o, y, size = f"h[{t},{unit}]", f"o[{t},{unit}]", rows.h, rows.size
    start = sum(_pill(columns, t - 1)) if t else LEFT - 8
    bus, enter = rows.gates_end + 7 * size, columns.left(t) + 9
    inlets = [left + width * 0.3 for left, width in (_gate_span(columns, t, place) for place in range(4))]
    rises = "".join(f"M{x:.1f},{bus:.1f}V{rows.gates_end:.1f}" for x in inlets)
    yield Lane(f"M{start:.1f},{y:.1f}H{enter:.1f}V{bus:.1f}H{inlets[-1]:.1f}{rises}", 2, _before("h", t, unit))
    left, room = _pill(columns, t)
    shown, width = _gate_span(columns, t, 3)
    yield Line(f"M{shown + width * 0.66:.1f},{rows.gates_end:.1f}V{y:.1f}", (o,))
    yield Line(f"M{left - 6:.1f},{y:.1f}H{left:.1f}", (f"tanh_c[{t},{unit}]",))
    yield from _state(left, y, room, h, size)
    yield from _sign(shown + width * 0.66, y - 15 * size, "×", (o,), size * 0.7)
    gap = left - enter - 12
    yield from _number(enter + 8 + gap / 2, y, f"tanh_c[{t},{unit}]", 15 * size, "squashed", gap - 6)
    yield from _number(left + room / 2, y + 26 * size, f"grad_{h}", 15.5 * size, "gradient", room + 6)
    yield from _above(trace, enter + 8 + gap / 2, y + 26 * size, t, unit, size, gap)


def _rnn_band(trace: Trace, columns: Columns, unit: int, top: float) -> Iterator[Mark]:
    """Each unit's sum, and tanh of it; the hidden state goes on into the next sum."""
    size = min(1.4, columns.band / _RNN_BAND)
    y = top + columns.band / 2 - 16 * size
    yield from _initial("h", unit, y, columns, size)
    for t in range(columns.steps):
        left, room = _pill(columns, t)
        start = sum(_pill(columns, t - 1)) if t else LEFT - 8
        first, total, h = columns.left(t) + 14, f"a[{t},{unit}]", f"h[{t},{unit}]"
        width = min(90.0, columns.inner * 0.36)
        yield Lane(f"M{start:.1f},{y:.1f}H{first:.1f}", 3, _before("h", t, unit))
        yield Line(f"M{first + width:.1f},{y:.1f}H{left:.1f}", (h,))
        yield Box(first, y - 15 * size, width, 30 * size, (total,), radius=6)
        yield Number(first + width / 2, y, total, 17.5 * size, "inner", shrink=width - 6, significant=3)
        yield from _number(first + width / 2, y + 26 * size, f"grad_{total}", 15 * size, "inner-gradient", width + 8)
        yield from _state(left, y, room, h, size)
        yield from _number(left + room / 2, y + 26 * size, f"grad_{h}", 15.5 * size, "gradient", room + 6)
        yield from _above(trace, left + room / 2, y + 45 * size, t, unit, size, room + 6)
        if t < columns.steps - 1:
            yield _way_back(columns, t, y - 15 * size, h, "a")


def _above(trace: Trace, x: float, y: float, t: int, unit: int, size: float, room: float) -> Iterator[Mark]:
    """What reaches a hidden state from the output above it, or is given."""
    if "grad_h_above" in trace.arrays and (row := _row(trace, "grad_h_above", t)) is not None:
        yield from _number(x, y, f"grad_h_above[{row},{unit}]", 14 * size, "above", room)


def _way_back(columns: Columns, t: int, y: float, state: str, enters: str) -> Lane:
    """The arrow that brings the gradient of time step t + 1 back to a state, over the top."""
    left, room = _pill(columns, t)
    end = left + room * 0.55
    there = _pill(columns, t + 1)[0] + 10 if enters == "c" else _gate_span(columns, t + 1, 1)[0]
    path = f"M{end:.1f},{y - 1:.1f}C{end + 26:.1f},{y - 20:.1f} {there - 26:.1f},{y - 20:.1f} {there:.1f},{y - 1:.1f}"
    return Lane(path, 3, state, back=True)


# ---- what is read, what is put out -------------------------------------------------------------------------------


def _inputs(trace: Trace, columns: Columns, t: int) -> Iterator[Mark]:
    """What is read at a time step, each number with its gradient."""
    count, names = _shown_inputs(trace), _names(trace)
    x, y = columns.left(t), columns.below + 8
    if t == 0:
        yield Label(LEFT - 12, y + 12, 17, text="x", anchor="end")
    if names:
        yield Label(x + columns.inner / 2, y + 12, 20, text=names[t])
        y += 26
    across = min(count, _INPUTS_IN_A_ROW)
    pitch = (columns.inner - 8) / max(1, across)
    line = 44 if "grad_x" in trace.arrays else 24
    for j in range(count):
        middle = x + 4 + pitch * (j % across + 0.5)
        at = y + 10 + line * (j // across)
        yield from _number(middle, at, f"x[{t},{j}]", 17.5, "value", min(76.0, pitch - 4))
        yield from _number(middle, at + 20, f"grad_x[{t},{j}]", 15, "gradient", pitch - 2)


def _outputs(trace: Trace, columns: Columns, t: int) -> Iterator[Mark]:
    """Each output with its probability or value, its target, and its score or gradient; then the time step's loss."""
    if "z" not in trace.arrays or (row := _row(trace, "z", t)) is None:
        return
    x, y, width, names = columns.left(t) + 6, _HEAD + 8.0, columns.inner - 12, trace.names.get("outputs", ())
    softmax, back = "p" in trace.arrays, _back(trace)
    forward = tuple(chapter for chapter in _chapters(trace) if chapter not in back)
    for j in range(trace["z"].shape[1]):
        at = y + _OUTPUT_ROW * j
        if j < len(names):
            yield Label(x, at, 15, text=names[j][:3], anchor="start")
        if softmax:
            yield from _number(x + width * 0.4, at, f"p[{row},{j}]", 17.5, "value", width * 0.27, "end")
            yield from _number(x + width, at, f"z[{row},{j}]", 15, "score", width * 0.36, "end", forward)
        else:
            yield from _number(x + width * 0.4, at, f"z[{row},{j}]", 17.5, "value", width * 0.38, "end")
        yield from _number(x + width * 0.62, at, f"targets[{row},{j}]", 15, "target", width * 0.2, "end")
        yield from _number(x + width, at, f"grad_z[{row},{j}]", 15, "gradient", width * 0.36, "end", back)
    at = y + _OUTPUT_ROW * trace["z"].shape[1]
    yield Label(x, at, 15, text="loss", anchor="start")
    yield from _number(x + width * 0.4, at, f"losses[{row}]", 16.5, "value", width * 0.27, "end")
    yield Line(f"M{x:.1f},{at + 16:.1f}h{width:.1f}")


# ---- parts -------------------------------------------------------------------------------------------------------


def _initial(state: str, unit: int, y: float, columns: Columns, size: float = 0) -> Iterator[Mark]:
    """A state before the first time step: given, with its gradient below."""
    size, name = size or columns.size, f"{state}0[{unit}]"
    yield Label(4, y - 22 * size, 14, ref=name, anchor="start")
    yield from _state(6, y, LEFT - 16, name, size * 0.9)
    yield from _number(6 + (LEFT - 16) / 2, y + 24 * size, f"grad_{name}", 15, "gradient", LEFT - 12)


def _row_names(trace: Trace, rows: _Rows) -> Iterator[Mark]:
    back = _back(trace)
    forward = tuple(chapter for chapter in _chapters(trace) if chapter not in back)
    for offset, text, chapters in (
        (29, "gates", ()),
        (56, "sum a", forward),
        (56, "∂ gate", back),
        (72, "∂ sum", back),
    ):
        yield Label(LEFT - 8, rows.gates + offset * rows.size, 13.5, text=text, anchor="end", chapters=chapters)


def _state(x: float, y: float, width: float, ref: str, size: float) -> Iterator[Mark]:
    height = 30 * size
    yield Box(x, y - height / 2, width, height, (ref,), radius=height / 2)
    yield Number(x + width / 2, y, ref, 17.5 * size, shrink=width - 10, significant=3)


def _sign(x: float, y: float, text: str, refs: tuple[str, ...], size: float) -> Iterator[Mark]:
    radius = 10 * size
    yield Box(x - radius, y - radius, 2 * radius, 2 * radius, refs, radius=radius)
    yield Label(x, y, 17 * size, text=text)


def _number(
    x: float,
    y: float,
    ref: str,
    size: float,
    role: Role,
    room: float,
    anchor: Anchor = "middle",
    chapters: tuple[str, ...] = (),
    decimals: int | None = None,
) -> Iterator[Mark]:
    """A number with a box of its own, which shows only when it is lit."""
    left = x - room if anchor == "end" else x - room / 2
    significant = 2 if role == "plain-gradient" or decimals is not None else 3
    yield Box(left - 2, y - size * 0.62, room + 4, size * 1.24, (ref,), radius=5, plain=True, chapters=chapters)
    yield Number(x, y, ref, size, role, anchor, room, significant, decimals, chapters)


def _before(state: str, t: int, unit: int) -> str:
    return f"{state}[{t - 1},{unit}]" if t else f"{state}0[{unit}]"


def _row(trace: Trace, name: str, t: int) -> int | None:
    """The row of an array of outputs that belongs to a time step; None where that has no output."""
    symbol = trace.symbols[name]
    if symbol.numbers is None:
        return t if t < len(trace[name]) else None
    times = symbol.numbers[1]
    return times.index(t + 1) if t + 1 in times else None


def _shown_inputs(trace: Trace) -> int:
    inputs = trace["x"].shape[1]
    return inputs if inputs <= _MOST_INPUTS else 0


def _names(trace: Trace) -> tuple[str, ...]:
    """What is read at each time step, where that is a symbol or stands for too many numbers to draw."""
    named = bool(trace.names.get("inputs")) or not _shown_inputs(trace)
    return trace.names.get("time", ()) if named else ()


def _chapters(trace: Trace) -> tuple[str, ...]:
    return ("", *(chapter.title for chapter in trace.chapters))


def _back(trace: Trace) -> tuple[str, ...]:
    return tuple(title for title in _chapters(trace) if title.startswith("←") or title == "Weights")
