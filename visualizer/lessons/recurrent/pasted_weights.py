"""All weights of an RNN or LSTM in one text: named, as PyTorch prints a state_dict, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from torch import Tensor

from visualizer.inputs.array_text import ArrayError
from visualizer.inputs.arrays import read_array

WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
_NAME = re.compile(r"\b(weight_ih|weight_hh|bias_ih|bias_hh)(?:_l0)?\b[\"']?\s*[:=,]?")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_OPEN, _CLOSE = "[({", "])}"


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
