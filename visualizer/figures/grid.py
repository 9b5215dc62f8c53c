"""Numbers as a grid of cells: blue for plus, orange for minus, the stronger the larger."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from visualizer.figures.palette import INK, LINE, MINUS, MUTED, PLUS, mixed
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
