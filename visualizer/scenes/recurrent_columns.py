"""Time unrolled: where its columns stand, and the parts that an LSTM's and an RNN's have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.scene import Anchor, Box, Label, Lane, Mark, Number, Role

WIDTH, HEIGHT = 1000.0, 640.0
LEFT = 84.0
"""Room for the initial states and the rows' names."""
DRAWN_GATES = "figo"
"""From left to right as the cell's line meets them; torch stacks its weights i, f, g, o."""
_MIN_PITCH, _WIDEST_PITCH = 182.0, 300.0
_MARGIN = 6.0
HEAD = 28.0
OUTPUT_ROW = 21.0
INPUTS_IN_A_ROW = 3
_MAX_INPUTS = 9
"""More inputs are named by what is read, not drawn one by one."""
LSTM_BAND, RNN_BAND = 204.0, 84.0
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
        return HEAD + self.outputs

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
    pitch = min(_WIDEST_PITCH, max(_MIN_PITCH, (WIDTH - LEFT - 4) / steps))
    outputs = (
        OUTPUT_ROW * (trace["z"].shape[1] + (2 if "p" in trace.arrays else 1)) + 10 if "z" in trace.arrays else 0.0
    )
    rows = ceil(shown_inputs(trace) / INPUTS_IN_A_ROW)
    inputs = 8 + (26 if input_names(trace) else 0) + rows * (44 if "grad_x" in trace.arrays else 24)
    least = LSTM_BAND if trace.kind == "lstm" else RNN_BAND
    room = (HEIGHT - HEAD - outputs - inputs) / units
    band = max(least, min(room, least * (1.5 if trace.kind == "lstm" else 2.7)))
    size = min(_LARGEST, band / least)
    return Columns(steps, units, pitch, outputs, band, size, max(inputs, HEIGHT - HEAD - outputs - band * units))


def gate_span(columns: Columns, t: int, place: int) -> tuple[float, float]:
    """Left end and width of a gate's box."""
    width = (columns.inner - 10) / 4
    return columns.left(t) + 2 + place * (width + 2), width


def pill(columns: Columns, t: int) -> tuple[float, float]:
    """Left end and width of a state's box, at the right of its column."""
    width = min(100.0, columns.inner * 0.41)
    return columns.left(t) + columns.inner - width - 4, width


# ---- parts -------------------------------------------------------------------------------------------------------


def initial_marks(state: str, unit: int, y: float, columns: Columns, size: float = 0) -> Iterator[Mark]:
    """A state before the first time step: given, with its gradient below."""
    size, name = size or columns.size, f"{state}0[{unit}]"
    yield Label(4, y - 22 * size, 14, ref=name, anchor="start")
    yield from state_marks(6, y, LEFT - 16, name, size * 0.9)
    yield from number_marks(6 + (LEFT - 16) / 2, y + 24 * size, f"grad_{name}", 15, "gradient", LEFT - 12)


def above_marks(trace: Trace, x: float, y: float, t: int, unit: int, size: float, room: float) -> Iterator[Mark]:
    """What reaches a hidden state from the output above it, or is given."""
    if "grad_h_above" in trace.arrays and (row := output_row(trace, "grad_h_above", t)) is not None:
        yield from number_marks(x, y, f"grad_h_above[{row},{unit}]", 14 * size, "above", room)


def way_back(columns: Columns, t: int, y: float, state: str, enters: str) -> Lane:
    """The arrow that brings the gradient of time step t + 1 back to a state, over the top."""
    left, room = pill(columns, t)
    end = left + room * 0.55
    there = pill(columns, t + 1)[0] + 10 if enters == "c" else gate_span(columns, t + 1, 1)[0]
    path = f"M{end:.1f},{y - 1:.1f}C{end + 26:.1f},{y - 20:.1f} {there - 26:.1f},{y - 20:.1f} {there:.1f},{y - 1:.1f}"
    return Lane(path, 3, state, back=True)


def state_marks(x: float, y: float, width: float, ref: str, size: float) -> Iterator[Mark]:
    height = 30 * size
    yield Box(x, y - height / 2, width, height, (ref,), radius=height / 2)
    yield Number(x + width / 2, y, ref, 17.5 * size, shrink=width - 10, significant=3)


def sign_marks(x: float, y: float, text: str, refs: tuple[str, ...], size: float) -> Iterator[Mark]:
    radius = 10 * size
    yield Box(x - radius, y - radius, 2 * radius, 2 * radius, refs, radius=radius)
    yield Label(x, y, 17 * size, text=text)


def number_marks(
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


# ---- what a trace has --------------------------------------------------------------------------------------------


def state_before(state: str, t: int, unit: int) -> str:
    return f"{state}[{t - 1},{unit}]" if t else f"{state}0[{unit}]"


def output_row(trace: Trace, name: str, t: int) -> int | None:
    """The row of an array of outputs that belongs to a time step; None where that has no output."""
    symbol = trace.symbols[name]
    if symbol.numbers is None:
        return t if t < len(trace[name]) else None
    times = symbol.numbers[1]
    return times.index(t + 1) if t + 1 in times else None


def shown_inputs(trace: Trace) -> int:
    inputs = trace["x"].shape[1]
    return inputs if inputs <= _MAX_INPUTS else 0


def input_names(trace: Trace) -> tuple[str, ...]:
    """What is read at each time step, where that is a symbol or stands for too many numbers to draw."""
    named = bool(trace.names.get("inputs")) or not shown_inputs(trace)
    return trace.names.get("time", ()) if named else ()


def back_chapters(trace: Trace) -> tuple[str, ...]:
    titles = (chapter.title for chapter in trace.chapters)
    return tuple(title for title in titles if title.startswith("←") or title == "Weights")


def forward_chapters(trace: Trace) -> tuple[str, ...]:
    """The start and the chapters up to the loss."""
    back = back_chapters(trace)
    return ("", *(chapter.title for chapter in trace.chapters if chapter.title not in back))
