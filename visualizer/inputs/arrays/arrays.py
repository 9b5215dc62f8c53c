"""An array from a text: pasted from a spreadsheet, NumPy, PyTorch, MATLAB or LaTeX, or typed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.inputs.arrays.text import MAX_DIMENSIONS, ArrayError, Cells, Layout, layouts
from visualizer.inputs.numbers import LARGEST, is_not_finite, readings
from visualizer.text.plain import shown

MAX_CHARACTERS = 100_000
Size = int | tuple[int, int]
"""How many there have to be along a dimension: so many, or from so many to so many."""

_PLACES = ("row", "column")
_OUTER = ("matrix", "matrix of matrices")


@dataclass(frozen=True)
class _Read:
    """The numbers of a layout and their shape."""

    shape: tuple[int, ...]
    values: tuple[float, ...]


def read_array(text: str, sizes: Sequence[Size], *, limit: float = LARGEST) -> Tensor:
    """The array that a text holds, float64, of the wanted sizes: (3, 3), or ((1, 12), (1, 12)), or (3, 5, 5).

    A list is taken as a row or a column, whichever is wanted, and dimensions of one may be left out. Where a text can
    be taken apart in several ways, the sizes decide. Raises: ArrayError, with row and column, for what is no number
    from −limit to limit, rows of different lengths, other sizes, and texts of more than 100,000 characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise ArrayError(f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.")
    found: list[_Read] = []
    faults: list[tuple[float, ArrayError]] = []
    for layout in layouts(text):
        try:
            found.append(_read(layout, limit))
        except ArrayError as error:
            faults.append((_share_of_numbers(layout), error))
    if not found:
        raise max(faults, key=lambda fault: fault[0])[1]
    fitting = [(each, shape) for each in found if (shape := _fitted(each.shape, sizes))]
    if not fitting:
        raise ArrayError(f"It is {sized(found[0].shape)}; {_wanted(sizes)}.")
    read, shape = fitting[0]
    if other := next((each for each, _ in fitting if _is_as_likely(text, read, each)), None):
        raise ArrayError(
            f"It can be read in two ways, {sized(read.shape)} or {sized(other.shape)} with decimal commas. "
            "Put semicolons between the numbers, or write them with a point."
        )
    return torch.tensor(read.values, dtype=torch.float64).reshape(shape)


def read_list(text: str, *, limit: float = LARGEST, marks: str = "") -> list[tuple[str, float]]:
    """The numbers of a list, each as it is written and as it is read: 0.5, −0.3 or 1,5; 2,5.

    A cell may end with one of `marks`, which say something of it. Raises: ArrayError as `read_array`.
    """
    bare = text.translate({ord(mark): None for mark in marks})
    values = read_array(bare, ((1, MAX_CHARACTERS),), limit=limit).tolist()
    for layout in layouts(text):
        cells = [cell for cell, _ in _flat(layout.cells)]
        if len(cells) == len(values):
            return list(zip(cells, values, strict=True))
    raise ArrayError("It is no list of numbers.")


def sized(shape: Sequence[int]) -> str:
    """A shape as it is said: 2 × 3; a list has a length."""
    if len(shape) == 1:
        return f"a list of {shape[0]:,} number{'s' if shape[0] > 1 else ''}"
    return " × ".join(map(str, shape))


def _read(layout: Layout, limit: float) -> _Read:
    shape = _shape(layout.cells)
    cells = list(_flat(layout.cells))
    found = [{mark: value for mark, value in each.items() if mark in layout.marks} for _, each in cells]
    kinds = [set(each.values()) for each in found]
    written = "".join(text for text, _ in cells)
    # As in a single field, a mark that could also stand between thousands is the decimal one.
    mark = "," if "," in written else "."
    if any(len(kind) > 1 for kind in kinds):
        marks = [mark for mark in layout.marks if all(mark in each for each in found)]
        if not marks or (len(marks) > 1 and "." in written and "," in written):
            raise ArrayError("Its points and commas can be read in two ways. Leave out the marks between thousands.")
        mark = mark if mark in marks else marks[0]
    values = (each.get(mark, next(iter(each.values()), None)) for each in found)
    texts = (text for text, _ in cells)
    return _Read(
        shape, tuple(_value(at, *cell, shape, limit) for at, cell in enumerate(zip(texts, values, strict=True)))
    )


def _value(at: int, text: str, value: float | None, shape: tuple[int, ...], limit: float) -> float:
    where = _where(at, shape)
    if not text:
        raise ArrayError(f"{where} is empty.")
    if is_not_finite(text):
        raise ArrayError(f"{where} is “{shown(text)}”; only finite numbers can be computed with.")
    if value is None:
        raise ArrayError(f"{where} is “{shown(text)}”, not a number.")
    if math.isnan(value):
        raise ArrayError(f"{where} is “{shown(text)}”, which divides by 0.")
    if abs(value) > limit:
        raise ArrayError(f"{where} is {shown(text)}; numbers go from −{limit:,.0f} to {limit:,.0f}.")
    return value


def _where(at: int, shape: tuple[int, ...]) -> str:
    """The place of a number in words, counted from 1: Row 2, column 3; in a single row its number."""
    if all(size == 1 for size in shape[:-1]):
        return f"Number {at + 1}"
    parts: list[str] = []
    names = (*_OUTER[: len(shape) - 2][::-1], *_PLACES)
    for name, size in zip(reversed(names), reversed(shape), strict=True):
        at, place = divmod(at, size)
        parts.insert(0, f"{name} {place + 1}")
    return ", ".join(parts).capitalize()


def _shape(cells: Cells) -> tuple[int, ...]:
    if isinstance(cells, str):
        return ()
    if not cells:
        raise ArrayError("A pair of brackets is empty.")
    shapes = [_shape(cell) for cell in cells]
    for at, shape in enumerate(shapes):
        if shape != shapes[0]:
            if len(shape) == len(shapes[0]) == 1:
                count = f"{shape[0]} number{'s' if shape[0] > 1 else ''}"
                raise ArrayError(f"Row {at + 1} has {count}, but row 1 has {shapes[0][0]}.")
            raise ArrayError("The brackets do not form a matrix: each row needs as many numbers as the others.")
    if len(shapes[0]) >= MAX_DIMENSIONS:
        raise ArrayError(f"It has more than {MAX_DIMENSIONS} dimensions.")
    return (len(cells), *shapes[0])


def _flat(cells: Cells) -> Iterator[tuple[str, dict[str, float]]]:
    if isinstance(cells, str):
        yield cells, dict(readings(cells))
    else:
        for cell in cells:
            yield from _flat(cell)


def _share_of_numbers(layout: Layout) -> float:
    """How much of a layout is numbers, to tell which fault is worth a word."""
    found = [any(mark in each for mark in layout.marks) for _, each in _flat(layout.cells)]
    return sum(found) / max(1, len(found))


def _fitted(shape: tuple[int, ...], sizes: Sequence[Size]) -> tuple[int, ...] | None:
    """The shape as it is wanted, dimensions of one added or left out; None where it does not fit."""
    bare = list(shape)
    while len(bare) < len(sizes):
        # A list is a row, or a column where one is wanted.
        bare.insert(len(bare) if len(bare) == 1 and _fits(1, sizes[-1]) and not _fits(bare[0], sizes[-1]) else 0, 1)
    while len(bare) > len(sizes) and 1 in bare:
        bare.remove(1)
    tries = [bare, bare[:-2] + bare[-2:][::-1]] if len(bare) > 1 and 1 in bare[-2:] else [bare]
    for each in tries:
        if len(each) == len(sizes) and all(_fits(one, size) for one, size in zip(each, sizes, strict=True)):
            return tuple(each)
    return None


def _fits(count: int, size: Size) -> bool:
    least, most = (size, size) if isinstance(size, int) else size
    return least <= count <= most


def _wanted(sizes: Sequence[Size]) -> str:
    least, most = ([size if isinstance(size, int) else size[at] for size in sizes] for at in (0, 1))
    if least == most:
        return f"{sized(least)} is wanted here"
    if len(sizes) == 1:
        return f"from {least[0]:,} to {most[0]:,} numbers can be used here"
    return f"{sized(least)} to {sized(most)} can be used here"


def _is_as_likely(text: str, first: _Read, other: _Read) -> bool:
    """Whether one cannot tell from the text which of two ways is meant: 1,2 in a line, without a space or semicolon."""
    return other != first and ";" not in text and "\t" not in text and not text.strip().startswith(("[", "(", "{"))
