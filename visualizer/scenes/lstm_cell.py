"""One time step of an LSTM in full: the textbook's circuit, with every number of every unit in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.recurrent_cell import (
    GIVEN,
    GIVEN_WIDTH,
    H_GOES_ON,
    INPUT_ROOM,
    STATE_WIDTH,
    TOP,
    input_column,
    number_marks,
    output_marks,
    sign_marks,
    state_before,
)
from visualizer.scenes.recurrent_columns import DRAWN_GATES, HEIGHT
from visualizer.scenes.scene import Box, Factor, Label, Lane, Line, Loop, Mark, Number

_BUS = 150.0
_GATE_LEFT, _GATE_WIDTH, _GATE_PITCH = 168.0, 128.0, 140.0
_STATE = 752.0
_GATE_NAMES = {"f": "f: forget", "i": "i: input", "g": "g: candidate", "o": "o: output"}


@dataclass(frozen=True)
class _Heights:
    """Where an LSTM's parts begin and end; `row` is a unit's height in a state, `gate_row` in a gate."""

    units: int
    row: float
    gate_row: float
    size: float

    @property
    def line(self) -> float:
        return TOP + self.states / 2

    @property
    def states(self) -> float:
        return self.row * self.units

    @property
    def product(self) -> float:
        """Where i and g meet."""
        return TOP + self.states + 28

    @property
    def gates(self) -> float:
        return self.product + 30

    @property
    def gates_end(self) -> float:
        return self.gates + 26 + self.gate_row * self.units

    @property
    def squashed(self) -> float:
        return TOP + self.states + 34

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
    """previous c · f + i · g = c along the line, o · tanh c = h, and x and the previous h joined to every gate."""
    units = trace["h"].shape[1]
    at = _Heights(units, min(66.0, 148 / units), min(92.0, 190 / units), min(1.2, 0.76 + 0.44 / max(1, units - 1)))
    yield from _states(at, GIVEN, TOP, "previous c", [state_before("c", unit) for unit in range(units)])
    yield from _given(trace, at)
    for place, gate in enumerate(DRAWN_GATES):
        yield from _gate(trace, at, place, gate)
    yield from _cell_line(at)
    yield from _outgoing(at)
    yield from output_marks(trace)
    edge = _STATE + STATE_WIDTH
    up = f"M{edge},{at.line}H{edge + 12}V14H8V{at.line}H{GIVEN - 2}"
    yield Loop(up, 440, 32, "c passes to the next time step")
    middle, end = _STATE + STATE_WIDTH / 2, at.hidden + at.states
    yield Loop(f"M{middle},{end}V{HEIGHT - 8}H8V{_previous_hidden(at)}H{GIVEN - 2}", 440, HEIGHT - 22, H_GOES_ON)


def _previous_hidden(at: _Heights) -> float:
    """The middle of the previous h."""
    return TOP + 1.5 * at.states + 40


def _given(trace: Trace, at: _Heights) -> Iterator[Mark]:
    """The previous hidden state and the input, below the cell state, and the lines from them to the gates."""
    top = TOP + at.states + 40
    yield from _states(
        at, GIVEN, top, "previous h", [state_before("h", unit) for unit in range(at.units)], factors=True
    )
    below = top + at.states + 40
    yield Label(GIVEN + GIVEN_WIDTH / 2, below - 14, 15, text="x")
    room = min(INPUT_ROOM, HEIGHT - 22 - below)
    yield from input_column(trace, GIVEN, below, room)
    inputs = trace["x"].shape[1]
    middle, bus = below + min(room, 56.0 * inputs) / 2, at.gates_end + 24
    edge, hidden = GIVEN + GIVEN_WIDTH, _previous_hidden(at)
    read = (*(f"x[@,{j}]" for j in range(inputs)), *(state_before("h", unit)[0] for unit in range(at.units)))
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
        yield from number_marks(left, y, value, 17.5 * at.size, "value", room)
        yield from number_marks(right, y, total, 15 * at.size, "inner", room)
        yield from number_marks(left, low, f"grad_{value}", 15 * at.size, "gradient", room, significant=2)
        yield from number_marks(right, low, f"grad_{total}", 15 * at.size, "inner-gradient", room, significant=2)


def _cell_line(at: _Heights) -> Iterator[Mark]:
    """The cell state's line, one strand for each unit: times f, plus i · g."""
    left, right = GIVEN + GIVEN_WIDTH, _STATE
    times = _GATE_LEFT + _GATE_WIDTH / 2
    plus = _GATE_LEFT + _GATE_PITCH * 1.5 + _GATE_WIDTH / 2
    units = range(at.units)
    for unit in units:
        y, before = at.line + (unit - (at.units - 1) / 2) * 8, state_before("c", unit)[0]
        yield Lane(f"M{left},{y}H{times}", 2.5, before)
        yield Lane(f"M{times},{y}H{plus}", 7, before, f"f[@,{unit}]")
        yield Line(f"M{plus},{y}H{right}", (f"c[@,{unit}]",))
    forget, taken, candidate, cells = (tuple(f"{name}[@,{unit}]" for unit in units) for name in "figc")
    yield Line(f"M{times},{at.gates}V{at.line}", forget)
    yield Line(f"M{plus - _GATE_PITCH / 2},{at.gates}V{at.product}H{plus}", taken)
    yield Line(f"M{plus + _GATE_PITCH / 2},{at.gates}V{at.product}H{plus}", candidate)
    yield Line(f"M{plus},{at.product}V{at.line}", (*taken, *candidate))
    yield from sign_marks(times, at.line, "×", forget)
    yield from sign_marks(plus, at.line, "+", cells)
    yield from sign_marks(plus, at.product, "×", taken)


