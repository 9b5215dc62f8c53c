"""The steps of a HOG descriptor: gradients, magnitude and orientation, votes, block normalisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING

from torch import Tensor

from visualizer.engine.trace.trace import (
    Apply,
    Difference,
    Dot,
    Expression,
    Product,
    Ref,
    Step,
    Sum,
)

if TYPE_CHECKING:
    from visualizer.engine.walks.hog.hog import HogLayout

Arrays = Mapping[str, Tensor]
GRADIENTS, POLAR, VOTES, BLOCKS = "Gradients", "Magnitude and direction", "Votes", "Blocks"

_GRADIENT = {
    "gx": ("How much brighter does it get to the right?", "The pixel on the right minus the one on the left."),
    "gy": ("How much brighter does it get downwards?", "The pixel below minus the one above."),
}
_BORDER = "On the border one neighbour is missing, so the difference is set to 0."


def hog_parts(layout: HogLayout, arrays: Arrays) -> dict[str, Iterator[Step]]:
    """The steps, chapter by chapter."""
    return {
        GRADIENTS: _gradient_steps(layout),
        POLAR: _polar_steps(layout),
        VOTES: _vote_steps(layout, arrays),
        BLOCKS: _block_steps(layout),
    }


def _pixels(layout: HogLayout) -> Iterator[tuple[int, int]]:
    yield from product(range(layout.height), range(layout.width))


def _gradient_steps(layout: HogLayout) -> Iterator[Step]:
    for row, column in _pixels(layout):
        for name, (down, right), at, last in (("gx", (0, 1), column, layout.width), ("gy", (1, 0), row, layout.height)):
            title, note = _GRADIENT[name]
            inside = 0 < at < last - 1
            ends = (Ref("x", (0, row + way * down, column + way * right)) for way in (1, -1))
            difference: Expression = Difference(*ends) if inside else 0.0
            target = Ref(name, (0, row, column))
            yield Step(target, difference, "forward", title, note if inside else _BORDER, "gradients", f"row {row + 1}")


def _polar_steps(layout: HogLayout) -> Iterator[Step]:
    for row, column in _pixels(layout):
        unit, at = f"row {row + 1}", (0, row, column)
        both = Ref("gx", at), Ref("gy", at)
        length, direction = Apply("hypotenuse", both), Apply("direction", both)
        place = Apply("bin", (Ref("theta", at), Ref("width")))
        yield _polar(Ref("m", at), length, "How strong is the edge here?", _LENGTH, unit)
        yield _polar(Ref("theta", at), direction, "In which direction does the brightness increase?", _DIRECTION, unit)
        yield _polar(Ref("bin", at), place, "Which bin of the histogram is that?", _BIN, unit)


_LENGTH = "The magnitude of the gradient. It is the weight of this pixel's vote."
_DIRECTION = (
    "The angle of the gradient, between 0° and 180°, so that dark to light and light to dark count as the same edge."
)
_BIN = "Each bin is w degrees wide; bins are counted from 1."


def _polar(target: Ref, expression: Expression, title: str, note: str, unit: str) -> Step:
    return Step(target, expression, "forward", title, note, "magnitude and direction", unit)


def _vote_steps(layout: HogLayout, arrays: Arrays) -> Iterator[Step]:
    size, width = layout.cell, 180 / layout.bins
    share = 1 / size**2
    bins = (arrays["bin"] * (arrays["m"] > 0))[0].int().tolist()  # 0 where there is no gradient
    for row, column in product(range(layout.cells[0]), range(layout.cells[1])):
        name = f"cell {row + 1},{column + 1}"
        pixels = list(product(range(row * size, (row + 1) * size), range(column * size, (column + 1) * size)))
        for b in range(layout.bins):
            voters = tuple(Ref("m", (0, r, c)) for r, c in pixels if bins[r][c] == b + 1)
            title = f"Who votes for {_degrees(b * width)} to {_degrees((b + 1) * width)}?"
            votes: Expression = Sum(voters) if voters else 0.0
            yield Step(Ref("s", (row, column, b)), votes, "forward", title, _voters(len(voters)), "votes", name)
            mean = Product((Ref("s", (row, column, b)), share))
            note = f"Divided by the {size**2} pixels of the cell. {_FORGOTTEN}"
            yield Step(Ref("h", (row, column, b)), mean, "forward", "The histogram's value", note, "votes", name)


_FORGOTTEN = "The positions of the pixels within the cell are discarded: a small shift changes nothing."


def _voters(count: int) -> str:
    if not count:
        return "No pixel of the cell has its gradient in this bin."
    return f"{count} pixel{'s' if count > 1 else ''} of the cell, each weighted by the magnitude of its gradient."


def _degrees(angle: float) -> str:
    return f"{angle:g}°"


def _block_steps(layout: HogLayout) -> Iterator[Step]:
    for block in range(len(layout.places)):
        cells = layout.cells_of(block)
        histograms = [Ref("h", (*cell, slice(None))) for cell in cells]
        yield from _normalising(layout, block, histograms, ("e", "q", "n", "v"), _FIRST)
        name = f"block {block + 1}"
        for cell, b in product(range(len(cells)), range(layout.bins)):
            cut = Apply("at_most", (Ref("v", (block, cell, b)), Ref("cut")))
            yield Step(Ref("c", (block, cell, b)), cut, "forward", "Clipped at 0.2", _CUT, "blocks", name)
        again = [Ref("c", (block, cell, slice(None))) for cell in range(len(cells))]
        yield from _normalising(layout, block, again, ("e2", "q2", "n2", "d"), _SECOND)


_FIRST = "Dividing by the block's length removes the contrast: twice the contrast gives the same descriptor."
_SECOND = "Normalised to length 1 again after clipping. This is the descriptor."
_CUT = "Clipping keeps one strong edge from dominating all the others (L2-Hys)."


def _normalising(
    layout: HogLayout, block: int, rows: list[Ref], names: tuple[str, str, str, str], about: str
) -> Iterator[Step]:
    squares, total, norm, result = names
    name = f"block {block + 1}"
    for cell, row in enumerate(rows):
        title, note = f"How large are the values of cell {cell + 1} of the block?", "The sum of their squares."
        yield Step(Ref(squares, (block, cell)), Dot(row, row), "forward", title, note, "blocks", name)
    sum_title = "How large are the values of the block?"
    sum_ = Sum((Ref(squares, (block, slice(None))),))
    yield Step(Ref(total, (block,)), sum_, "forward", sum_title, "The sum over all its cells.", "blocks", name)
    length = Apply("norm", (Ref(total, (block,)), Ref("eps")))
    note = "The square root of the sum. ε = 0.00001 prevents a division by 0 in an empty block."
    yield Step(Ref(norm, (block,)), length, "forward", "How long is the block?", note, "blocks", name)
    for cell, b in product(range(len(rows)), range(layout.bins)):
        number = Ref(rows[cell].name, (*rows[cell].index[:-1], b))
        divided = Apply("ratio", (number, Ref(norm, (block,))))
        yield Step(Ref(result, (block, cell, b)), divided, "forward", "Divided by the length", about, "blocks", name)
