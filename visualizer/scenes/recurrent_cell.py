"""One time step of an RNN or LSTM in numbers: each unit's row reads as the equation that it works out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from visualizer.engine.trace import Trace
from visualizer.scenes.scene import Anchor, Box, Factor, Grid, Label, Lane, Number, Role, Wire

CellMark = Box | Factor | Grid | Label | Lane | Number | Wire

PREVIOUS = "h before"
LEFT: Mapping[str, float] = {
    "x": 8,
    PREVIOUS: 78,
    "c before": 158,
    "f": 246,
    "i": 342,
    "g": 438,
    "c": 536,
    "tanh c": 638,
    "o": 724,
    "h": 820,
    "output": 912,
}
"""Where the columns of an LSTM's cell begin."""
_GATES = {"f": "f: keep", "i": "i: write", "g": "g: new", "o": "o: show"}
_GATE_WIDTH = 80.0
_STATE_WIDTH = 72.0
_SIGNS = ((237, "×"), (333, "+"), (429, "×"), (526, "="), (625, "→"), (716, "×"), (811, "="))
RNN_GIVEN, RNN_SUM, RNN_STATE = 60.0, 430.0, 640.0
_LOSS_ROOM = 52.0
_LONGEST_NAME = 4
_LEAST_PITCH = 26.0
"""More inputs than have this room are drawn as a column of colours."""


@dataclass(frozen=True)
class Place:
    """The room for a cell: from `top` to `bottom`, a row for each unit, below a line of headings."""

    top: float
    bottom: float
    units: int

    @property
    def first(self) -> float:
        return self.top + 18

    def middle(self, unit: int, count: int | None = None) -> float:
        return self.first + self.pitch(count) * (unit + 0.5)

    def pitch(self, count: int | None = None) -> float:
        return (self.bottom - self.first) / (count or self.units)

    def lifted(self, middle: float) -> float:
        """Where a row's values stand: above their gradients."""
        return middle - max(8.0, self.height * 0.2)

    def below(self, middle: float) -> float:
        """Where a state's gradient stands."""
        return self.lifted(middle) + self.state_height / 2 + 12.5 * self.size

    @property
    def height(self) -> float:
        return min(132.0, self.pitch() - 14)

    @property
    def state_height(self) -> float:
        return max(17.0, min(44.0, self.height * 0.42))

    @property
    def size(self) -> float:
        """How large digits are drawn, as a multiple of what fits four units."""
        return 1.2 if self.height > 110 else 1.0 if self.height > 50 else 0.8


def lstm_marks(trace: Trace, place: Place) -> Iterator[CellMark]:
    """c before · f + i · g = c, and o · tanh c = h, unit by unit."""
    yield from _input_marks(trace, place)
    for name, heading in (
        ("c before", "c before"),
        *_GATES.items(),
        ("c", "c now"),
        ("tanh c", "tanh c"),
        ("h", "h now"),
    ):
        yield _heading(place, LEFT[name] + (_GATE_WIDTH if name in _GATES else _STATE_WIDTH) / 2, heading)
    for unit in range(place.units):
        y = place.middle(unit)
        yield from _state(
            LEFT["c before"], y, place, f"c[@-1,{unit}]|c0[{unit}]", f"grad_c[@-1,{unit}]|grad_c0[{unit}]"
        )
        line = place.lifted(y)
        yield Lane(LEFT["c before"], LEFT["c"] + 8, line, 12, f"c[@-1,{unit}]|c0[{unit}]", f"f[@,{unit}]")
        for number, gate in enumerate("ifgo"):
            yield from _gate(LEFT[gate], y, place, f"{gate}[@,{unit}]", f"a[@,{number * place.units + unit}]")
        yield from _state(LEFT["c"], y, place, f"c[@,{unit}]", f"grad_c[@,{unit}]")
        yield from _state(LEFT["tanh c"], y, place, f"tanh_c[@,{unit}]", f"grad_tanh_c[@,{unit}]")
        yield from _state(LEFT["h"], y, place, f"h[@,{unit}]", f"grad_h[@,{unit}]")
        for x, sign in _SIGNS:
            yield Label(x, place.lifted(y), 18, text=sign)