def _outgoing(at: _Heights) -> Iterator[Mark]:
    """c now, tanh of it, times o, and the h that comes of it."""
    units, middle = range(at.units), _STATE + STATE_WIDTH / 2
    shown, squashed, hidden = (tuple(f"{name}[@,{unit}]" for unit in units) for name in ("o", "tanh_c", "h"))
    yield from _states(at, _STATE, TOP, "c now", [(f"c[@,{unit}]", f"grad_c[@,{unit}]") for unit in units])
    yield Line(f"M{middle},{TOP + at.states}V{at.squashed}M{middle},{at.squashed_end}V{at.hidden}", squashed)
    yield Line(f"M{_GATE_LEFT + 3 * _GATE_PITCH + _GATE_WIDTH},{at.shown}H{middle}", shown)
    yield Box(_STATE, at.squashed, STATE_WIDTH, 28 * at.units, radius=14)
    for unit in units:
        yield from number_marks(middle, at.squashed + 28 * (unit + 0.5), squashed[unit], 15 * at.size, "squashed", 100)
    yield from sign_marks(middle, at.shown, "×", shown)
    yield from _states(at, _STATE, at.hidden, "", [(ref, f"grad_{ref}") for ref in hidden])
    yield Label(middle + 18, at.hidden - 13, 15, text="h now", anchor="start")


def _states(
    at: _Heights, x: float, top: float, heading: str, names: list[tuple[str, str]], factors: bool = False
) -> Iterator[Mark]:
    """A state of all units, each value in a box with its gradient below; `factors`: or its weight in a gate's sum."""
    middle = x + STATE_WIDTH / 2
    if heading:
        yield Label(middle, top - 14, 15, text=heading)
    for unit, (value, gradient) in enumerate(names):
        y, height = top + at.row * unit, min(30.0, at.row * 0.54)
        yield Box(x, y, STATE_WIDTH, height, (value,), radius=height / 2)
        yield Number(middle, y + height / 2, value, 17.5 * at.size, shrink=STATE_WIDTH - 14, significant=4)
        low = y + height + min(12.0, at.row * 0.22)
        yield from number_marks(middle, low, gradient, 15 * at.size, "gradient", STATE_WIDTH - 4)
        if factors:
            yield Factor(middle, low, value, 15 * at.size, STATE_WIDTH - 4)
