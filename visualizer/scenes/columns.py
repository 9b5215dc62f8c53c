"""Columns of grids that stand in rows by channel: what the scenes of convolution and pooling have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from torch import Tensor

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.scene import Grid, Label, Mark, Sides, Span, Tint, Window

HEIGHT = 620.0
TOP = 44.0
LARGEST_CELL = 48.0
BETWEEN = 26.0
MIN_WIDTH = 130.0
_CHANNELS: tuple[Tint, ...] = ("red", "green", "blue")


@dataclass(frozen=True)
class Face:
    """What a column shows in some chapters: an array, or its gradient in the same place.

    `place` is its row where several faces of one grid each stand below each other; those of one place take turns.
    `span`: the values at the ends of its colours, and `legend` what they are.
    """

    array: str
    title: str
    chapters: tuple[str, ...]
    tints: tuple[Tint, ...]
    place: int | None = None
    span: Span = (0.0, 1.0)
    legend: str = ""


@dataclass(frozen=True)
class Column:
    """A column of grids, one below the other; with `frame` their first axis is the frame that is shown.

    `winners` names the pooled array whose switches are marked in the grid.
    """

    faces: tuple[Face, ...]
    width: float
    frame: bool
    padding: Sides = (0, 0, 0, 0)
    window: Window | None = None
    unseen: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    winners: str = ""
    height: float = HEIGHT - TOP


def fitted(trace: Trace, column: Column) -> Column:
    """The column no wider than its grids are where its height is what limits them."""
    top, bottom, left, right = column.padding
    faces = _shown(trace, column)
    room = column.height / _rows(faces) - BETWEEN
    widths = []
    for face in faces:
        *_, rows, columns = trace[face.array].shape
        widths.append((columns + left + right) * min(LARGEST_CELL, room / (rows + top + bottom)))
    return replace(column, width=min(column.width, max(MIN_WIDTH, *widths)))


def _shown(trace: Trace, column: Column) -> list[Face]:
    return [face for face in column.faces if face.array in trace.arrays]


def _is_stacked(faces: list[Face]) -> bool:
    return len(faces) > 1 and len(faces[0].tints) == 1


def _places(faces: list[Face]) -> list[int]:
    return [face.place if face.place is not None else number for number, face in enumerate(faces)]


def _rows(faces: list[Face]) -> int:
    return 1 + max(_places(faces)) if _is_stacked(faces) else len(faces[0].tints)


def image_face(trace: Trace, array: str, title: str, chapters: tuple[str, ...], *, frame: bool = False) -> Face:
    """An image, coloured from end to end of the values of x: bright is large, in the channel's colour where there are
    three; values below 0 have the colours of signed numbers.

    With `frame` one channel is shown at a time, in grey.
    """
    pixels = trace["x"]
    channels, span = 1 if frame else len(pixels), span_of(pixels)
    if span[0] < 0:
        most = max(-span[0], span[1])
        return Face(array, title, chapters, signed(channels), legend=f"orange {_text(-most)} … blue {_text(most)}")
    if channels == len(_CHANNELS):
        ends, tints = ("faint", "strong"), _CHANNELS
    else:
        ends, tints = ("dark", "bright"), _repeated("grey", channels)
    legend = f"{ends[0]} {_text(span[0])} … {ends[1]} {_text(span[1])}"
    return Face(array, title, chapters, tints, span=span, legend=legend)


def span_of(pixels: Tensor) -> Span:
    """The values at the ends of an image's colours: 0 and 1 for brightness, 0 and the largest, or least and largest."""
    least, most = float(pixels.min()), float(pixels.max())
    if least < 0 or least > most / 2:
        return least, most
    return 0.0, 1.0 if 0.5 < most <= 1 else most


def _text(value: float) -> str:
    return f"{value:,.10g}".replace("-", "−") if value == round(value, 4) else f"{value:.3g}".replace("-", "−")


def signed(grids: int) -> tuple[Tint, ...]:
    return _repeated("signed", grids)


def _repeated(tint: Tint, count: int) -> tuple[Tint, ...]:
    return (tint,) * count


def column_marks(trace: Trace, column: Column, x: float) -> Iterator[Mark]:
    """A column's grids, each in the middle of its row, and its titles.

    A single grid and its gradient stand one below the other; several take turns in the same places.
    """
    faces = _shown(trace, column)
    stacked, places, rows = _is_stacked(faces), _places(faces), _rows(faces)
    for number, face in zip(places, faces, strict=True):
        chapters = face.chapters if not stacked or places.count(number) > 1 else ()
        top = TOP + column.height / rows * number if stacked else TOP
        shape = " × ".join(str(size) for size in trace[face.array].shape[1 if column.frame else 0 :])
        title_y = top - 28 if number == 0 or not stacked else top - 6
        yield Label(x + column.width / 2, title_y, 15, text=f"{face.title}   {shape}", chapters=chapters)
        if face.legend:
            yield Label(x + column.width / 2, title_y + 18, 12, text=face.legend, chapters=chapters)
        for place, tint in enumerate(face.tints):
            middle = top + column.height / rows * (place + 0.5) - BETWEEN / 2 + (8 if stacked else 0)
            yield _grid(trace, column, face, place, tint, rows, x + column.width / 2, middle, chapters)


def _grid(
    trace: Trace,
    column: Column,
    face: Face,
    place: int,
    tint: Tint,
    rows_of_grids: int,
    x: float,
    y: float,
    chapters: tuple[str, ...],
) -> Grid:
    """A grid around the middle (x, y), as large as its column and its row let it be."""
    *_, rows, columns = trace[face.array].shape
    top, bottom, left, right = column.padding
    room = column.height / rows_of_grids - BETWEEN
    cell = min(LARGEST_CELL, column.width / (columns + left + right), room / (rows + top + bottom))
    return Grid(
        x=x - cell * (columns + left + right) / 2 + cell * left,
        y=y - cell * (rows + top + bottom) / 2 + cell * top,
        cell=cell,
        array=face.array,
        at=_place(trace, face, column, place),
        rows=rows,
        columns=columns,
        tint=tint,
        span=face.span,
        padding=column.padding,
        window=column.window if face is column.faces[0] else None,
        unseen=column.unseen,
        winners=column.winners if face is column.faces[0] else "",
        chapters=chapters,
    )


def _place(trace: Trace, face: Face, column: Column, place: int) -> tuple[int | str, ...]:
    if not column.frame:
        return (place,)
    return ("@", place) if trace[face.array].dim() == 4 else ("@",)
