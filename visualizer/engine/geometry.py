"""Where the windows of a convolution or a pooling lie: how many, over which numbers, and what does not fit.

Rows and columns are computed by themselves, each as an `Axis`. Places in the image, windows and the numbers of a
kernel are counted from 0. Source: Dumoulin & Visin 2016; roundings and limits are torch's.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from visualizer.engine.arguments import short

Pair = tuple[int, int]
Sides = tuple[int, int, int, int]
Overlap = tuple[slice, slice] | None
"""Two slices that belong together, number by number; None where there is not one."""


@dataclass(frozen=True)
class Axis:
    """Windows along one axis of an image: its size, the kernel's size, and the padding before and after it.

    `ceil` rounds the number of windows up, but no window starts past the image's end.
    """

    name: Literal["rows", "columns"]
    size: int
    kernel: int
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0
    ceil: bool = False

    @property
    def extent(self) -> int:
        """How far the kernel reaches, its holes included."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        return self.before + self.size + self.after

    @property
    def windows(self) -> int:
        """⌊(padded size − extent) / stride⌋ + 1; below 1 where no window fits."""
        room = self.padded - self.extent
        count = (-(-room // self.stride) if self.ceil else room // self.stride) + 1
        return count - 1 if self.ceil and (count - 1) * self.stride >= self.before + self.size else count

    @property
    def formula(self) -> str:
        """The number of windows, computed: ⌊(7 + 1 + 1 − 3) / 2⌋ + 1 = 4."""
        padding = f" + {self.before} + {self.after}" if self.before or self.after else ""
        reach = f"{self.dilation} · ({self.kernel} − 1) − 1" if self.dilation > 1 else f"{self.kernel}"
        left, right = "⌈⌉" if self.ceil else "⌊⌋"
        count = f"{left}({self.size}{padding} − {reach}) / {self.stride}{right} + 1"
        full = -(-(self.padded - self.extent) // self.stride) + 1
        dropped = " − 1 that would start past the end" if self.ceil and full > self.windows else ""
        return f"{count}{dropped} = {self.windows}"

    def start(self, window: int) -> int:
        """The place of a window's first number; negative in the padding before the image."""
        return window * self.stride - self.before

    @cached_property
    def window(self) -> tuple[Overlap, ...]:
        """Of each window: the places in the image that it sees, and the kernel's numbers that lie on them."""
        return tuple(self._window(self.start(window)) for window in range(self.windows))

    def _window(self, start: int) -> Overlap:
        first = max(0, -(start // self.dilation))
        last = min(self.kernel - 1, (self.size - 1 - start) // self.dilation)
        if last < first:
            return None
        places = _slice(start + first * self.dilation, start + last * self.dilation, self.dilation)
        return places, _slice(first, last)

    @cached_property
    def windows_of_number(self) -> tuple[Overlap, ...]:
        """Of each of the kernel's numbers: the windows in which it lies on the image, and its places there."""
        return tuple(self._windows_of_number(number * self.dilation - self.before) for number in range(self.kernel))

    def _windows_of_number(self, shift: int) -> Overlap:
        first = max(0, -(shift // self.stride))
        last = min(self.windows - 1, (self.size - 1 - shift) // self.stride)
        if last < first:
            return None
        return _slice(first, last), _slice(first * self.stride + shift, last * self.stride + shift, self.stride)

    @cached_property
    def windows_of_place(self) -> tuple[Overlap, ...]:
        """Of each place in the image: the windows that see it, and the kernel's number that lies on it in each.

        Windows further on have it under an earlier number, so the second slice counts down.
        """
        return tuple(self._windows_of_place(place + self.before) for place in range(self.size))

    def _windows_of_place(self, padded: int) -> Overlap:
        met = [
            ((padded - number * self.dilation) // self.stride, number)
            for number in reversed(range(self.kernel))
            if (padded - number * self.dilation) % self.stride == 0
            and 0 <= padded - number * self.dilation < self.windows * self.stride
        ]
        if not met:
            return None
        (first, highest), (last, lowest) = met[0], met[-1]
        steps = max(1, len(met) - 1)
        return (
            _slice(first, last, max(1, (last - first) // steps)),
            _slice(highest, lowest, min(-1, (lowest - highest) // steps)),
        )

    @property
    def unseen(self) -> tuple[int, ...]:
        """The places in the image that no window sees: past the last window, between windows, or in its holes."""
        return tuple(place for place, met in enumerate(self.windows_of_place) if met is None)


@dataclass(frozen=True)
class Grid:
    """Windows over an image, by rows and by columns."""

    rows: Axis
    columns: Axis

    @property
    def outputs(self) -> Pair:
        """How many windows there are: rows, columns."""
        return self.rows.windows, self.columns.windows

    @property
    def padding(self) -> Sides:
        return self.rows.before, self.rows.after, self.columns.before, self.columns.after

    @property
    def kernel(self) -> Pair:
        return self.rows.kernel, self.columns.kernel

    @property
    def stride(self) -> Pair:
        return self.rows.stride, self.columns.stride

    @property
    def dilation(self) -> Pair:
        return self.rows.dilation, self.columns.dilation


def grid(
    argument: str,
    size: Pair,
    kernel: Pair,
    stride: Pair = (1, 1),
    dilation: Pair = (1, 1),
    padding: Sides = (0, 0, 0, 0),
    *,
    ceil: bool = False,
    at_most_half: bool = False,
    image: str = "x",
) -> Grid:
    """The windows over an image of this size; `argument` is what gives the kernel, `image` the size, for messages.

    Raises: ValueError where no window fits, with the smallest changes that make room for one; with `at_most_half` also
    where padding is more than half of the kernel.
    """
    top, bottom, left, right = padding
    rows = Axis("rows", size[0], kernel[0], stride[0], dilation[0], top, bottom, ceil)
    columns = Axis("columns", size[1], kernel[1], stride[1], dilation[1], left, right, ceil)
    if at_most_half:
        _check_half(rows, "at the top", "at the bottom")
        _check_half(columns, "on the left", "on the right")
    if rows.windows < 1 and columns == replace(rows, name="columns"):
        raise ValueError(_no_room(argument, rows, "rows and columns", "on each side", at_most_half, image))
    if rows.windows < 1:
        raise ValueError(_no_room(argument, rows, "rows", "at the top and the bottom", at_most_half, image))
    if columns.windows < 1:
        raise ValueError(_no_room(argument, columns, "columns", "on the left and the right", at_most_half, image))
    return Grid(rows, columns)


def _check_half(axis: Axis, first: str, second: str) -> None:
    half, unit = axis.kernel // 2, axis.name if axis.kernel > 1 else axis.name[:-1]
    for padding, side in ((axis.before, first), (axis.after, second)):
        if padding > half:
            raise ValueError(
                f"padding must be at most half of the kernel, {half} {side} for a kernel of {axis.kernel} {unit}, "
                f"got {padding}: use padding {half}, or a kernel of {2 * padding} {axis.name}"
            )


def _no_room(argument: str, axis: Axis, names: str, on_sides: str, at_most_half: bool, image: str) -> str:
    """What does not fit, and each of the smallest changes that would make room for a window."""
    room = axis.padded + (axis.stride - 1 if axis.ceil else 0)
    more = -(-(axis.extent - room) // 2)
    dilation = (room - 1) // max(1, axis.kernel - 1)
    kernel = (room - 1) // axis.dilation + 1
    unit = names if kernel > 1 else names.replace("s", "")
    changes = (
        (f"pad by {more} more {on_sides}", replace(axis, before=axis.before + more, after=axis.after + more)),
        (f"use dilation {dilation}", replace(axis, dilation=max(1, dilation))),
        (f"use a kernel of {kernel} {unit}", replace(axis, kernel=kernel)),
    )
    advice = [
        text
        for text, changed in changes
        if changed.windows >= 1 and not (at_most_half and max(changed.before, changed.after) > changed.kernel // 2)
    ]
    holes = f" with dilation {axis.dilation}" if axis.dilation > 1 else ""
    padded = f"{image} with its padding" if axis.padded > axis.size else image
    return (
        f"{argument}: a kernel of {axis.kernel} {names}{holes} covers {axis.extent}, but {padded} has {axis.padded}: "
        f"{', or '.join(advice) or 'use a smaller kernel and less padding'}"
    )


def pair(name: str, value: object, least: int) -> Pair:
    """A whole number for both axes, or one for rows and one for columns.

    Raises: ValueError naming the argument, its value and the limit.
    """
    numbers = whole_numbers(value)
    if numbers is None or len(numbers) not in (1, 2):
        raise ValueError(f"{name} must be a whole number or two (rows, columns), got {short(value)}")
    if min(numbers) < least:
        raise ValueError(f"{name} must be at least {least}, got {short(value)}")
    return numbers[0], numbers[-1]


def sides(value: object) -> Sides:
    """A padding as (top, bottom, left, right).

    Raises: ValueError naming the argument, its value and the limit.
    """
    numbers = whole_numbers(value)
    if numbers is None or len(numbers) not in (1, 2, 4):
        raise ValueError(
            "padding must be a whole number, two (rows, columns) or four (top, bottom, left, right), "
            f"got {short(value)}"
        )
    if min(numbers) < 0:
        raise ValueError(f"padding must be at least 0, got {short(value)}")
    if len(numbers) == 4:
        return numbers[0], numbers[1], numbers[2], numbers[3]
    return numbers[0], numbers[0], numbers[-1], numbers[-1]


def same_padding(kernel: Pair, stride: Pair, dilation: Pair) -> Sides:
    """The padding that keeps the image's size; where it can't be the same on both sides, the end has one more.

    Raises: ValueError with a stride above 1, as torch does.
    """
    if stride != (1, 1):
        raise ValueError(
            f"padding 'same' needs stride 1, got stride {stride}: use stride 1, or give the padding in numbers"
        )
    rows, columns = (step * (numbers - 1) for numbers, step in zip(kernel, dilation, strict=True))
    return rows // 2, rows - rows // 2, columns // 2, columns - columns // 2


def whole_numbers(value: object) -> tuple[int, ...] | None:
    if isinstance(value, str):
        return None
    items = value if isinstance(value, Sequence) else [value]
    try:
        return None if any(isinstance(item, bool) for item in items) else tuple(map(operator.index, items))
    except TypeError:
        return None


def _slice(first: int, last: int, step: int = 1) -> slice:
    """From first to last, both included."""
    if first == last:
        return slice(first, first + 1)
    stop = last + (1 if step > 0 else -1)
    return slice(first, None if stop < 0 else stop, None if step == 1 else step)
