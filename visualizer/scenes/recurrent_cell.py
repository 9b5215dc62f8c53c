"""One time step of an RNN or LSTM in full: the textbook's circuit, with every number of every unit in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.engine.trace import Trace
from visualizer.scenes.recurrent_time import DRAWN_GATES, HEIGHT, WIDTH
from visualizer.scenes.scene import Anchor, Box, Factor, Grid, Label, Lane, Line, Loop, Mark, Number, Role, Wire

_GIVEN, _GIVEN_WIDTH = 22.0, 112.0
_BUS = 150.0
_GATE_LEFT, _GATE_WIDTH, _GATE_PITCH = 168.0, 128.0, 140.0
_STATE, _STATE_WIDTH = 752.0, 112.0
_OUTPUT, _OUTPUT_WIDTH = 892.0, 104.0
_TOP = 66.0
"""Above stand the headings, and the way of c to the next time step."""
_BOTTOM = HEIGHT - 34
RNN_SUM, RNN_STATE = 430.0, 640.0
_GATE_NAMES = {"f": "f: forget", "i": "i: input", "g": "g: candidate", "o": "o: output"}
_LONGEST_NAME = 4
_LEAST_PITCH = 21.0
"""More inputs than have this room are drawn as a column of colours."""
_LEAST_WIRED = 39.0
_INPUT_ROOM = 250.0


@dataclass(frozen=True)
class _Heights:
    """Where an LSTM's parts begin and end; `row` is a unit's height in a state, `gate_row` in a gate."""

    units: int
    row: float
    gate_row: float
    size: float

    @property
    def line(self) -> float:
        return _TOP + self.states / 2

    @property
    def states(self) -> float:
        return self.row * self.units

    @property
    def product(self) -> float:
        """Where i and g meet."""
        return _TOP + self.states + 28

    @property
    def gates(self) -> float:
        return self.product + 30

    @property
    def gates_end(self) -> float:
        return self.gates + 26 + self.gate_row * self.units

    @property
    def squashed(self) -> float:
        return _TOP + self.states + 34

    @property
    def squashed_end(self) -> float:
        return self.squashed + 28 * self.units

    @property
    def shown(self) -> float:
        """Where o and tanh c meet."""
        return max(self.squashed_end + 22, self.gates + 30)

    @property
    def hidden(self) -> float:
        return self.shown + 40


def lstm_cell(trace: Trace) -> Iterator[Mark]:
    """c before · f + i · g = c along the line, o · tanh c = h, and x and h before joined to every gate."""
    units = trace["h"].shape[1]
    at = _Heights(units, min(66.0, 148 / units), min(92.0, 190 / units), min(1.2, 0.76 + 0.44 / max(1, units - 1)))
    yield from _states(at, _GIVEN, _TOP, "c before", [_before("c", unit) for unit in range(units)])
    yield from _given(trace, at)
    for place, gate in enumerate(DRAWN_GATES):
        yield from _gate(trace, at, place, gate)
    yield from _cell_line(at)
    yield from _outgoing(at)
    yield from output_marks(trace)
    edge = _STATE + _STATE_WIDTH
    up = f"M{edge},{at.line}H{edge + 12}V14H8V{at.line}H{_GIVEN - 2}"
    yield Loop(up, 440, 32, "c goes on to the next time step")
    middle, end = _STATE + _STATE_WIDTH / 2, at.hidden + at.states
    yield Loop(f"M{middle},{end}V{HEIGHT - 8}H8V{_hidden_before(at)}H{_GIVEN - 2}", 440, HEIGHT - 22, _H_GOES_ON)


_H_GOES_ON = "h goes on to the next time step"


def _hidden_before(at: _Heights) -> float:
    """The middle of h before."""
    return _TOP + 1.5 * at.states + 40


def _given(trace: Trace, at: _Heights) -> Iterator[Mark]:
    """The hidden state before and the input, below the cell state, and the lines that bring them to the gates."""
    top = _TOP + at.states + 40
    yield from _states(at, _GIVEN, top, "h before", [_before("h", unit) for unit in range(at.units)], factors=True)
    below = top + at.states + 40
    yield Label(_GIVEN + _GIVEN_WIDTH / 2, below - 14, 15, text="x")
    room = min(_INPUT_ROOM, HEIGHT - 22 - below)
    yield from _input_column(trace, _GIVEN, below, room)
    inputs = trace["x"].shape[1]
    middle, bus = below + min(room, 56.0 * inputs) / 2, at.gates_end + 24
    edge, hidden = _GIVEN + _GIVEN_WIDTH, _hidden_before(at)
    read = (*(f"x[@,{j}]" for j in range(inputs)), *(_before("h", unit)[0] for unit in range(at.units)))
    inlets = [_GATE_LEFT + _GATE_PITCH * place + _GATE_WIDTH / 2 for place in range(4)]
    rises = "".join(f"M{x},{bus}V{at.gates_end}" for x in inlets)
    yield Line(f"M{edge},{hidden}H{_BUS}V{bus}M{edge},{middle}H{_BUS}V{bus}H{inlets[-1]}{rises}", read)


def _gate(trace: Trace, at: _Heights, place: int, gate: str) -> Iterator[Mark]:
    """A gate: of each unit the value and the sum that it comes from, and both gradients below."""
    x, units = _GATE_LEFT + _GATE_PITCH * place, at.units
    yield Box(x, at.gates, _GATE_WIDTH, at.gates_end - at.gates, radius=9)
    yield Label(x + _GATE_WIDTH / 2, at.gates + 13, 15, text=_GATE_NAMES[gate])
    left, right, room = x + _GATE_WIDTH * 0.25, x + _GATE_WIDTH * 0.74, _GATE_WIDTH * 0.45
    for unit in range(units):
        y = at.gates + 26 + at.gate_row * (unit + 0.28)
        low = y + min(28.0, at.gate_row * 0.46)
        value, total = f"{gate}[@,{unit}]", f"a[@,{'ifgo'.index(gate) * units + unit}]"
        yield from _number(left, y, value, 17.5 * at.size, "value", room)
        yield from _number(right, y, total, 15 * at.size, "inner", room)
        yield from _number(left, low, f"grad_{value}", 15 * at.size, "gradient", room, significant=2)
        yield from _number(right, low, f"grad_{total}", 15 * at.size, "inner-gradient", room, significant=2)


def _cell_line(at: _Heights) -> Iterator[Mark]:
    """The cell state's line, one strand for each unit: times f, plus i · g."""
    left, right = _GIVEN + _GIVEN_WIDTH, _STATE
    times = _GATE_LEFT + _GATE_WIDTH / 2
    plus = _GATE_LEFT + _GATE_PITCH * 1.5 + _GATE_WIDTH / 2
    units = range(at.units)
    for unit in units:
        y, before = at.line + (unit - (at.units - 1) / 2) * 8, _before("c", unit)[0]
        yield Lane(f"M{left},{y}H{times}", 2.5, before)
        yield Lane(f"M{times},{y}H{plus}", 7, before, f"f[@,{unit}]")
        yield Line(f"M{plus},{y}H{right}", (f"c[@,{unit}]",))
    forget, taken, candidate, cells = (tuple(f"{name}[@,{unit}]" for unit in units) for name in "figc")
    yield Line(f"M{times},{at.gates}V{at.line}", forget)
    yield Line(f"M{plus - _GATE_PITCH / 2},{at.gates}V{at.product}H{plus}", taken)
    yield Line(f"M{plus + _GATE_PITCH / 2},{at.gates}V{at.product}H{plus}", candidate)
    yield Line(f"M{plus},{at.product}V{at.line}", (*taken, *candidate))
    yield from _sign(times, at.line, "×", forget)
    yield from _sign(plus, at.line, "+", cells)
    yield from _sign(plus, at.product, "×", taken)


