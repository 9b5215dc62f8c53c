"""How often each class was taken for each: a row for what an image shows, a column for what was said."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from visualizer.figures.palette import CARD, INK, LINE, MINUS, MUTED, PLUS, mixed
from visualizer.figures.svg import rect, svg, text

_STRONGEST = 0.45
_LETTER = 6.6
_LARGEST, _SMALLEST = 34.0, 12.0
_ROOM = 440.0
_LEGIBLE = 17.0


def figure_confusion(counts: Tensor, classes: Sequence[str], *, title: str) -> str:
    """The counts (classes, classes): blue where the answer was right, orange where it was wrong."""
    cell = max(_SMALLEST, min(_LARGEST, _ROOM / len(classes)))
    size = min(12.0, cell * 0.62)
    longest = max(len(name) for name in classes) * _LETTER * size / 12
    turned = longest > cell
    left, top = longest + 34.0, (longest if turned else 14.0) + 30.0
    parts = [text(left + cell * len(classes) / 2, 12, "predicted class", 12.5, MUTED)]
    parts.append(_turned(12, top + cell * len(classes) / 2, "true class", 12.5, MUTED, "middle"))
    rows = counts.tolist()
    wrong = max([count for i, row in enumerate(rows) for j, count in enumerate(row) if i != j] or [0]) or 1
    for i, row in enumerate(rows):
        parts.append(text(left - 6, top + (i + 0.5) * cell, classes[i], size, INK, "end"))
        x = left + (i + 0.5) * cell
        parts.append(
            _turned(x, top - 6, classes[i], size, INK, "start") if turned else text(x, top - 10, classes[i], size)
        )
        for j, count in enumerate(row):
            share = count / (max(1, sum(row)) if i == j else wrong)
            fill = mixed(PLUS if i == j else MINUS, _STRONGEST * share) if count else CARD
            parts.append(rect(left + j * cell, top + i * cell, cell, cell, fill, LINE))
            if count and cell >= _LEGIBLE:
                parts.append(text(left + (j + 0.5) * cell, top + (i + 0.5) * cell, str(count), size, INK))
    return svg(left + cell * len(classes) + 10, top + cell * len(classes) + 10, parts, title)


def _turned(x: float, y: float, words: str, size: float, fill: str, anchor: str) -> str:
    """A line of text that runs upwards from (x, y), or around it with anchor "middle"."""
    return f'<g transform="translate({x:.1f} {y:.1f}) rotate(-90)">{text(0, 0, words, size, fill, anchor)}</g>'
