"""A table of small images: images, maps and projections in rows and columns, with names at its edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from visualizer.figures.palette import CARD, INK, LINE, MARK, MUTED
from visualizer.figures.raster import picture_at, relief_at, signed_at
from visualizer.figures.svg import rect, svg, text

Field = tuple[int, int, int, int]
_TOP, _GAP, _CAPTION = 24.0, 10.0, 16.0
_LETTER = 0.56
"""A letter's width, of its height, on average."""


@dataclass(frozen=True, eq=False)
class Plate:
    """One image of the table.

    `values` are an image (channels, rows, columns) from 0 to 1 ("picture"), a map (rows, columns) of either sign
    ("signed"), or a projection (channels, rows, columns) of either sign ("relief"). `frame` is drawn around the pixels
    (top, left, bottom, right) of it, bottom and right not included, as far as they are there; `most` is what a signed
    map's full colours stand for, its own largest where it is 0.
    """

    kind: Literal["picture", "signed", "relief"]
    values: Tensor
    caption: str = ""
    frame: Field | None = None
    most: float = 0.0


def projection_plate(pixels: Tensor, caption: str = "", frame: Field | None = None) -> Plate:
    """A projection (channels, rows, columns): signs as colours; three channels in their own colours around grey."""
    return Plate("signed", pixels[0], caption, frame) if len(pixels) == 1 else Plate("relief", pixels, caption, frame)


def figure_plates(
    rows: Sequence[tuple[str, Sequence[Plate | None]]], *, heads: Sequence[str] = (), title: str, side: float = 84.0
) -> str:
    """Rows of plates, `side` wide each, below `heads`; a row's name stands before it. None leaves a place free."""
    left = 8.0 + max(_wide(name) for name, _ in rows) + (10.0 if any(name for name, _ in rows) else 0.0)
    y = _TOP if heads else 8.0
    columns = max(len(plates) for _, plates in rows)
    parts = [text(left + _at(column, side) + side / 2, 12, head, 12.5, INK) for column, head in enumerate(heads)]
    for name, plates in rows:
        captioned = any(plate and plate.caption for plate in plates)
        for row, line in enumerate(name.split("\n")):
            parts.append(text(8, y + side / 2 + 15 * (row - name.count("\n") / 2), line, 12.5, INK, "start"))
        for column, plate in enumerate(plates):
            if plate:
                parts += _plate(plate, left + _at(column, side), y, side)
        y += side + (_CAPTION if captioned else 0.0) + _GAP
    return svg(left + _at(columns, side) - _GAP + 8, y - _GAP + 8, parts, title)


def _at(column: int, side: float) -> float:
    return column * (side + _GAP)


def _wide(name: str) -> float:
    return max(len(line) for line in name.split("\n")) * 12.5 * _LETTER


def _plate(plate: Plate, x: float, y: float, side: float) -> list[str]:
    rows, columns = plate.values.shape[-2:]
    high = side * rows / columns
    parts = [_drawn(plate, x, y, side), rect(x, y, side, high, "none", LINE)]
    if plate.frame:
        parts.append(framed(plate.frame, (rows, columns), x, y, side / columns))
    if plate.caption:
        parts.append(text(x + side / 2, y + high + 10, plate.caption, 11.5, MUTED))
    return parts


def _drawn(plate: Plate, x: float, y: float, side: float) -> str:
    if plate.kind == "signed":
        return signed_at(x, y, side, plate.values, plate.most)
    return (picture_at if plate.kind == "picture" else relief_at)(x, y, side, plate.values)


def framed(frame: Field, size: tuple[int, int], x: float, y: float, pixel: float) -> str:
    """A frame around pixels of an image of that size, with a white rim that parts it from any colour."""
    top, left = max(0, frame[0]), max(0, frame[1])
    bottom, right = min(size[0], frame[2]), min(size[1], frame[3])
    away = 0.0 if pixel * min(bottom - top, right - left) >= 12 else 2.0
    place = (
        f'x="{x + left * pixel - away:.2f}" y="{y + top * pixel - away:.2f}" '
        f'width="{(right - left) * pixel + 2 * away:.2f}" height="{(bottom - top) * pixel + 2 * away:.2f}"'
    )
    strokes = ((CARD, 4.0), (MARK, 2.0))
    return "".join(f'<rect {place} fill="none" stroke="{ink}" stroke-width="{wide}"/>' for ink, wide in strokes)
