"""A layer as the matrix that it is on the flattened image: a row for each output, a column for each input."""

from __future__ import annotations

import colorsys

from torch import Tensor

from visualizer.figures.palette import CARD, INK, LINE, MUTED
from visualizer.figures.svg import rect, svg, text

WIDTH = 420.0
MOST_ROWS = 64
_GOLDEN = 0.618034
"""Hues that are this far apart stay apart however many there are."""
_BRIGHTNESS, _SHARES = (0.81, 0.87, 0.755), (0.299, 0.587, 0.114)
"""Three of them, and what red, green and blue count for in it (ITU-R BT.601)."""
_ROOM_FOR_NUMBER = 17.0


def figure_matrix(matrix: Tensor, *, title: str, weights: int) -> str:
    """Weights by their number, 0 where there is none; equal numbers have equal colours.

    `matrix` (outputs, inputs), int64. At most 64 rows are drawn; the first ones.
    """
    shown = matrix[:MOST_ROWS]
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
