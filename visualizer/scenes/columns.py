"""Columns of grids that stand in rows by channel: what the scenes of convolution and pooling have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.engine.trace import Trace
from visualizer.scenes.scene import Grid, Label, Mark, Sides, Tint, Window

HEIGHT = 620.0
TOP = 44.0
LARGEST_CELL = 48.0
BETWEEN = 26.0
_CHANNELS: tuple[Tint, ...] = ("red", "green", "blue")


@dataclass(frozen=True)
class Face:
    """What a column shows in some chapters: an array, or its gradient in the same place."""

    array: str
    title: str
    chapters: tuple[str, ...]
    tints: tuple[Tint, ...]


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


def channel_tints(channels: int) -> tuple[Tint, ...]:
    """Red, green and blue for three channels, grey for any other number."""
    return _CHANNELS if channels == len(_CHANNELS) else _repeated("grey", channels)


def signed(grids: int) -> tuple[Tint, ...]:
    return _repeated("signed", grids)


def _repeated(tint: Tint, count: int) -> tuple[Tint, ...]:
    return (tint,) * count


def column_marks(trace: Trace, column: Column, x: float) -> Iterator[Mark]:
    """A column's grids, each in the middle of its row, and its titles.

    A single grid and its gradient stand one below the other; several take turns in the same places.
    """
    faces = [face for face in column.faces if face.array in trace.arrays]
    stacked = len(faces) > 1 and len(faces[0].tints) == 1
    rows = len(faces) if stacked else len(faces[0].tints)
    for number, face in enumerate(faces):
        chapters = () if stacked else face.chapters
        top = TOP + column.height / rows * number if stacked else TOP
        shape = " × ".join(str(size) for size in trace[face.array].shape[1 if column.frame else 0 :])
        title_y = top - 28 if number == 0 or not stacked else top - 6
        yield Label(x + column.width / 2, title_y, 15, text=f"{face.title}   {shape}", chapters=chapters)
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
