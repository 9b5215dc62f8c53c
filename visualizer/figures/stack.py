"""A stack of layers to scale: its maps as blocks, and below each what it has of the parameters and of the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visualizer.figures.palette import INK, LINE, MINUS, MUTED, PLUS, mixed
from visualizer.figures.svg import rect, svg, text
from visualizer.text.numbers import percent

WIDTH = 1240.0
_PITCH = 52.0
_LEFT, _RIGHT, _TOP = 104.0, 10.0, 12.0
_BLOCKS, _NAMES, _BARS, _GAP = 150.0, 44.0, 62.0, 26.0
_GROUND = _TOP + _BLOCKS
_THIN, _WIDEST_BAR = 2.0, 64.0
_DEEP = 0.45
"""How much of a column's width the depth of a block may take."""


@dataclass(frozen=True)
class StackColumn:
    """A layer of the image: its name, the shape of its output, and its counts as they are and as they are written.

    `shape` is (channels, rows, columns), or (numbers,) of a flat layer.
    """

    name: str
    shape: tuple[int, ...]
    parameters: int = 0
    multiply_adds: int = 0


@dataclass(frozen=True)
class Scale:
    """Pixels of the figure per row or column of a map, per channel and per number of a flat layer, and the depth."""

    side: float
    channel: float
    flat: float
    depth: float


def figure_stack(columns: Sequence[StackColumn], write: Callable[[int], str], *, title: str) -> str:
    """The figure of at least one column; `write` says a count in a few characters."""
    width = max(WIDTH, _LEFT + _PITCH * len(columns) + _RIGHT)
    pitch = (width - _LEFT - _RIGHT) / len(columns)
    scale = scale_of(columns, pitch)
    parts = [f'<path d="M{_LEFT:g} {_GROUND:.1f}H{width - _RIGHT:g}" stroke="{LINE}"/>']
    for at, column in enumerate(columns):
        middle = _LEFT + (at + 0.5) * pitch
        parts += _block(column, middle, scale)
        parts += _names(column, middle, min(11.0, pitch / 5.2))
    first = _GROUND + _NAMES + _GAP
    rows = (
        ("parameters", [column.parameters for column in columns], PLUS, first),
        ("multiply-adds", [column.multiply_adds for column in columns], MINUS, first + _BARS + _GAP),
    )
    for name, counts, colour, top in rows:
        parts += _bars(name, counts, colour, top, pitch, width, write)
    return svg(width, first + 2 * _BARS + _GAP + 10, parts, title)


def scale_of(columns: Sequence[StackColumn], pitch: float) -> Scale:
    """One scale for all maps and one for all flat layers, as large as fits."""
    maps = [column.shape for column in columns if len(column.shape) == 3]
    flats = [column.shape[0] for column in columns if len(column.shape) == 1]
    tallest = max((shape[1] for shape in maps), default=1)
    widest = max((shape[2] for shape in maps), default=1)
    longest = max((shape[0] for shape in maps), default=1)
    room = pitch - 6
    side = (_BLOCKS - 8) / (tallest + 0.35 * widest)
    depth = min(0.35, _DEEP * room / (side * widest))
    channel = (room - side * widest * depth) / longest
    return Scale(side, channel, (_BLOCKS - 8) / max(flats, default=1), depth)


def _block(column: StackColumn, middle: float, scale: Scale) -> list[str]:
    if len(column.shape) == 1:
        height = max(_THIN, column.shape[0] * scale.flat)
        return [rect(middle - 3, _GROUND - height, 6, height, mixed(PLUS, 0.35), INK)]
    channels, rows, across = column.shape
    long, high = max(_THIN, channels * scale.channel), max(_THIN, rows * scale.side)
    deep = across * scale.side * scale.depth
    left, top = middle - (long + deep) / 2, _GROUND - high
    lid = f"M{left:.1f} {top:.1f}l{deep:.1f} {-deep:.1f}h{long:.1f}l{-deep:.1f} {deep:.1f}z"
    face = f"M{left + long:.1f} {top:.1f}l{deep:.1f} {-deep:.1f}v{high:.1f}l{-deep:.1f} {deep:.1f}z"
    return [
        f'<path d="{lid}" fill="{mixed(PLUS, 0.12)}" stroke="{INK}" stroke-width="0.8" stroke-linejoin="round"/>',
        f'<path d="{face}" fill="{mixed(PLUS, 0.5)}" stroke="{INK}" stroke-width="0.8" stroke-linejoin="round"/>',
        rect(left, top, long, high, mixed(PLUS, 0.28), INK),
    ]


def _names(column: StackColumn, middle: float, size: float) -> list[str]:
    """The layer's name, its channels or numbers, and the size of its maps, one below the other."""
    lines = [column.name, f"{column.shape[0]:,}", *(["{}×{}".format(*column.shape[1:])] if column.shape[1:] else [])]
    inks = (INK, MUTED, MUTED)
    return [
        text(middle, _GROUND + 12 + 13 * row, words, size, ink)
        for row, (words, ink) in enumerate(zip(lines, inks, strict=False))
    ]


def _bars(
    name: str, counts: list[int], colour: str, top: float, pitch: float, width: float, write: Callable[[int], str]
) -> list[str]:
    """A bar a layer, as high as its share; the largest fills the room."""
    total, most = sum(counts), max(counts)
    ground = top + _BARS
    parts = [
        f'<path d="M{_LEFT:g} {ground:.1f}H{width - _RIGHT:g}" stroke="{LINE}"/>',
        text(_LEFT - 8, top + _BARS / 2 - 8, name, 12, INK, "end"),
        text(_LEFT - 8, top + _BARS / 2 + 8, write(total), 12, MUTED, "end"),
    ]
    for at, count in enumerate(counts):
        if not count:
            continue
        high = max(1.0, _BARS * count / most)
        middle, wide = _LEFT + (at + 0.5) * pitch, min(_WIDEST_BAR, 0.64 * pitch)
        parts.append(rect(middle - wide / 2, ground - high, wide, high, colour))
        share = percent(count / total, 0, bounded=True)
        parts.append(text(middle, ground - high - 8, share, 11, MUTED))
    return parts
