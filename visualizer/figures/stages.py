"""A signal on its way through layers: the maps of each stage, with an arrow from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from visualizer.figures.palette import INK, LINE, MUTED
from visualizer.figures.plates import Field, framed
from visualizer.figures.raster import relief_at, signed_at
from visualizer.figures.svg import rect, svg, text

_TOP, _HIGH, _GAP, _APART, _MIN = 62.0, 296.0, 60.0, 6.0, 150.0


@dataclass(frozen=True, eq=False)
class Stage:
    """The signal (maps, rows, columns) after an operation.

    `name` says what was done, `about` what that does and which shape it gives, line by line. `frame` is drawn around
    the same pixels (top, left, bottom, right) of every map. `coloured`: three maps are the colours of one image.
    """

    name: str
    about: tuple[str, ...]
    signal: Tensor
    frame: Field | None = None
    coloured: bool = False


def figure_stages(stages: Sequence[Stage], *, title: str, goes_on: bool = False) -> str:
    """The stages from left to right. Each is coloured by its own largest number; white is 0.

    With `goes_on` an arrow leads on from the last one.
    """
    parts: list[str] = []
    x = 10.0
    for number, stage in enumerate(stages):
        wide = max(_MIN, _wide(stage))
        if number:
            parts += _arrow(x - _GAP + 8, x - 8, _TOP + _HIGH / 2)
        parts.append(text(x + wide / 2, 13, stage.name, 12.5, INK))
        parts += [text(x + wide / 2, 30 + 15 * row, line, 11.5, MUTED) for row, line in enumerate(stage.about)]
        parts += _maps(stage, x + (wide - _wide(stage)) / 2)
        x += wide + _GAP
    if goes_on:
        parts += _arrow(x - _GAP + 8, x - 8, _TOP + _HIGH / 2)
    return svg(x - (0 if goes_on else _GAP - 10), _TOP + _HIGH + 8, parts, title)


def width_of(figure: str) -> float:
    """How wide a figure was drawn, so that several side by side keep one scale."""
    return float(figure.split('width="', 1)[1].split('"', 1)[0])


def _grid(stage: Stage) -> tuple[int, int, float]:
    """Rows and columns of maps, and a map's side."""
    maps = 1 if stage.coloured else len(stage.signal)
    columns = 1 if maps == 1 else 2 if maps <= 8 else 4
    rows = -(-maps // columns)
    side = (_HIGH - _APART * (rows - 1)) / rows
    return rows, columns, min(side, 170.0 if maps == 1 else 90.0)


def _wide(stage: Stage) -> float:
    _, columns, side = _grid(stage)
    return columns * side + (columns - 1) * _APART


def _maps(stage: Stage, left: float) -> list[str]:
    rows, columns, side = _grid(stage)
    top = _TOP + (_HIGH - rows * side - (rows - 1) * _APART) / 2
    most = float(stage.signal.abs().max())
    parts: list[str] = []
    for number in range(1 if stage.coloured else len(stage.signal)):
        row, column = divmod(number, columns)
        x, y = left + column * (side + _APART), top + row * (side + _APART)
        values = stage.signal[number]
        parts.append(relief_at(x, y, side, stage.signal) if stage.coloured else signed_at(x, y, side, values, most))
        parts.append(rect(x, y, side, side, "none", LINE))
        if stage.frame:
            parts.append(framed(stage.frame, (values.shape[0], values.shape[1]), x, y, side / values.shape[1]))
    return parts


def _arrow(start: float, end: float, y: float) -> list[str]:
    return [
        f'<path d="M{start:.1f} {y:.1f}H{end - 8:.1f}" stroke="{INK}" stroke-width="2"/>',
        f'<path d="M{end:.1f} {y:.1f}l-10 -5v10z" fill="{INK}"/>',
    ]