def rnn_marks(trace: Trace, place: Place) -> Iterator[CellMark]:
    """The weights' wires from input and state before to each unit's sum, and tanh of that."""
    inputs = trace["x"].shape[1]
    given = inputs + place.units
    left = Place(place.top, place.bottom, given)
    heights = [left.middle(j) for j in range(given)] if left.pitch() >= _LEAST_PITCH else []
    if heights:
        yield _heading(place, RNN_GIVEN + 35, "x, then h before")
    else:
        yield from _input_marks(trace, place)
    for j, y in enumerate(heights):
        if j < inputs:
            yield from _input(trace, RNN_GIVEN, y, left.pitch(), j)
        else:
            yield from _hidden_before(RNN_GIVEN, y, left, j - inputs, _STATE_WIDTH)
    yield _heading(place, RNN_SUM + 50, "a: the sum")
    yield _heading(place, RNN_STATE + 50, "h now")
    for unit in range(place.units):
        y = place.middle(unit)
        for j, start in enumerate(heights):
            ref = f"weight_ih[{unit},{j}]" if j < inputs else f"weight_hh[{unit},{j - inputs}]"
            high = start if j < inputs else left.lifted(start)
            yield Wire(RNN_GIVEN + _STATE_WIDTH, high, RNN_SUM, place.lifted(y), (ref, f"grad_{ref}"))
        yield from _state(RNN_SUM, y, place, f"a[@,{unit}]", f"grad_a[@,{unit}]", 100)
        yield Label((RNN_SUM + RNN_STATE + 100) / 2, place.lifted(y), 16, text="tanh →")
        yield from _state(RNN_STATE, y, place, f"h[@,{unit}]", f"grad_h[@,{unit}]", 100)


def output_marks(trace: Trace, place: Place) -> Iterator[CellMark]:
    """The read-out: each output with its logit, its target and its gradient, and the loss below."""
    if "z" not in trace.arrays:
        return
    every = len(trace["z"]) == len(trace["x"])
    row, frame = ("@", None) if every else ("0", len(trace["x"]) - 1)
    outputs = trace["z"].shape[1]
    room = Place(place.top, place.bottom - _LOSS_ROOM, outputs)
    shown = "p" if "p" in trace.arrays else "z"
    names = trace.names.get("outputs", ())
    x = LEFT["output"]
    yield _heading(place, x + 42, "p next" if shown == "p" else "output", frame)
    for j in range(outputs):
        y, height = room.middle(j), min(84.0, room.pitch() - 4)
        yield Box(x, y - height / 2, 84, height, frame=frame)
        lift = height * 0.26
        if j < len(names):
            yield Label(x + 6, y - lift, 14, text=names[j][:_LONGEST_NAME], anchor="start", frame=frame)
        yield from _number(x + 80, y - lift, f"{shown}[{row},{j}]", 16, "value", 52, "end", frame)
        if height >= 60:
            yield Label(x + 6, y, 13, text="target", anchor="start", frame=frame)
            yield from _number(x + 80, y, f"targets[{row},{j}]", 13, "value", 32, "end", frame)
        yield from _number(x + 80, y + lift, f"grad_z[{row},{j}]", 13, "gradient", 72, "end", frame)
    yield Box(x, place.bottom - 40, 84, 36, ("loss",), radius=18)
    yield Label(x + 12, place.bottom - 22, 15, ref="loss", anchor="start")
    yield Number(x + 50, place.bottom - 22, "loss", 16, shrink=54)


def _input_marks(trace: Trace, place: Place) -> Iterator[CellMark]:
    """What the cell is given: the input, and the hidden state of the time step before."""
    inputs = trace["x"].shape[1]
    yield _heading(place, LEFT["x"] + 30, "x")
    yield _heading(place, LEFT[PREVIOUS] + 32, PREVIOUS)
    if place.pitch(inputs) < _LEAST_PITCH:
        height = place.pitch(inputs)
        yield Grid(LEFT["x"] + 10, place.first, 40, "x", ("@",), inputs, 1, height=height)
    else:
        for j in range(inputs):
            yield from _input(trace, LEFT["x"], place.middle(j, inputs), place.pitch(inputs), j)
    for unit in range(place.units):
        yield from _hidden_before(LEFT[PREVIOUS], place.middle(unit), place, unit, 64)


