"""Pasted layers on an input that fits them: what each call says it takes must be what the layer before gives."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.stacks.code.pasted import Pasted, read_code
from visualizer.engine.stacks.code.pasted_layers import PastedLayer
from visualizer.engine.stacks.shapes import output_shape, shape_text
from visualizer.engine.stacks.stack import Shape, Stack

COMMON_SIDES = (28, 32, 64, 96, 128, 224, 227, 256, 299, 384)
MOST_SIDE = 512
"""Sides of square inputs that are tried."""


def pasted_stack(code: str, takes: Shape) -> tuple[Stack, list[str]]:
    """The stack in a pasted text, and notes on what was chosen or passed over.

    `takes` is the input that the layers are tried on first, unless the text says one; if its size does not fit, square
    ones up to 512 × 512 are tried.
    Raises: ValueError that names the line, what is wrong there and what is allowed.
    """
    found = read_code(code)
    layers = tuple(each.layer for each in found.layers)
    if found.takes:
        if words := _mismatch(found, found.takes):
            raise ValueError(f"{words}, for the input of {shape_text(found.takes)} that the text gives")
        return Stack(found.takes, layers), found.notes
    tried = list(_inputs(found, takes))
    faults = set()
    for shape in tried:
        words = _mismatch(found, shape)
        if not words:
            return Stack(shape, layers), [*found.notes, f"the input is taken to be {shape_text(shape)}"]
        faults.add(words)
    words = _mismatch(found, tried[0])
    asked, by_size, _ = words.rpartition(" inputs, but gets")
    depends = by_size and sum(each.startswith(asked) for each in faults) > 1
    other = f"; no square one up to {MOST_SIDE} × {MOST_SIDE} fits either" if depends else ""
    raise ValueError(f"{words}, for an input of {shape_text(tried[0])}{other}")


def _inputs(found: Pasted, takes: Shape) -> Iterator[Shape]:
    """Shapes to try: the one at hand, with as many channels as the first layer takes, then square ones."""
    first = next((each for each in found.layers if each.takes is not None), None)
    if first is not None and first.name in ("Linear", "BatchNorm1d") and not _flattens_before(found, first):
        yield (first.takes or 1,)
        return
    channels = first.takes if first is not None and first.takes and not _flattens_before(found, first) else takes[0]
    size = takes[1:] if len(takes) == 3 else (COMMON_SIDES[0], COMMON_SIDES[0])
    yield (channels, *size)
    for side in (*COMMON_SIDES, *range(1, MOST_SIDE + 1)):
        yield (channels, side, side)


def _flattens_before(found: Pasted, layer: PastedLayer) -> bool:
    return any(each.name == "Flatten" for each in found.layers[: found.layers.index(layer)])


def _mismatch(found: Pasted, shape: Shape) -> str:
    """What does not fit on an input of this shape; nothing where all does."""
    for each in found.layers:
        if each.takes is not None and each.takes != shape[0]:
            what = "inputs" if each.name == "Linear" else "channels"
            return f"line {each.line}: {each.name} takes {each.takes:,} {what}, but gets {shape[0]:,}"
        try:
            shape = output_shape(each.layer, shape)
        except ValueError as error:
            return f"line {each.line}: {each.name}: {error}"
    return ""
