"""A recurrent net: time unrolled, one time step's cell in full, or the weights that all time steps share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.lstm_cell import lstm_cell
from visualizer.scenes.recurrent_cell import CELL_SIZE
from visualizer.scenes.recurrent_columns import columns_of
from visualizer.scenes.recurrent_time import time_marks
from visualizer.scenes.recurrent_weights import weight_marks
from visualizer.scenes.rnn_cell import rnn_cell
from visualizer.scenes.scene import Mark, Scene

TIME, CELL, WEIGHTS = "time", "cell", "weights"
_ORDER = ("column", "wire", "line", "lane", "box", "bar", "grid", "label", "factor", "number", "loop")
_MIN_SCALE = 0.86


def draw_recurrent(trace: Trace) -> Scene:
    """The scene of `trace_rnn` and `trace_lstm`: a frame for each time step."""
    steps, units = trace["h"].shape
    columns = columns_of(trace)
    cell = lstm_cell(trace) if trace.kind == "lstm" else rnn_cell(trace)
    return Scene(
        columns.width,
        columns.height,
        (
            *_in_pane(TIME, time_marks(trace, columns, CELL)),
            *_in_pane(CELL, cell),
            *_in_pane(WEIGHTS, weight_marks(trace)),
        ),
        steps,
        "time step",
        _time_axes(trace),
        f"A recurrent net of {units} units over {steps} time steps: a column for each, or the cell at one of them.",
        panes=(TIME, CELL, WEIGHTS),
        pane_names=("Unrolled", "Cell in full", "Weights"),
        pane_of={"Weights": WEIGHTS},
        pane_sizes={CELL: CELL_SIZE, WEIGHTS: CELL_SIZE},
        least_scale=_MIN_SCALE,
        folds_to=CELL,
    )


def _in_pane(pane: str, marks: Iterable[Mark]) -> list[Mark]:
    """A pane's marks, what lies below drawn first: a sign covers the lines that lead to it."""
    placed = [replace(mark, pane=pane) for mark in marks]
    return sorted(placed, key=lambda mark: _ORDER.index(mark.kind))


def _time_axes(trace: Trace) -> dict[str, int]:
    """The arrays that count time steps on their first axis; an output at the last step alone has none."""
    names = ["x", "a", "i", "f", "g", "o", "c", "h", "tanh_c", "h_above"]
    if "z" in trace.arrays and len(trace["z"]) == len(trace["x"]):
        names += ["z", "largest", "exps", "total", "p", "log_sum_exp", "losses", "targets"]
    return {name: 0 for each in names for name in (each, f"grad_{each}") if name in trace.arrays}
