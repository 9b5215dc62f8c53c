"""The weights that all time steps share, as tables: a block for each gate, in the order in which the cell draws it."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.recurrent_columns import DRAWN_GATES, HEIGHT
from visualizer.scenes.scene import Grid, Label, Mark

_LEFT, _TOP = 62.0, 74.0
_GAP = 10.0
_TABLES = (
    ("weight_ih", "weight_ih  W", 250.0, 118.0),
    ("bias_ih", "bias_ih  b", 76.0, 84.0),
    ("weight_hh", "weight_hh  U", 190.0, 118.0),
    ("bias_hh", "bias_hh  b′", 76.0, 88.0),
    ("weight_out", "weight_out  V", 150.0, 118.0),
    ("bias_out", "bias_out", 74.0, 74.0),
)
"""An array, its title, the room that its columns may take and the least that its title needs."""
_MIN_NAMED = 24.0


def weight_marks(trace: Trace) -> Iterator[Mark]:
    """Every weight and bias; in the last chapter their gradients stand in the same places."""
    lstm, units = trace.kind == "lstm", trace["h"].shape[1]
    rows = len(trace["weight_ih"])
    height = min(54.0, (HEIGHT - _TOP - 60) / rows)
    gap = _GAP if lstm else 0.0
    order = DRAWN_GATES if lstm else "h"
    tops = {gate: _TOP + (height * units + gap) * number for number, gate in enumerate(order)}
    for gate, top in tops.items():
        yield Label(20, top + height * units / 2, 19, text=gate)
        for unit in range(units if units > 1 else 0):
            yield Label(46, top + height * (unit + 0.5), 14, text=str(unit + 1))
    if lstm:
        text = "The rows follow the gates of the figure: f, i, g, o. PyTorch's order is i, f, g, o."
        yield Label(_LEFT, tops["o"] + height * units + 22, 15, text=text, anchor="start")
    x = _LEFT
    for name, title, widest, least in _TABLES:
        if name not in trace.arrays:
            continue
        columns = trace[name].shape[1] if trace[name].dim() == 2 else 1
        cell = min(80.0, widest / columns)
        if name == "weight_out":
            x += 26
        blocks = {gate: ("ifgo".index(gate) * units if lstm else 0, units, top) for gate, top in tops.items()}
        shown = {"": (0, len(trace[name]), _TOP)} if name.endswith("out") else blocks
        for array, text, chapters in ((name, title, _other_chapters(trace)), (f"grad_{name}", f"∂ {title}", _LAST)):
            if array in trace.arrays:
                yield Label(x, _TOP - 42, 15, text=text, anchor="start", chapters=chapters)
                for first, count, top in shown.values():
                    yield Grid(x, top, cell, array, (), count, columns, chapters=chapters, height=height, first=first)
        yield from _names(trace, name, x, cell, columns, height)
        x += max(cell * columns, least) + 12


_LAST = ("Weights",)


def _names(trace: Trace, name: str, x: float, cell: float, columns: int, height: float) -> Iterator[Mark]:
    """What a table's columns stand for, and an output's rows."""
    if name == "weight_out":
        outputs = trace.names.get("outputs", ())
        for j in range(len(trace[name])):
            text = outputs[j][:3] if j < len(outputs) else str(j + 1)
            yield Label(x - 6, _TOP + height * (j + 0.5), 14, text=text, anchor="end")
    if not name.startswith("weight") or cell < _MIN_NAMED:
        return
    inputs = trace.names.get("inputs", ())
    for j in range(columns):
        given = inputs[j][:3] if j < len(inputs) else f"x{j + 1}"
        text = given if name == "weight_ih" else f"h{j + 1}"
        yield Label(x + cell * (j + 0.5), _TOP - 14, 15, text=text)


def _other_chapters(trace: Trace) -> tuple[str, ...]:
    return ("", *(chapter.title for chapter in trace.chapters if chapter.title not in _LAST))