def _outgoing(at: _Heights) -> Iterator[Mark]:
    """c now, tanh of it, times o, and the h that comes of it."""
    units, middle = range(at.units), _STATE + _STATE_WIDTH / 2
    shown, squashed, hidden = (tuple(f"{name}[@,{unit}]" for unit in units) for name in ("o", "tanh_c", "h"))
    yield from _states(at, _STATE, _TOP, "c now", [(f"c[@,{unit}]", f"grad_c[@,{unit}]") for unit in units])
    yield Line(f"M{middle},{_TOP + at.states}V{at.squashed}M{middle},{at.squashed_end}V{at.hidden}", squashed)
    yield Line(f"M{_GATE_LEFT + 3 * _GATE_PITCH + _GATE_WIDTH},{at.shown}H{middle}", shown)
    yield Box(_STATE, at.squashed, _STATE_WIDTH, 28 * at.units, radius=14)
    for unit in units:
        yield from _number(middle, at.squashed + 28 * (unit + 0.5), squashed[unit], 15 * at.size, "squashed", 100)
    yield from _sign(middle, at.shown, "×", shown)
    yield from _states(at, _STATE, at.hidden, "", [(ref, f"grad_{ref}") for ref in hidden])
    yield Label(middle + 18, at.hidden - 13, 15, text="h now", anchor="start")


