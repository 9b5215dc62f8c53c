"""One time step in full: its input, its output, and the parts that an LSTM's and an RNN's cell have in common."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.recurrent_columns import HEIGHT, WIDTH
from visualizer.scenes.scene import Anchor, Box, Factor, Grid, Label, Mark, Number, Role

CELL_SIZE = (WIDTH, HEIGHT)
GIVEN, GIVEN_WIDTH = 22.0, 112.0
STATE_WIDTH = 112.0
_OUTPUT, _OUTPUT_WIDTH = 892.0, 104.0
TOP = 66.0
"""Above stand the headings, and the way of c to the next time step."""
BOTTOM = HEIGHT - 34
_LONGEST_NAME = 4
_SOFTMAX: tuple[tuple[str, Role], ...] = (("largest", "largest"), ("total", "total"), ("log_sum_exp", "log-sum-exp"))
_MIN_PITCH = 21.0
"""More inputs than have this room are drawn as a column of colours."""
INPUT_ROOM = 250.0
H_GOES_ON = "h passes to the next time step"


def input_column(trace: Trace, x: float, top: float, room: float) -> Iterator[Mark]:
    """The input's numbers below each other, or as colours where they are many."""
    inputs = trace["x"].shape[1]
    pitch = min(56.0, room / inputs)
    if pitch < _MIN_PITCH:
        yield Grid(x + 30, top, 50, "x", ("@",), inputs, 1, height=room / inputs)
        return
    for j in range(inputs):
        yield from input_marks(trace, x, top + pitch * (j + 0.5), pitch, j)


def input_marks(trace: Trace, x: float, y: float, pitch: float, j: int) -> Iterator[Mark]:
    """One number of the input, with the symbol that it stands for, and its gradient below or beside it."""
    names = trace.names.get("inputs", ())
    height, low = min(50.0, pitch - 4), pitch >= 44
    yield Box(x, y - height / 2, GIVEN_WIDTH, height, (f"x[@,{j}]",), radius=10)
    up, down = (y - height * 0.22, y + height * 0.24) if low else (y, y)
    value, other = (x + 72, x + 56) if low else (x + 42, x + 84)
    yield Label(x + 8, up, 15, text=names[j][:_LONGEST_NAME] if j < len(names) else f"x{j + 1}", anchor="start")
    yield Number(value, up, f"x[@,{j}]", 17, shrink=66 if low else 34)
    yield from number_marks(other, down, f"grad_x[@,{j}]", 15, "gradient", 100 if low else 52)
    yield Factor(other, down, f"x[@,{j}]", 15, 100 if low else 52)


def output_marks(trace: Trace) -> Iterator[Mark]:
    """The outputs at the right, each with its target, its score and its gradient, and the loss below."""
    if "z" not in trace.arrays:
        return
    every = len(trace["z"]) == len(trace["x"])
    row, frame = ("@", None) if every else ("0", len(trace["x"]) - 1)
    outputs = trace["z"].shape[1]
    softmax = "p" in trace.arrays
    shown, below = ("p", 64.0) if softmax else ("z", 0.0)
    pitch = min(116.0, (BOTTOM - 66 - below - TOP) / outputs)
    names = trace.names.get("outputs", ())
    x, right = _OUTPUT, _OUTPUT + _OUTPUT_WIDTH - 5
    yield Label(x + _OUTPUT_WIDTH / 2, TOP - 14, 15, text="output", frame=frame)
    for j in range(outputs):
        height = pitch - 6
        y = TOP + pitch * j
        lines = [y + height * share for share in ((0.18, 0.4, 0.62, 0.84) if pitch >= 84 else (0.3, 0, 0, 0.74))]
        yield Box(x, y, _OUTPUT_WIDTH, height, frame=frame)
        if j < len(names):
            yield Label(x + 6, lines[0], 15, text=names[j][:_LONGEST_NAME], anchor="start", frame=frame)
        yield from number_marks(right, lines[0], f"{shown}[{row},{j}]", 17, "value", 62, "end", frame)
        if pitch >= 84:
            yield from number_marks(right, lines[1], f"targets[{row},{j}]", 15, "target", 38, "end", frame)
            if softmax:
                yield from number_marks(x + 57, lines[1], f"exps[{row},{j}]", 15, "power", 50, "end", frame)
                yield from number_marks(right, lines[2], f"z[{row},{j}]", 15, "score", 90, "end", frame)
        yield from number_marks(right, lines[3], f"grad_z[{row},{j}]", 15, "gradient", 92, "end", frame)
    if softmax:
        for place, (name, role) in enumerate(_SOFTMAX):
            y = TOP + pitch * outputs + 8 + 20 * place
            yield from number_marks(right, y, f"{name}[{row}]", 15, role, 92, "end", frame)
    yield Box(x, BOTTOM - 46, _OUTPUT_WIDTH, 38, ("loss",), radius=19)
    yield Label(x + 14, BOTTOM - 27, 15, ref="loss", anchor="start")
    yield Number(x + 62, BOTTOM - 27, "loss", 17, shrink=66)


# ---- parts -------------------------------------------------------------------------------------------------------


def state_before(state: str, unit: int) -> tuple[str, str]:
    """A state of the previous time step, and its gradient: at the first step the initial state's."""
    return f"{state}[@-1,{unit}]|{state}0[{unit}]", f"grad_{state}[@-1,{unit}]|grad_{state}0[{unit}]"


def sign_marks(x: float, y: float, text: str, refs: tuple[str, ...]) -> Iterator[Mark]:
    yield Box(x - 15, y - 15, 30, 30, refs, radius=15)
    yield Label(x, y, 20, text=text)


def number_marks(
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
