"""Numbers that a visitor changed by hand, by their place, and as the one text of a link that carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import torch
from torch import Tensor

from visualizer.engine.trace.trace import Ref

Edits = Mapping[Ref, float]
Arrays = Mapping[str, Tensor]

LARGEST = 1e6
MOST_UNDONE = 50
MOST_LINKED = 400
LONGEST = 6000
"""Characters; more would make a link that servers refuse."""

_LETTERS = {
    "y": "y",
    "m": "W1",
    "a": "b1",
    "n": "W2",
    "d": "b2",
    "w": "weight",
    "b": "bias",
    "x": "x",
    "t": "target",
    "g": "grad_y",
    "p": "grad_p",
    "i": "weight_ih",
    "h": "weight_hh",
    "j": "bias_ih",
    "k": "bias_hh",
    "o": "weight_out",
    "q": "bias_out",
    "r": "h0",
    "c": "c0",
    "u": "grad_h_above",
    "v": "grad_c_given",
}
_NAMES = {name: letter for letter, name in _LETTERS.items()}
_PLACE = r"\d{1,3}(?:\.\d{1,3}){0,3}"
_VALUE = r"-?(?:\d{1,7}(?:\.\d{0,20})?|\.\d{1,20})(?:e-?\d{1,3})?"
_EDIT = re.compile(f"([{''.join(_LETTERS)}])({_PLACE})~({_VALUE})", re.ASCII)


class EditedNumbers:
    """The numbers that a walk starts from, with those on top that were changed by hand.

    `start` is what settings and picture give alone; `arrays` is what the walk takes.
    """

    def __init__(self, start: Arrays, edits: Edits | None = None) -> None:
        self._before: list[dict[Ref, float]] = []
        self._take(start, {ref: value for ref, value in (edits or {}).items() if fits(ref, start)})

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def restart(self, start: Arrays, edits: Edits) -> None:
        """Other numbers to start from, with the edits that still stand."""
        self._before = []
        self._take(start, dict(edits))

    def change(self, values: Edits) -> None:
        """Change numbers; those that the walk does not have are passed over."""
        self._before = [*self._before[-MOST_UNDONE:], self.edits]
        self._take(self.start, self.edits | {ref: value for ref, value in values.items() if fits(ref, self.start)})

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self._take(self.start, self._before.pop())

    def forget(self) -> None:
        """Back to the start."""
        self.restart(self.start, {})

    def _take(self, start: Arrays, edits: dict[Ref, float]) -> None:
        self.start, self.edits = start, edits
        self.arrays = with_edits(start, edits)


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


def edits_text(edits: Edits) -> str:
    """The changed numbers as a link holds them, w0.1.2.0~-0.5_b0~1; empty where there are none or too many."""
    text = "_".join(f"{_NAMES[ref.name]}{_place(ref)}~{_number(value)}" for ref, value in edits.items())
    return text if len(edits) <= MOST_LINKED and len(text) <= LONGEST else ""


def edits_of(text: str) -> dict[Ref, float]:
    """What `edits_text` wrote. Raises: ValueError for every other text."""
    edits: dict[Ref, float] = {}
    for part in text.split("_", MOST_LINKED - 1) if text else []:
        match = _EDIT.fullmatch(part)
        if not match or abs(float(match[3])) > LARGEST:
            raise ValueError(f"changed numbers are written as w0.1.2.0~-0.5, at most {MOST_LINKED} of them")
        edits[Ref(_LETTERS[match[1]], tuple(int(at) for at in match[2].split(".")))] = float(match[3])
    return edits


def _place(ref: Ref) -> str:
    return ".".join(str(at) for at in ref.index)


def _number(value: float) -> str:
    """Every digit, so that what a link brings back is the same number."""
    text = f"{value:.10g}" if float(f"{value:.10g}") == value else repr(value)
    return text.replace("e+", "e").replace("e0", "e").replace("e-0", "e-")
