"""Sizes over time, on a scale of powers of ten, each named where it begins, at the first step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.engine.superscripts import scientific
from visualizer.figures.axes import Axes, Scale, Style, log10, powers_of_ten
from visualizer.figures.palette import INK, MUTED
from visualizer.figures.svg import rect, text

_MIN, _MAX = -20, 30
"""The powers of ten that are drawn at most; what goes beyond leaves the figure, and its name says where to."""
_WIDEST_LABEL = 2


@dataclass(frozen=True)
class FlowLine:
    """A line: its name, its values at t = 1, 2, …, none below 0, and how it is drawn."""

    name: str
    values: Sequence[float]
    style: Style


def figure_flow(lines: Sequence[FlowLine], labels: Sequence[str], *, title: str) -> str:
    """All lines have as many values as there are `labels`, at least one."""
    up = powers_of_ten([value for line in lines for value in line.values], _MIN, _MAX)
    axes = Axes(Scale(0, len(labels) - 1, ()), up, 760, 350, left=224, right=52, bottom=52)
    plot = rect(axes.left, axes.top, axes.edge - axes.left, axes.floor - axes.top, INK)
    parts = [f'<clipPath id="plot">{plot}</clipPath>', *axes.grid(labels_right=True), '<g clip-path="url(#plot)">']
    for line in lines:
        parts.append(axes.line(enumerate(line.values), line.style))
        parts += [axes.dot((0, line.values[0]), line.style.colour, 4)] if len(labels) == 1 else []
    names = [(_name(line, up), (0, line.values[0]), line.style) for line in lines]
    parts += ["</g>", *axes.names(names, left=True), *_steps(labels, axes)]
    return axes.figure(parts, "step t; the loss is at the last", title)


def _name(line: FlowLine, up: Scale) -> str:
    """A line's name with its first value, and where that is beyond the figure."""
    log = log10(line.values[0])
    beyond = " ↓" if log < up.low else " ↑" if log > up.high else ""
    return f"{line.name}  {scientific(line.values[0])}{beyond}"


def _steps(labels: Sequence[str], axes: Axes) -> list[str]:
    """The inputs below their steps where there is room for all, and the numbers of some steps."""
    count = len(labels)
    every = max(1, -(-count // 10))
    shown = ["·" if not label.isprintable() else label for label in labels]
    places = [axes.at(step, 1.0)[0] for step in range(count)]
    widest = max(len(label) for label in shown)
    parts = []
    if widest <= _WIDEST_LABEL and (axes.edge - axes.left) / count >= 8 * widest:
        drawn = ((x, label) for x, label in zip(places, shown, strict=True) if label.strip())
        parts += [text(x, axes.floor + 12, label, 12, INK) for x, label in drawn]
    numbers = sorted({*range(0, count - every // 2, every), count - 1})
    return parts + [text(places[step], axes.floor + 27, str(step + 1), 11, MUTED) for step in numbers]
