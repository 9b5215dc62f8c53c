"""Time unrolled: a column for each time step, with every unit's gates and states, what is read and what is put out."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.lstm_columns import lstm_band
from visualizer.scenes.recurrent_columns import (
    HEAD,
    INPUTS_IN_A_ROW,
    LEFT,
    OUTPUT_ROW,
    RNN_BAND,
    Columns,
    above_marks,
    back_chapters,
    forward_chapters,
    initial_marks,
    input_names,
    number_marks,
    output_row,
    pill,
    shown_inputs,
    state_before,
    state_marks,
    way_back,
)
from visualizer.scenes.scene import Box, Column, Label, Lane, Line, Mark, Number


def time_marks(trace: Trace, columns: Columns, opens: str) -> Iterator[Mark]:
    """All columns, the initial states before them, and the names of their rows."""
    for t in range(columns.steps):
        x, height = columns.left(t), columns.height - 2
        yield Column(x, 1, columns.inner, height, f"t = {t + 1}", t, opens)
        yield from _outputs(trace, columns, t)
        yield from _inputs(trace, columns, t)
    band = lstm_band if trace.kind == "lstm" else rnn_band
    for unit in range(columns.units):
        top = columns.bands + columns.band * unit
        yield from band(trace, columns, unit, top)
    if "loss" in trace.arrays:
        yield Label(LEFT - 8, HEAD + 4, 15, text="loss", anchor="end")
        yield from number_marks(LEFT - 6, HEAD + 26, "loss", 17, "value", LEFT - 10, "end")


def _inputs(trace: Trace, columns: Columns, t: int) -> Iterator[Mark]:
    """What is read at a time step, each number with its gradient."""
    count, names = shown_inputs(trace), input_names(trace)
    x, y = columns.left(t), columns.below + 8
    if t == 0:
        yield Label(LEFT - 12, y + 12, 17, text="x", anchor="end")
    if names:
        yield Label(x + columns.inner / 2, y + 12, 20, text=names[t])
        y += 26
    across = min(count, INPUTS_IN_A_ROW)
    pitch = (columns.inner - 8) / max(1, across)
    line = 44 if "grad_x" in trace.arrays else 24
    for j in range(count):
        middle = x + 4 + pitch * (j % across + 0.5)
        at = y + 10 + line * (j // across)
        yield from number_marks(middle, at, f"x[{t},{j}]", 17.5, "value", min(76.0, pitch - 4))
        yield from number_marks(middle, at + 20, f"grad_x[{t},{j}]", 15, "gradient", pitch - 2)


def _outputs(trace: Trace, columns: Columns, t: int) -> Iterator[Mark]:
    """Each output with its probability or value, its target, and its score or gradient; then the time step's loss.

    In the time step's own chapter the exponential stands where the target does in all others.
    """
    if "z" not in trace.arrays or (row := output_row(trace, "z", t)) is None:
        return
    x, y, width, names = columns.left(t) + 6, HEAD + 8.0, columns.inner - 12, trace.names.get("outputs", ())
    softmax, back, forward = "p" in trace.arrays, back_chapters(trace), forward_chapters(trace)
    own = (f"t = {t + 1}",)
    others = tuple(chapter for chapter in (*forward, *back) if chapter not in own) if softmax else ()
    for j in range(trace["z"].shape[1]):
        at = y + OUTPUT_ROW * j
        if j < len(names):
            yield Label(x, at, 15, text=names[j][:3], anchor="start")
        shown, room = ("p", 0.27) if softmax else ("z", 0.38)
        yield from number_marks(x + width * 0.38, at, f"{shown}[{row},{j}]", 17.5, "value", width * room, "end")
        if softmax:
            yield from number_marks(x + width, at, f"z[{row},{j}]", 15, "score", width * 0.34, "end", forward)
            yield from number_marks(x + width * 0.65, at, f"exps[{row},{j}]", 15, "power", width * 0.27, "end", own)
        yield from number_marks(x + width * 0.62, at, f"targets[{row},{j}]", 15, "target", width * 0.2, "end", others)
        yield from number_marks(x + width, at, f"grad_z[{row},{j}]", 15, "gradient", width * 0.36, "end", back)
    at = y + OUTPUT_ROW * trace["z"].shape[1]
    if softmax:
        yield from number_marks(x + width * 0.34, at, f"largest[{row}]", 15, "largest", width * 0.34, "end")
        yield from number_marks(x + width * 0.62, at, f"total[{row}]", 15, "total", width * 0.26, "end")
        yield from number_marks(x + width, at, f"log_sum_exp[{row}]", 15, "log-sum-exp", width * 0.36, "end")
        at += OUTPUT_ROW
    yield Label(x, at, 15, text="loss", anchor="start")
    yield from number_marks(x + width * 0.38, at, f"losses[{row}]", 16.5, "value", width * 0.27, "end")
    yield Line(f"M{x:.1f},{at + 16:.1f}h{width:.1f}")


def rnn_band(trace: Trace, columns: Columns, unit: int, top: float) -> Iterator[Mark]:
    """Each unit's sum, and tanh of it; the hidden state goes on into the next sum."""
    size = min(1.4, columns.band / RNN_BAND)
    y = top + columns.band / 2 - 16 * size
    yield from initial_marks("h", unit, y, columns, size)
    for t in range(columns.steps):
        left, room = pill(columns, t)
        start = sum(pill(columns, t - 1)) if t else LEFT - 8
        first, total, h = columns.left(t) + 14, f"a[{t},{unit}]", f"h[{t},{unit}]"
        width = min(90.0, columns.inner * 0.36)
        yield Lane(f"M{start:.1f},{y:.1f}H{first:.1f}", 3, state_before("h", t, unit))
        yield Line(f"M{first + width:.1f},{y:.1f}H{left:.1f}", (h,))
        yield Box(first, y - 15 * size, width, 30 * size, (total,), radius=6)
        yield Number(first + width / 2, y, total, 17.5 * size, "inner", shrink=width - 6, significant=3)
        yield from number_marks(
            first + width / 2, y + 26 * size, f"grad_{total}", 15 * size, "inner-gradient", width + 8
        )
        yield from state_marks(left, y, room, h, size)
        yield from number_marks(left + room / 2, y + 26 * size, f"grad_{h}", 15.5 * size, "gradient", room + 6)
        yield from above_marks(trace, left + room / 2, y + 45 * size, t, unit, size, room + 6)
        if t < columns.steps - 1:
            yield way_back(columns, t, y - 15 * size, h, "a")
