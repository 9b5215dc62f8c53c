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
    """

    letter: str
    below: tuple[int | str, ...] = ()
    above: tuple[int | str, ...] = ()
    example: int | None = None
    prefix: Literal["", "∂ℓ/∂", "new "] = ""
    matrix: str = ""

    def text(self, index: tuple[Index, ...]) -> str:
        """The symbol in plain Unicode, for titles and screen readers: w₁², ∂ℓ/∂w₁²."""
        below = ",".join([text for part in self.below if (text := _index_part(part, index))])
        above = ",".join([text for part in self.above if (text := _index_part(part, index))])
        if self.example is not None and (example := _index_part(self.example, index)):
            above += f"({example})"
        return f"{self.prefix}{self.letter}{below.translate(_SUBSCRIPT)}{above.translate(_SUPERSCRIPT)}"


def _index_part(part: int | str, index: tuple[Index, ...]) -> str:
    """An index as people count it, from 1; a whole axis as the empty text."""
    if isinstance(part, str):
        return part
    at = index[part] if part < len(index) else slice(None)
    return str(at + 1) if isinstance(at, int) else ""


_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPT = str.maketrans("0123456789()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
