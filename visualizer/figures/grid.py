"""Numbers as a grid of cells: blue for plus, orange for minus, the stronger the larger."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

from torch import Tensor

from visualizer.figures.palette import CARD, INK, LINE, MINUS, MUTED, PLUS, mixed
from visualizer.figures.svg import digits, rect, svg, text

_STRONGEST = 0.45
"""Up to this share of colour the ink keeps its contrast."""
_ROOM = 1.25
"""The longest number takes three quarters of its cell: a character is about 0.6 of the letters' size wide."""


def figure_grids(grids: Sequence[tuple[str, Tensor]], *, title: str, cell: float = 0) -> str:
    """Grids (rows, columns) side by side, each under its name; colours are scaled by the largest number of all."""
    most = max([float(values.abs().max()) for _, values in grids if values.numel()] or [0.0]) or 1.0
    size = cell or max(26.0, min(52.0, 170.0 / max(len(values) for _, values in grids)))
    parts: list[str] = []
    x = 8.0
    for name, values in grids:
        width = size * values.shape[1]
        parts.append(text(x + width / 2, 13, name, 13, MUTED))
        parts += _cells(values, x, 26.0, size, most)
        x += width + 18
    return svg(x - 10, 34 + size * max(len(values) for _, values in grids), parts, title)


def _cells(values: Tensor, left: float, top: float, size: float, most: float) -> list[str]:
    parts = []
    decimals = 2 if size >= 34 else 1
    shown = [[digits(value, decimals) for value in row] for row in values.tolist()]
    letters = min(size * 0.31, _ROOM * size / max([len(number) for row in shown for number in row] or [1]))
    for i, row in enumerate(values.tolist()):
        for j, value in enumerate(row):
            x, y = left + j * size, top + i * size
            share = _STRONGEST * min(1.0, abs(value) / most)
            parts.append(rect(x, y, size, size, mixed(PLUS if value > 0 else MINUS, share), LINE))
            parts.append(text(x + size / 2, y + size / 2, shown[i][j], letters, INK))
    return parts


WIDTH = 420.0
MAX_ROWS = 64
_GOLDEN = 0.618034
"""Hues that are this far apart stay apart however many there are."""
_BRIGHTNESS, _SHARES = (0.81, 0.87, 0.755), (0.299, 0.587, 0.114)
"""Three of them, and what red, green and blue count for in it (ITU-R BT.601)."""
_ROOM_FOR_NUMBER = 17.0


def figure_matrix(matrix: Tensor, *, title: str, weights: int) -> str:
    """Weights by their number, 0 where there is none; equal numbers have equal colours.

    `matrix` (outputs, inputs), int64. At most 64 rows are drawn; the first ones.
    """
    shown = matrix[:MAX_ROWS]
    rows, columns = shown.shape
    size = min(28.0, WIDTH / columns)
    height = max(size, min(size, 400.0 / rows))
    parts = [rect(8, 26, size * columns, height * rows, CARD, LINE)]
    parts.append(text(8, 13, f"{len(matrix)} outputs × {columns} inputs", 12, MUTED, "start"))
    numbers = size >= _ROOM_FOR_NUMBER and weights < 1000
    for i, j in (shown > 0).nonzero().tolist():
        number = int(shown[i, j])
        x, y = 8 + j * size, 26 + i * height
        parts.append(rect(x, y, size, height, weight_colour(number)))
        if numbers:
            parts.append(text(x + size / 2, y + height / 2, str(number), min(11.0, size * 0.5), INK))
    return svg(size * columns + 16, height * rows + 34, parts, title)


def weight_colour(number: int) -> str:
    """The colour of a weight, bright enough for ink on it, and dark enough for it once both are inverted."""
    colour = colorsys.hls_to_rgb(number * _GOLDEN % 1, 0.6, 0.7)
    brightness = sum(share * channel for share, channel in zip(_SHARES, colour, strict=True))
    share = min(1.0, (1 - _BRIGHTNESS[number % 3]) / (1 - brightness))
    return "#" + "".join(f"{round(255 * (1 - (1 - channel) * share)):02x}" for channel in colour)