def _states(
    at: _Heights, x: float, top: float, heading: str, names: list[tuple[str, str]], factors: bool = False
) -> Iterator[Mark]:
    """A state of all units, each value in a box with its gradient below; `factors`: or its weight in a gate's sum."""
    middle = x + _STATE_WIDTH / 2
    if heading:
        yield Label(middle, top - 14, 15, text=heading)
    for unit, (value, gradient) in enumerate(names):
        y, height = top + at.row * unit, min(30.0, at.row * 0.54)
        yield Box(x, y, _STATE_WIDTH, height, (value,), radius=height / 2)
        yield Number(middle, y + height / 2, value, 17.5 * at.size, shrink=_STATE_WIDTH - 14, significant=4)
        low = y + height + min(12.0, at.row * 0.22)
        yield from _number(middle, low, gradient, 15 * at.size, "gradient", _STATE_WIDTH - 4)
        if factors:
            yield Factor(middle, low, value, 15 * at.size, _STATE_WIDTH - 4)


# ---- an RNN's cell -----------------------------------------------------------------------------------------------


def rnn_cell(trace: Trace) -> Iterator[Mark]:
    """The weights' wires from the input and the state before to each unit's sum, and tanh of that."""
    inputs, units = trace["x"].shape[1], trace["h"].shape[1]
    given, bottom = inputs + units, _BOTTOM - 4
    pitch = min(110.0, (bottom - _TOP) / given)
    wired = pitch >= _LEAST_WIRED
    yield Label(_GIVEN + 60, _TOP - 14, 15, text="x, then h before" if wired else "h before")
    if not wired:
        pitch = min(56.0, 190 / units)
        yield Label(_GIVEN + 60, _TOP + pitch * units + 14, 15, text="x")
        yield from _input_column(trace, _GIVEN, _TOP + pitch * units + 26, _INPUT_ROOM)
    heights = [_TOP + pitch * (j + 0.4) for j in range(given if wired else units)]
    shift, size = inputs if wired else 0, min(1.2, pitch / 60)
    for j, y in enumerate(heights):
        if j < shift:
            yield from _input(trace, _GIVEN, y, pitch, j)
        else:
            yield from _pill(_GIVEN, y, _GIVEN_WIDTH, *_before("h", j - shift), size, factor=True)
    room = (bottom - _TOP) / units
    yield Label(RNN_SUM + 56, _TOP - 14, 15, text="a: the sum")
    yield Label(RNN_STATE + 56, _TOP - 14, 15, text="h now")
    for unit in range(units):
        y = _TOP + room * (unit + 0.4)
        for j, start in enumerate(heights if wired else []):
            ref = f"weight_ih[{unit},{j}]" if j < inputs else f"weight_hh[{unit},{j - inputs}]"
            yield Wire(_GIVEN + _GIVEN_WIDTH, start, RNN_SUM, y, (ref, f"grad_{ref}"))
        total, state = f"a[@,{unit}]", f"h[@,{unit}]"
        yield from _pill(RNN_SUM, y, _STATE_WIDTH, total, f"grad_{total}", 1.2)
        yield Line(f"M{RNN_SUM + _STATE_WIDTH},{y}H{RNN_STATE}", (state,))
        yield Box(RNN_SUM + 134, y - 13, 56, 26, radius=13)
        yield Label(RNN_SUM + 162, y, 16, text="tanh")
        yield from _pill(RNN_STATE, y, _STATE_WIDTH, state, f"grad_{state}", 1.2)
    yield from output_marks(trace)
    before = heights[-1]
    path = f"M{RNN_STATE + _STATE_WIDTH},{y}H{RNN_STATE + 140}V{HEIGHT - 8}H8V{before}H{_GIVEN - 2}"
    yield Loop(path, 440, HEIGHT - 22, _H_GOES_ON)


def _pill(
    x: float, y: float, width: float, value: str, gradient: str, size: float, factor: bool = False
) -> Iterator[Mark]:
    """A value in a box, its gradient below, or the weight that a sum gives it."""
    height, middle = 32 * size, x + width / 2
    yield Box(x, y - height / 2, width, height, (value,), radius=height / 2)
    yield Number(middle, y, value, 17.5 * size, shrink=width - 14)
    low = y + height / 2 + 13 * size
    yield from _number(middle, low, gradient, 15 * size, "gradient", width - 4)
    if factor:
        yield Factor(middle, low, value, 15 * size, width - 4)


# ---- input and output --------------------------------------------------------------------------------------------


