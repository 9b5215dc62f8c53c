"""All weights of an RNN or LSTM in one text: named, as PyTorch prints a state_dict, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from torch import Tensor

from visualizer.inputs.arrays.arrays import read_array
from visualizer.inputs.arrays.text import ArrayError

WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
_NAME = re.compile(r"\b(weight_ih|weight_hh|bias_ih|bias_hh)(?:_l0)?\b[\"']?\s*[:=,]?")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_OPEN, _CLOSE = "[({", "])}"


def shapes_for(names: Sequence[str], gates: int, units: int, inputs: int) -> dict[str, tuple[int, ...]]:
    """The shapes of the named arrays in a net of this size; `gates` is 4 for an LSTM, 1 for an RNN."""
    rows = gates * units
    shapes = {"weight_ih": (rows, inputs), "weight_hh": (rows, units), "bias_ih": (rows,), "bias_hh": (rows,)}
    return {name: shapes[name] for name in names}


def read_for_sizes(
    text: str, names: Sequence[str], gates: int, sizes: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], dict[str, Tensor]]:
    """The arrays that a text holds, and the size (units, inputs) that all of them fit: the first, or another of them.

    The net takes another size only from weights of the hidden state. Raises: ArrayError about the first size.
    """
    try:
        return sizes[0], read_weights(text, shapes_for(names, gates, *sizes[0]))
    except ArrayError:
        for size in sizes[1:]:
            with suppress(ArrayError):
                found = read_weights(text, shapes_for(names, gates, *size))
                if "weight_hh" in found:
                    return size, found
        raise


def read_weights(text: str, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Tensor]:
    """The arrays that a text holds, each of its wanted shape; those that it does not name are left out.

    Raises: ArrayError in words, with the name of the array.
    """
    found: dict[str, Tensor] = {}
    for name, part in _parts(text, tuple(shapes)):
        if name not in shapes:
            raise ArrayError(f"{name}: this net has none. It has {', '.join(shapes)}.")
        if name in found:
            raise ArrayError(f"{name} is given twice.")
        try:
            found[name] = read_array(part, shapes[name])
        except ArrayError as error:
            raise ArrayError(f"{name}: {error}") from error
    return found


def _parts(text: str, order: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names with the texts of their arrays."""
    marks = list(_NAME.finditer(text))
    if marks:
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        return [(mark[1], _array_in(text[mark.end() : end])) for mark, end in zip(marks, ends, strict=True)]
    blocks = [block for block in _EMPTY_LINE.split(text.strip()) if block.strip()]
    if len(blocks) > len(order):
        raise ArrayError(f"There are {len(blocks)} arrays; this net has {len(order)}: {', '.join(order)}.")
    return list(zip(order, blocks, strict=False))


def _array_in(text: str) -> str:
    """What stands in the outermost square brackets, if there are any; else the text."""
    start = text.find("[")
    if start < 0:
        return text
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
        if not depth:
            return text[start : at + 1]
    return text[start:]
