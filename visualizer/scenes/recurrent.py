"""A recurrent net: time unrolled above, one time step's cell in numbers below, or the weights that all steps share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from visualizer.engine.trace import Trace
from visualizer.scenes.recurrent_cell import (
    LEFT,
    PREVIOUS,
    RNN_GIVEN,
    RNN_STATE,
    Place,
    lstm_marks,
    output_marks,
    rnn_marks,
)
from visualizer.scenes.scene import Box, Grid, Label, Lane, Loop, Mark, Number, Scene

WIDTH, HEIGHT = 1000.0, 640.0
CELL, WEIGHTS = "cell", "weights"
STRIP_LEFT, STRIP_TOP = 46.0, 26.0
STRIP_ROWS = 84.0
WIDEST_COLUMN = 230.0
GATES = "ifgo"
_ORDER = ("column", "wire", "lane", "box", "grid", "label", "factor", "number", "loop")


@dataclass(frozen=True)
class Room:
    """A strip's columns of time, and what lies below it."""

    pitch: float
    rows: float
    bottom: float

    @property
    def gap(self) -> float:
        """Between two columns."""
        return min(64.0, self.pitch * 0.34)

    def top(self, number: int, units: int) -> float:
        """Where the rows of the strip's n-th state begin."""
        return STRIP_TOP + number * (self.rows * units + 8)


def draw_recurrent(trace: Trace) -> Scene:
    """The scene of `trace_rnn` and `trace_lstm`: a frame for each time step."""
    states = ("c", "h") if trace.kind == "lstm" else ("h",)
    steps, units = trace["h"].shape
    pitch, row = min(WIDEST_COLUMN, (WIDTH - STRIP_LEFT - 8) / steps), min(26.0, STRIP_ROWS / units)
    room = Room(pitch, row, STRIP_TOP + len(states) * (row * units + 8) + 10)
    place = Place(room.bottom, HEIGHT, units)
    marks = [*_strip(trace, states, room), *_weights(trace, room.bottom)]
    cell = lstm_marks(trace, place) if trace.kind == "lstm" else rnn_marks(trace, place)
    marks += [replace(mark, pane=CELL) for mark in (*cell, *output_marks(trace, place))]
    marks += _loops(trace, place)
    marks.sort(key=lambda mark: _ORDER.index("column" if mark.kind == "box" and mark.folds else mark.kind))
    return Scene(
        WIDTH,
        HEIGHT,
        tuple(marks),
        steps,
        "time step",
        _time_axes(trace),
        f"A recurrent net of {units} units over {steps} time steps: its states over time, and the cell at one of them.",
        panes=(CELL, WEIGHTS),
        pane_names=("Cell", "Weights"),
        pane_of={"Weights": WEIGHTS},
        folds=True,
    )


def _time_axes(trace: Trace) -> dict[str, int]:
    """The arrays that count time steps on their first axis; a read-out of the last step alone has none."""
    names = ["x", "a", "i", "f", "g", "o", "c", "h", "tanh_c", "h_above"]
    if "z" in trace.arrays and len(trace["z"]) == len(trace["x"]):
        names += ["z", "largest", "exps", "total", "p", "log_sum_exp", "losses", "targets"]
    return {name: 0 for each in names for name in (each, f"grad_{each}") if name in trace.arrays}


# ---- time, unrolled ----------------------------------------------------------------------------------------------


def _strip(trace: Trace, states: tuple[str, ...], room: Room) -> Iterator[Mark]:
    """A column for each time step: what is read there, and the states, or in the backward pass their gradients."""
    steps, units = trace["h"].shape
    forward = tuple(chapter.title for chapter in trace.chapters if not _is_back(chapter.title))
    backward = tuple(chapter.title for chapter in trace.chapters if _is_back(chapter.title))
    for step in range(steps):
        middle = STRIP_LEFT + room.pitch * (step + 0.5)
        box = Box(middle - room.pitch / 2, 1, room.pitch, room.bottom - 14, radius=6)
        yield replace(box, frame=step, folds=True)
        yield Label(middle, 13, 15, text=_heading(trace, step, room.pitch), folds=True)
    for number, state in enumerate(states):
        y = room.top(number, units)
        yield from _lanes(state, room, y, steps, units)
        for name, text, chapters in ((state, state, ("", *forward)), (f"grad_{state}", f"∂{state}", backward)):
            if name not in trace.arrays:
                continue
            label = Label(STRIP_LEFT - 8, y + room.rows * units / 2, 16, text=text, anchor="end", folds=True)
            yield replace(label, chapters=chapters)
            grid = Grid(STRIP_LEFT, y, room.pitch, name, (), units, steps, chapters=chapters, height=room.rows)
            yield replace(grid, transposed=True, gap=room.gap, folds=True)