def _input_column(trace: Trace, x: float, top: float, room: float) -> Iterator[Mark]:
    """The input's numbers below each other, or as colours where they are many."""
    inputs = trace["x"].shape[1]
    pitch = min(56.0, room / inputs)
    if pitch < _LEAST_PITCH:
        yield Grid(x + 30, top, 50, "x", ("@",), inputs, 1, height=room / inputs)
        return
    for j in range(inputs):
        yield from _input(trace, x, top + pitch * (j + 0.5), pitch, j)


def _input(trace: Trace, x: float, y: float, pitch: float, j: int) -> Iterator[Mark]:
    """One number of the input, with the symbol that it stands for, and its gradient below or beside it."""
    names = trace.names.get("inputs", ())
    height, low = min(50.0, pitch - 4), pitch >= 44
    yield Box(x, y - height / 2, _GIVEN_WIDTH, height, (f"x[@,{j}]",), radius=10)
    up, down = (y - height * 0.22, y + height * 0.24) if low else (y, y)
    value, other = (x + 72, x + 56) if low else (x + 42, x + 84)
    yield Label(x + 8, up, 15, text=names[j][:_LONGEST_NAME] if j < len(names) else f"x{j + 1}", anchor="start")
    yield Number(value, up, f"x[@,{j}]", 17, shrink=66 if low else 34)
    yield from _number(other, down, f"grad_x[@,{j}]", 15, "gradient", 100 if low else 52)
    yield Factor(other, down, f"x[@,{j}]", 15, 100 if low else 52)


def output_marks(trace: Trace) -> Iterator[Mark]:
    """The outputs at the right, each with its target, its score and its gradient, and the loss below."""
    if "z" not in trace.arrays:
        return
    every = len(trace["z"]) == len(trace["x"])
    row, frame = ("@", None) if every else ("0", len(trace["x"]) - 1)
    outputs = trace["z"].shape[1]
    pitch = min(116.0, (_BOTTOM - 66 - _TOP) / outputs)
    shown = "p" if "p" in trace.arrays else "z"
    names = trace.names.get("outputs", ())
    x, right = _OUTPUT, _OUTPUT + _OUTPUT_WIDTH - 5
    yield Label(x + _OUTPUT_WIDTH / 2, _TOP - 14, 15, text="output", frame=frame)
    for j in range(outputs):
        height = pitch - 6
        y = _TOP + pitch * j
        lines = [y + height * share for share in ((0.18, 0.4, 0.62, 0.84) if pitch >= 84 else (0.3, 0, 0, 0.74))]
        yield Box(x, y, _OUTPUT_WIDTH, height, frame=frame)
        if j < len(names):
            yield Label(x + 6, lines[0], 15, text=names[j][:_LONGEST_NAME], anchor="start", frame=frame)
        yield from _number(right, lines[0], f"{shown}[{row},{j}]", 17, "value", 62, "end", frame)
        if pitch >= 84:
            yield from _number(right, lines[1], f"targets[{row},{j}]", 15, "target", 62, "end", frame)
            if shown == "p":
                yield from _number(right, lines[2], f"z[{row},{j}]", 15, "score", 90, "end", frame)
        yield from _number(right, lines[3], f"grad_z[{row},{j}]", 15, "gradient", 92, "end", frame)
    yield Box(x, _BOTTOM - 46, _OUTPUT_WIDTH, 38, ("loss",), radius=19)
    yield Label(x + 14, _BOTTOM - 27, 15, ref="loss", anchor="start")
    yield Number(x + 62, _BOTTOM - 27, "loss", 17, shrink=66)


# ---- parts -------------------------------------------------------------------------------------------------------


def _before(state: str, unit: int) -> tuple[str, str]:
    """A state of the time step before, and its gradient: at the first step those that were given."""
    return f"{state}[@-1,{unit}]|{state}0[{unit}]", f"grad_{state}[@-1,{unit}]|grad_{state}0[{unit}]"


def _sign(x: float, y: float, text: str, refs: tuple[str, ...]) -> Iterator[Mark]:
    yield Box(x - 15, y - 15, 30, 30, refs, radius=15)
    yield Label(x, y, 20, text=text)


def _number(
    x: float,
    y: float,
    ref: str,
    size: float,
    role: Role,
    room: float,
    anchor: Anchor = "middle",
    frame: int | None = None,
    significant: int = 3,
) -> Iterator[Mark]:
    """A number with a box of its own, which shows only when it is lit."""
    left = x - room if anchor == "end" else x - room / 2
    yield Box(left - 2, y - size * 0.64, room + 4, size * 1.28, (ref,), radius=5, plain=True, frame=frame)
    yield Number(x, y, ref, size, role, anchor, room, significant, frame=frame)


CELL_SIZE = (WIDTH, HEIGHT)
