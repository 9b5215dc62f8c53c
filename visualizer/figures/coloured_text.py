"""A text, its characters on grounds of blue for plus and orange for minus, the stronger the larger."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.engine.superscripts import scientific
from visualizer.figures.palette import INK, LINE, MINUS, MUTED, PLUS, mixed
from visualizer.figures.svg import rect, svg, text

MAX_PIECES = 2000
_COLUMNS = 60
_CELL, _ROW, _SIZE = 9.5, 25.0, 15.0
_LEFT, _TOP, _LEGEND = 44.0, 10.0, 30.0
_STRONGEST = 0.5
"""Up to this share of colour the ink keeps its contrast."""
_LONGEST_PIECE = 8
_SIGNS = {"\n": "⏎", "\t": "→"}


@dataclass(frozen=True)
class Mark:
    """A bar below the pieces from `start` up to, not including, `stop`."""

    start: int
    stop: int
    colour: str
    dashed: bool = False


def figure_coloured_text(
    pieces: Sequence[str], values: Sequence[float], *, title: str, most: float = 0.0, marks: Sequence[Mark] = ()
) -> str:
    """Characters, or short words, in lines of about 60; each line begins with the number of its first piece.

    The colours reach their full strength at ±`most`, the largest value where that is 0. At most 2,000 pieces.
    """
    shown = [_drawn(piece) for piece in pieces[:MAX_PIECES]]
    finite = [abs(value) for value in values if math.isfinite(value)]
    most = most or max(finite, default=0.0) or 1.0
    widths = [_width(piece) for piece in shown]
    rows = _rows(pieces[:MAX_PIECES], widths)
    bars: dict[int, list[Mark]] = {}
    for mark in marks:
        for piece in range(max(0, mark.start), min(mark.stop, len(shown))):
            bars.setdefault(piece, []).append(mark)
    parts = ['<g font-family="ui-monospace, Menlo, Consolas, monospace">']
    for number, row in enumerate(rows):
        y = _TOP + number * _ROW
        parts.append(text(_LEFT - 8, y + _ROW / 2, str(row.start + 1), 11, MUTED, "end"))
        x = _LEFT
        for piece in row:
            width = widths[piece] * _CELL
            value = values[piece] if piece < len(values) else math.nan
            parts += _piece(shown[piece], value / most, x, y, width)
            parts += [_bar(mark, x, y, width) for mark in bars.get(piece, ())]
            x += width
    parts.append("</g>")
    bottom = _TOP + len(rows) * _ROW
    parts += _legend(most, bottom + _LEGEND / 2, signed=any(value < 0 for value in values))
    if len(pieces) > MAX_PIECES:
        parts.append(text(_LEFT + 400, bottom + _LEGEND / 2, f"… and {len(pieces) - MAX_PIECES:,} more", 12, MUTED))
    return svg(_LEFT + _COLUMNS * _CELL + 10, bottom + _LEGEND, parts, title)


def _drawn(piece: str) -> str:
    """A piece as it is drawn: signs for line breaks, a dot for what cannot be drawn and would not be valid XML."""
    if piece in _SIGNS:
        return _SIGNS[piece]
    cut = piece if len(piece) <= _LONGEST_PIECE else piece[: _LONGEST_PIECE - 1] + "…"
    return "".join(character if character.isprintable() else "·" for character in cut)


def _width(piece: str) -> int:
    """How many columns a piece takes; a longer one has room to its neighbours."""
    wide = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in piece)
    return wide + 1 if len(piece) > 1 else max(1, wide)


def _rows(pieces: Sequence[str], widths: Sequence[int]) -> list[range]:
    """The pieces of each line: it ends at a line break, or behind the last space that still fits."""
    rows: list[range] = []
    start = used = space = 0
    for piece, width in enumerate(widths):
        if used + width > _COLUMNS and piece > start:
            cut = space if space > start else piece
            rows.append(range(start, cut))
            start, used = cut, sum(widths[cut:piece])
        used += width
        if pieces[piece] == " ":
            space = piece + 1
        if pieces[piece] == "\n":
            rows.append(range(start, piece + 1))
            start, used = piece + 1, 0
    return [*rows, range(start, len(widths))] if start < len(widths) else rows


def _piece(shown: str, share: float, x: float, y: float, width: float) -> list[str]:
    parts = []
    if math.isfinite(share) and abs(share) >= 0.01:
        colour = mixed(PLUS if share > 0 else MINUS, _STRONGEST * min(1.0, abs(share)))
        parts.append(rect(x, y + 1, width, _ROW - 6, colour))
    if shown.strip():
        parts.append(text(x + width / 2, y + _ROW / 2 - 2, shown, _SIZE, MUTED if shown == "⏎" else INK))
    return parts


def _bar(mark: Mark, x: float, y: float, width: float) -> str:
    dashes = ' stroke-dasharray="3 2"' if mark.dashed else ""
    return (
        f'<path d="M{x:.2f} {y + _ROW - 3:.2f}h{width:.2f}" stroke="{mark.colour}" '
        f'stroke-width="{2 if mark.dashed else 3.5}"{dashes}/>'
    )


def _legend(most: float, y: float, *, signed: bool) -> list[str]:
    """Swatches from the smallest value to the largest, with their numbers at both ends."""
    shares = [step / 4 for step in range(-4 if signed else 0, 5)]
    parts = [text(_LEFT, y, scientific(shares[0] * most), 12, MUTED, "start")]
    x = _LEFT + 52
    for share in shares:
        parts.append(rect(x, y - 7, 18, 14, mixed(PLUS if share > 0 else MINUS, _STRONGEST * abs(share)), LINE))
        x += 18
    return [*parts, text(x + 8, y, scientific(most), 12, MUTED, "start")]