def _lanes(state: str, room: Room, top: float, steps: int, units: int) -> Iterator[Mark]:
    """The line that runs through a state's columns; the cell state's has its forget gate on it."""
    for step in range(1, steps):
        x = STRIP_LEFT + room.pitch * step
        left, right = x - room.gap / 2, x + room.gap / 2
        for unit in range(units):
            y, before = top + room.rows * (unit + 0.5), f"{state}[{step - 1},{unit}]"
            if state == "h":
                yield Lane(left, right, y, 2.5, before, folds=True)
                continue
            gate = f"f[{step},{unit}]"
            yield Lane(left, right, y + room.rows * 0.3, room.rows * 0.34, before, gate, folds=True)
            yield Number(x, y - room.rows * 0.16, gate, 13, shrink=room.gap, significant=2, folds=True)


def _is_back(chapter: str) -> bool:
    return chapter.startswith("←") or chapter == "Weights"


def _heading(trace: Trace, step: int, pitch: float) -> str:
    """t = 3 “b”, or where the columns are narrow only what is read."""
    names = trace.names.get("time", ())
    read = names[step] if step < len(names) else ""
    time = f"t = {step + 1}" if pitch >= 50 or not read else ""
    return f"{time}   {read}".strip()


def _loops(trace: Trace, place: Place) -> Iterator[Mark]:
    """What goes from one time step to the next, where time is folded."""
    y = place.top - 6
    if trace.kind == "rnn":
        yield Loop(RNN_STATE + 50, RNN_GIVEN + 36, y, 40, "h goes on to the next time step")
    else:
        yield Loop(LEFT["h"] + 40, LEFT[PREVIOUS] + 30, y, 40, "h goes on to the next time step")
        yield Loop(LEFT["c"] + 40, LEFT["c before"] + 34, y, 100, "c goes on to the next time step")


# ---- the weights -------------------------------------------------------------------------------------------------


def _weights(trace: Trace, top: float) -> Iterator[Mark]:
    """Every weight and bias as grids; in the last chapter their gradients stand in the same places."""
    units, blocks = trace["h"].shape[1], len(trace["weight_ih"]) // trace["h"].shape[1]
    rows = len(trace["weight_ih"])
    height = min(34.0, (HEIGHT - top - 40) / rows)
    y = top + 34
    for block in range(blocks if blocks > 1 else 0):
        middle = y + height * units * (block + 0.5)
        yield Label(20, middle, 18, text=GATES[block], pane=WEIGHTS)
    x = 40.0
    for name, title, widest in (
        ("weight_ih", "weights of the input", 300.0),
        ("bias_ih", "bias", 52.0),
        ("weight_hh", "weights of the state", 220.0),
        ("bias_hh", "bias", 52.0),
        ("weight_out", "read-out", 150.0),
        ("bias_out", "bias", 52.0),
    ):
        if name in trace.arrays:
            columns = trace[name].shape[1] if trace[name].dim() == 2 else 1
            cell = min(56.0, widest / columns)
            yield from _weight_grid(trace, name, title, (x, y), (cell, height), columns)
            x += cell * columns + (10 if name.startswith("weight") else 22)


def _weight_grid(
    trace: Trace, name: str, title: str, corner: tuple[float, float], cell: tuple[float, float], columns: int
) -> Iterator[Mark]:
    rows, (x, y) = len(trace[name]), corner
    for array, text, chapters in ((name, title, _other_chapters(trace)), (f"grad_{name}", f"∂ {title}", ("Weights",))):
        if array in trace.arrays:
            middle = x + cell[0] * columns / 2
            yield Label(middle, y - 16, 13, text=text, chapters=chapters, pane=WEIGHTS)
            grid = Grid(x, y, cell[0], array, (), rows, columns, chapters=chapters, height=cell[1])
            yield replace(grid, pane=WEIGHTS)


def _other_chapters(trace: Trace) -> tuple[str, ...]:
    return ("", *(chapter.title for chapter in trace.chapters if chapter.title != "Weights"))
