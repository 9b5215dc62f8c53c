"""The receptive field: how much of the input a number of a layer depends on, layer by layer.

Source: Dumoulin & Visin 2016; Araujo, Norris & Sim 2019, equation 2. A field is counted as if the input went on
beyond its border, so it may be larger than the input.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from visualizer.engine.geometry import Pair


@dataclass(frozen=True)
class Reach:
    """What a number of a layer sees, by rows and by columns.

    `field`: pixels of the input; `jump`: pixels from one number's field to the next one's; `places`: how many numbers
    lie side by side. Not `exact` where windows differ in size: then the field is at most so large. A flat input is one
    row.
    """

    field: Pair
    jump: tuple[Fraction, Fraction]
    places: Pair
    exact: bool = True


@dataclass(frozen=True)
class Window:
    """What a layer reads along one axis: so many numbers, and so many on to the next window."""

    extent: int
    stride: Fraction
    outputs: int
    exact: bool = True


def everything(places: Pair) -> list[tuple[Window, Window]]:
    """One window over all places; none where there is one place only."""
    return [] if places == (1, 1) else [(Window(places[0], Fraction(1), 1), Window(places[1], Fraction(1), 1))]


def first_reach(takes: tuple[int, ...]) -> Reach:
    """Of the input itself: every number sees itself."""
    return Reach((1, 1), (Fraction(1), Fraction(1)), (takes[1], takes[2]) if len(takes) == 3 else (1, takes[0]))


def grown(reach: Reach, steps: Sequence[tuple[Window, Window]]) -> tuple[Reach, str]:
    """The reach after a layer that reads these windows one after the other, and how it is computed:
    6 + (5 − 1) · 2 = 14.
    """
    if not steps:
        return reach, f"as before: {field_text(reach)}"
    after = reach
    for step in steps:
        after = _after(after, step)
    rows, columns = (_worked(reach, after, steps, axis) for axis in (0, 1))
    if len(set(steps[-1])) == 1 and reach.field[0] == reach.field[1] and rows == columns:
        return after, rows
    return after, columns if after.field[0] == 1 else f"rows: {rows}; columns: {columns}"


def field_text(reach: Reach) -> str:
    """The field as people write it: 14 × 14, or of a flat input 784."""
    most = "" if reach.exact else "≤ "
    rows, columns = reach.field
    return f"{most}{columns:,}" if rows == 1 and columns > 1 else f"{most}{rows:,} × {columns:,}"


def _after(reach: Reach, step: tuple[Window, Window]) -> Reach:
    fields = tuple(
        math.ceil(field + (window.extent - 1) * jump)
        for field, jump, window in zip(reach.field, reach.jump, step, strict=True)
    )
    jumps = tuple(jump * window.stride for jump, window in zip(reach.jump, step, strict=True))
    exact = reach.exact and all(window.exact for window in step)
    return replace(
        reach,
        field=(fields[0], fields[1]),
        jump=(jumps[0], jumps[1]),
        places=(step[0].outputs, step[1].outputs),
        exact=exact,
    )


def _worked(before: Reach, after: Reach, steps: Sequence[tuple[Window, Window]], axis: int) -> str:
    parts, jump = [f"{before.field[axis]:,}"], before.jump[axis]
    for step in steps:
        parts.append(f"({step[axis].extent:,} − 1) · {jump_text(jump)}")
        jump *= step[axis].stride
    sign = "=" if after.exact else "≤"
    whole = f"{' + '.join(parts)} {sign} {after.field[axis]:,}"
    strides = [step[axis].stride for step in steps if step[axis].stride != 1]
    if not strides:
        return f"{whole}; jump {jump_text(jump)}"
    moved = " · ".join(jump_text(each) for each in (before.jump[axis], *strides))
    return f"{whole}; jump {moved} = {jump_text(jump)}"


def jump_text(jump: Fraction) -> str:
    return f"{jump.numerator:,}" if jump.denominator == 1 else f"{float(jump):.3g}"
