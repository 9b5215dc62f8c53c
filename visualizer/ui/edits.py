"""Numbers that a visitor changed by hand, by their place, and as the one text of a link that carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from visualizer.engine.trace.trace import Ref

Edits = Mapping[Ref, float]
Arrays = Mapping[str, Tensor]

LARGEST = 1e6
MAX_LINKED = 400
LONGEST = 6000
"""Characters; more would make a link that servers refuse."""

_PLACE = r"\d{1,3}(?:\.\d{1,3}){0,3}"
_VALUE = r"-?(?:\d{1,7}(?:\.\d{0,20})?|\.\d{1,20})(?:e-?\d{1,3})?"


@dataclass(frozen=True)
class LinkedEdits:
    """How a lesson's links hold changed numbers: the parameter, and the letter that each array has in it."""

    parameter: str
    letters: Mapping[str, str]

    def text(self, edits: Edits) -> str:
        """The changed numbers as a link holds them, w0.1.2.0~-0.5_b0~1; empty where there are none or too many."""
        names = {name: letter for letter, name in self.letters.items()}
        text = "_".join(f"{names[ref.name]}{_place(ref)}~{_number(value)}" for ref, value in edits.items())
        return text if len(edits) <= MAX_LINKED and len(text) <= LONGEST else ""

    def parse(self, text: str) -> dict[Ref, float]:
        """What `text` wrote. Raises: ValueError for every other text."""
        edits: dict[Ref, float] = {}
        for part in text.split("_", MAX_LINKED - 1) if text else []:
            match = self._edit.fullmatch(part)
            if not match or abs(float(match[3])) > LARGEST:
                raise ValueError(f"changed numbers are written as w0.1.2.0~-0.5, at most {MAX_LINKED} of them")
            edits[Ref(self.letters[match[1]], tuple(int(at) for at in match[2].split(".")))] = float(match[3])
        return edits

    @cached_property
    def _edit(self) -> re.Pattern[str]:
        return re.compile(f"([{''.join(self.letters)}])({_PLACE})~({_VALUE})", re.ASCII)


def with_edits(arrays: Arrays, edits: Edits) -> dict[str, Tensor]:
    """Copies of the arrays with the changed numbers in them; places that they do not have are passed over."""
    changed = {name: array.clone() for name, array in arrays.items()}
    for ref, value in edits.items():
        if fits(ref, arrays):
            changed[ref.name][ref.index] = value
    return changed


def fits(ref: Ref, arrays: Arrays) -> bool:
    """Whether the arrays have this number."""
    array = arrays.get(ref.name)
    if array is None or len(ref.index) != array.ndim:
        return False
    return all(isinstance(at, int) and 0 <= at < size for at, size in zip(ref.index, array.shape, strict=True))


def stands(ref: Ref, before: Arrays, after: Arrays) -> bool:
    """Whether the array on which a number was changed is still there."""
    return fits(ref, before) and fits(ref, after) and torch.equal(before[ref.name], after[ref.name])


def _place(ref: Ref) -> str:
    return ".".join(str(at) for at in ref.index)


def _number(value: float) -> str:
    """Every digit, so that what a link brings back is the same number."""
    text = f"{value:.10g}" if float(f"{value:.10g}") == value else repr(value)
    return text.replace("e+", "e").replace("e0", "e").replace("e-0", "e-")
