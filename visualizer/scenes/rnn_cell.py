"""One time step of an RNN in full: the weights' wires to each unit's sum, and tanh of it."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.recurrent_cell import (
    BOTTOM,
    GIVEN,
    GIVEN_WIDTH,
    H_GOES_ON,
    INPUT_ROOM,
    STATE_WIDTH,
    TOP,
    input_column,
    input_marks,
    number_marks,
    output_marks,
    state_before,
)
from visualizer.scenes.recurrent_columns import HEIGHT
from visualizer.scenes.scene import Box, Factor, Label, Line, Loop, Mark, Number, Wire

_SUM, _STATE = 430.0, 640.0
_MIN_WIRED = 39.0


def rnn_cell(trace: Trace) -> Iterator[Mark]:
    """The weights' wires from the input and the previous state to each unit's sum, and tanh of that."""
    inputs, units = trace["x"].shape[1], trace["h"].shape[1]
    given, bottom = inputs + units, BOTTOM - 4
    pitch = min(110.0, (bottom - TOP) / given)
    wired = pitch >= _MIN_WIRED
    yield Label(GIVEN + 60, TOP - 14, 15, text="x, then previous h" if wired else "previous h")
    if not wired:
        pitch = min(56.0, 190 / units)
        yield Label(GIVEN + 60, TOP + pitch * units + 14, 15, text="x")
        yield from input_column(trace, GIVEN, TOP + pitch * units + 26, INPUT_ROOM)
    heights = [TOP + pitch * (j + 0.4) for j in range(given if wired else units)]
    shift, size = inputs if wired else 0, min(1.2, pitch / 60)
    for j, y in enumerate(heights):
        if j < shift:
            yield from input_marks(trace, GIVEN, y, pitch, j)
        else:
            yield from _pill(GIVEN, y, GIVEN_WIDTH, *state_before("h", j - shift), size, factor=True)
    room = (bottom - TOP) / units
    yield Label(_SUM + 56, TOP - 14, 15, text="a: the sum")
    yield Label(_STATE + 56, TOP - 14, 15, text="h now")
    for unit in range(units):
        y = TOP + room * (unit + 0.4)
        for j, start in enumerate(heights if wired else []):
            ref = f"weight_ih[{unit},{j}]" if j < inputs else f"weight_hh[{unit},{j - inputs}]"
            yield Wire(GIVEN + GIVEN_WIDTH, start, _SUM, y, (ref, f"grad_{ref}"))
        total, state = f"a[@,{unit}]", f"h[@,{unit}]"
        yield from _pill(_SUM, y, STATE_WIDTH, total, f"grad_{total}", 1.2)
        yield Line(f"M{_SUM + STATE_WIDTH},{y}H{_STATE}", (state,))
        yield Box(_SUM + 134, y - 13, 56, 26, radius=13)
        yield Label(_SUM + 162, y, 16, text="tanh")
        yield from _pill(_STATE, y, STATE_WIDTH, state, f"grad_{state}", 1.2)
    yield from output_marks(trace)
    before = heights[-1]
    path = f"M{_STATE + STATE_WIDTH},{y}H{_STATE + 140}V{HEIGHT - 8}H8V{before}H{GIVEN - 2}"
    yield Loop(path, 440, HEIGHT - 22, H_GOES_ON)


def _pill(
    x: float, y: float, width: float, value: str, gradient: str, size: float, factor: bool = False
) -> Iterator[Mark]:
    """A value in a box, its gradient below, or the weight that a sum gives it."""
    height, middle = 32 * size, x + width / 2
    yield Box(x, y - height / 2, width, height, (value,), radius=height / 2)
    yield Number(middle, y, value, 17.5 * size, shrink=width - 14)
    low = y + height / 2 + 13 * size
    yield from number_marks(middle, low, gradient, 15 * size, "gradient", width - 4)
    if factor:
        yield Factor(middle, low, value, 15 * size, width - 4)