def _hidden_before(x: float, y: float, place: Place, unit: int, width: float) -> Iterator[CellMark]:
    """A unit's hidden state of the time step before, with the weight that a gate's sum gives it."""
    value, gradient = _before("h", unit)
    yield from _state(x, y, place, value, gradient, width)
    yield Factor(x + width / 2, place.below(y), value, 14 * place.size, width - 2)


def _before(state: str, unit: int) -> tuple[str, str]:
    """A state of the time step before, and its gradient: at the first step those that were given."""
    return f"{state}[@-1,{unit}]|{state}0[{unit}]", f"grad_{state}[@-1,{unit}]|grad_{state}0[{unit}]"


def _input(trace: Trace, x: float, y: float, pitch: float, j: int) -> Iterator[CellMark]:
    """One number of the input, with the symbol that it stands for, and its gradient below."""
    names = trace.names.get("inputs", ())
    height = min(56.0, pitch - 5)
    yield Box(x, y - height / 2, 60, height, (f"x[@,{j}]",), radius=10)
    lift = height * 0.2 if "grad_x" in trace.arrays else 0
    if j < len(names):
        yield Label(x + 6, y - lift, 13, text=names[j][:_LONGEST_NAME], anchor="start")
        yield Number(x + 56, y - lift, f"x[@,{j}]", 15, anchor="end", shrink=40)
    else:
        yield Number(x + 30, y - lift, f"x[@,{j}]", 15, shrink=52)
    yield from _number(x + 30, y + height * 0.27, f"grad_x[@,{j}]", 12, "gradient", 54)
    yield Factor(x + 30, y + height * 0.27, f"x[@,{j}]", 13, 54)


def _gate(x: float, y: float, place: Place, gate: str, total: str) -> Iterator[CellMark]:
    """A gate: its value, below that the sum it comes from, then both gradients."""
    half = place.height / 2
    yield Box(x, y - half, _GATE_WIDTH, place.height)
    lines: tuple[tuple[str, float, Role], ...] = (
        (gate, 17, "value"),
        (total, 13, "inner"),
        (f"grad_{gate}", 13, "gradient"),
        (f"grad_{total}", 13, "inner-gradient"),
    )
    for number, (ref, size, role) in enumerate(lines):
        at = y - half + place.height * (0.18 + 0.22 * number)
        yield from _number(x + _GATE_WIDTH / 2, at, ref, size * place.size, role, _GATE_WIDTH - 8)


def _state(
    x: float, y: float, place: Place, value: str, gradient: str, width: float = _STATE_WIDTH
) -> Iterator[CellMark]:
    """A state: its value in a box, lit with it, and its gradient below."""
    high, up = place.state_height, place.lifted(y)
    yield Box(x, up - high / 2, width, high, (value,), radius=high / 2)
    yield Number(x + width / 2, up, value, 17 * place.size, shrink=width - 12, significant=3)
    yield from _number(x + width / 2, place.below(y), gradient, 14 * place.size, "gradient", width - 2)


def _number(
    x: float,
    y: float,
    ref: str,
    size: float,
    role: Role,
    room: float,
    anchor: Anchor = "middle",
    frame: int | None = None,
) -> Iterator[CellMark]:
    """A number with a box of its own, which shows only when it is lit."""
    left = x - room if anchor == "end" else x - room / 2
    yield Box(left - 3, y - size * 0.7, room + 6, size * 1.4, (ref,), radius=5, plain=True, frame=frame)
    yield Number(x, y, ref, size, role, anchor, room, 3, frame=frame)


def _heading(place: Place, x: float, text: str, frame: int | None = None) -> Label:
    return Label(x, place.top + 4, 13, text=text, frame=frame)
