"""Pasted PyTorch code as a stack: its layers stand on an input that fits them.

What each call says it takes must be what the layer before gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.stacks.code.pasted_layers import PastedLayer
from visualizer.engine.stacks.code.pasted_text import Pasted, read_code
from visualizer.engine.stacks.layers.layer import Shape, shape_text
from visualizer.engine.stacks.layers.pointwise import Flatten
from visualizer.engine.stacks.stack import Stack

COMMON_SIDES = (28, 32, 64, 96, 128, 224, 227, 256, 299, 384)
MAX_SIDE = 512
"""Sides of square inputs that are tried."""
_CHANNELS = (1, 3)
"""Channels that are tried where no layer says how many it takes: of grey images and of those in colour."""


def pasted_stack(code: str, takes: Shape) -> tuple[Stack, list[str]]:
    """The stack in a pasted text, and notes on what was chosen or passed over.

    `takes` is the input that the layers are tried on first, unless the text says one; if its size does not fit, square
    ones up to 512 × 512 are tried.
    Raises: ValueError that names the line, what is wrong there and what is allowed.
    """
    found = read_code(code)
    layers = tuple(each.layer for each in found.layers)
    if found.takes:
        words, _ = _mismatch(found, found.takes)
        if words:
            raise ValueError(f"{words}, for the input of {shape_text(found.takes)} that the text gives")
        return Stack(found.takes, layers), found.notes
    tried = list(_inputs(found, takes))
    faults = set()
    for shape in tried:
        words, asked = _mismatch(found, shape)
        if not words:
            return Stack(shape, layers), [*found.notes, f"the input is taken to be {shape_text(shape)}"]
        faults.add((asked, words))
    words, asked = _mismatch(found, tried[0])
    depends = asked and sum(each == asked for each, _ in faults) > 1
    other = f"; no square one up to {MAX_SIDE} × {MAX_SIDE} fits either" if depends else ""
    raise ValueError(f"{words}, for an input of {shape_text(tried[0])}{other}")


def _inputs(found: Pasted, takes: Shape) -> Iterator[Shape]:
    """Shapes to try: the one at hand, with as many channels as the first layer takes, then square ones."""
    first = next((each for each in found.layers if each.takes is not None), None)
    flattened = first is not None and _flattens_before(found, first)
    if first is not None and first.name in ("Linear", "BatchNorm1d") and not flattened:
        yield (first.takes or 1,)
        return
    channels = first.takes if first is not None and first.takes and not flattened else takes[0]
    size = takes[1:] if len(takes) == 3 else (COMMON_SIDES[0], COMMON_SIDES[0])
    yield (channels, *size)
    for each in dict.fromkeys((channels, *_CHANNELS)) if flattened else (channels,):
        for side in (*COMMON_SIDES, *range(1, MAX_SIDE + 1)):
            yield (each, side, side)


def _flattens_before(found: Pasted, layer: PastedLayer) -> bool:
    return any(isinstance(each.layer, Flatten) for each in found.layers[: found.layers.index(layer)])


def _mismatch(found: Pasted, shape: Shape) -> tuple[str, str]:
    """What does not fit on an input of this shape, and the part of it that asks for a count of numbers, which depends
    on the input's size; nothing where all fits.
    """
    for each in found.layers:
        if each.takes is not None and each.takes != shape[0]:
            asked = f"{each.where}: {each.name} takes {each.takes:,}"
            if each.name != "Linear":
                return f"{asked} channels, but gets {shape[0]:,}", ""
            return f"{asked} inputs, but gets {shape[0]:,}", asked
        try:
            shape = each.layer.output_shape(shape)
        except ValueError as error:
            return f"{each.where}: {each.name}: {error}", ""
        if each.gives is not None and shape[0] != each.gives:
            asked = f"{each.where}: the {each.name} makes rows of {each.gives:,}"
            return f"{asked} numbers, but gets {shape[0]:,}", asked
    return "", ""
