"""How the numbers of an array are written: w₁², ∂ℓ/∂a¹."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Index = int | slice


@dataclass(frozen=True)
class Symbol:
    """How the numbers of an array are written: a letter, with indices below and above it, as in w₁² or ∂ℓ/∂a¹.

    `below` and `above` hold axes of the array (int; shown counted from 1) and fixed texts (str). `example` is the axis
    that counts training examples, written above in brackets. `prefix` stands in front. `matrix` names the whole.

    `blocks` (axis, size, letters) is for an axis of equal blocks, as an LSTM's gates: index r on it is shown as
    r % size + 1, and letters[r // size] stands above, first. `numbers` (axis, numbers) is for an axis that skips, as
    time steps without an output: index r on it is shown as numbers[r].
    """

    letter: str
    below: tuple[int | str, ...] = ()
    above: tuple[int | str, ...] = ()
    example: int | None = None
    prefix: Literal["", "∂ℓ/∂", "new "] = ""
    matrix: str = ""
    blocks: tuple[int, int, str] | None = None
    numbers: tuple[int, tuple[int, ...]] | None = None

    def text(self, index: tuple[Index, ...]) -> str:
        """The symbol in plain Unicode, for titles and screen readers: w₁², ∂ℓ/∂w₁²."""
        below = ",".join([text for part in self.below if (text := self._part(part, index))])
        above = ",".join([text for part in self.above if (text := self._part(part, index))])
        above = self._letter_of_block(index) + above
        if self.example is not None and (example := self._part(self.example, index)):
            above += f"({example})"
        return f"{self.prefix}{self.letter}{below.translate(_SUBSCRIPT)}{above.translate(_SUPERSCRIPT)}"

    def _part(self, part: int | str, index: tuple[Index, ...]) -> str:
        """An index as people count it, from 1; a whole axis as the empty text."""
        if isinstance(part, str):
            return part
        at = index[part] if part < len(index) else None
        if not isinstance(at, int):
            return ""
        if self.blocks and part == self.blocks[0]:
            at %= self.blocks[1]
        return str(self.numbers[1][at] if self.numbers and part == self.numbers[0] else at + 1)

    def _letter_of_block(self, index: tuple[Index, ...]) -> str:
        if self.blocks is None:
            return ""
        axis, size, letters = self.blocks
        at = index[axis] if axis < len(index) else None
        return letters[at // size] if isinstance(at, int) else ""


_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPT = str.maketrans("0123456789()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
