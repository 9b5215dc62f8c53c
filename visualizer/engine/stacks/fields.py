"""The numbers that a layer is described by: their limits, and how people and links write them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from visualizer.engine.arguments import short
from visualizer.engine.geometry import Pair

T = TypeVar("T")
SAME = "same"
Padding = Pair | str
"""Zeros on each side (rows, columns), or "same": as many as keep the size."""

MAX = 1_000_000
_TIMES = str.maketrans({"×": "x", "X": "x", "*": "x"})


@dataclass(frozen=True)
class Field(ABC, Generic[T]):
    """A number of a layer: `letter` in front of it in a stack's text, `label` for people, its limits, and the
    `argument` of the layer's torch module, where it is not called as the label says.
    """

    pattern: ClassVar[str]
    letter: str
    label: str
    least: int = 1
    most: int = MAX
    argument: str = ""

    @property
    def keyword(self) -> str:
        """The name of the torch module's argument."""
        return self.argument or self.label

    def literal(self, value: T) -> object:
        """The value as people write it in Python code."""
        return value

    @abstractmethod
    def read_literal(self, value: object) -> T:
        """The value that a literal in Python code stands for. Raises: ValueError naming the argument."""

    @abstractmethod
    def parse(self, text: str) -> T:
        """The value that a text stands for. Raises: ValueError with what is wanted."""

    @abstractmethod
    def text(self, value: T) -> str:
        """The value as `parse` reads it."""

    @abstractmethod
    def check(self, value: object) -> None:
        """Raises: ValueError naming the field, its value and the limit."""

    @property
    def wanted(self) -> str:
        """What the field takes, in words."""
        return f"a whole number from {self.least:,} to {self.most:,}"

    def wrong_literal(self, value: object, wanted: str) -> ValueError:
        return ValueError(f"{self.keyword} must be {wanted}, got {short(value)}")

    def refusal(self, value: object) -> ValueError:
        got = value if isinstance(value, str) else short(value)
        return ValueError(f"{self.label} must be {self.wanted}, got {got[:60]}")

    def _whole(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most


@dataclass(frozen=True)
class IntField(Field[int]):
    """A whole number; with `odd` an odd one."""

    pattern: ClassVar[str] = r"\d{1,9}"
    odd: bool = False

    @property
    def wanted(self) -> str:
        return f"an odd number from {self.least} to {self.most}" if self.odd else super().wanted

    def read_literal(self, value: object) -> int:
        if type(value) is not int:
            raise self.wrong_literal(value, "a whole number")
        return value

    def parse(self, text: str) -> int:
        match = re.fullmatch(self.pattern, text.strip(), re.ASCII)
        if not match:
            raise self.refusal(text)
        value = int(match[0])
        self.check(value)
        return value

    def text(self, value: int) -> str:
        return str(value)

    def check(self, value: object) -> None:
        if not self._whole(value) or (self.odd and isinstance(value, int) and value % 2 == 0):
            raise self.refusal(value)


@dataclass(frozen=True)
class PairField(Field[Pair]):
    """A number for rows and one for columns, written 3x5; one alone stands for both."""

    pattern: ClassVar[str] = r"\d{1,9}(?:x\d{1,9})?"

    @property
    def wanted(self) -> str:
        return f"{super().wanted}, or two such as 3x5 (rows x columns)"

    def literal(self, value: Pair) -> object:
        return value[0] if value[0] == value[1] else value

    def read_literal(self, value: object) -> Pair:
        if type(value) is int:
            return value, value
        if isinstance(value, tuple) and len(value) == 2:
            return value
        raise self.wrong_literal(value, "a whole number or two (rows, columns)")

    def parse(self, text: str) -> Pair:
        plain = text.strip().lower().translate(_TIMES).replace(" ", "")
        if not re.fullmatch(self.pattern, plain, re.ASCII):
            raise self.refusal(text)
        numbers = [int(part) for part in plain.split("x")]
        value = numbers[0], numbers[-1]
        self.check(value)
        return value

    def text(self, value: Pair) -> str:
        return str(value[0]) if value[0] == value[1] else f"{value[0]}x{value[1]}"

    def check(self, value: object) -> None:
        if not isinstance(value, tuple) or len(value) != 2 or not all(self._whole(each) for each in value):
            raise self.refusal(value)


@dataclass(frozen=True)
class PaddingField(Field[Padding]):
    """A padding: zeros on each side, or "same"."""

    pattern: ClassVar[str] = rf"{SAME}|{PairField.pattern}"

    @property
    def _numbers(self) -> PairField:
        return PairField(self.letter, self.label, self.least, self.most, self.argument)

    @property
    def wanted(self) -> str:
        return f"“{SAME}”, or {self._numbers.wanted}"

    def literal(self, value: Padding) -> object:
        return value if isinstance(value, str) else self._numbers.literal(value)

    def read_literal(self, value: object) -> Padding:
        if isinstance(value, str):
            return (0, 0) if value == "valid" else value
        return self._numbers.read_literal(value)

    def parse(self, text: str) -> Padding:
        if text.strip().lower() == SAME:
            return SAME
        try:
            return self._numbers.parse(text)
        except ValueError:
            raise self.refusal(text) from None

    def text(self, value: Padding) -> str:
        return value if isinstance(value, str) else self._numbers.text(value)

    def check(self, value: object) -> None:
        if value == SAME:
            return
        try:
            self._numbers.check(value)
        except ValueError:
            raise self.refusal(value) from None


@dataclass(frozen=True)
class FractionField(Field[float]):
    """A share, from 0 up to below 1."""

    pattern: ClassVar[str] = r"0(?:\.\d{1,6})?"

    @property
    def wanted(self) -> str:
        return "a number from 0 up to below 1"

    def read_literal(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong_literal(value, "a number")
        return float(value)

    def parse(self, text: str) -> float:
        plain = text.strip().replace(",", ".")
        plain = f"0{plain}" if plain.startswith(".") else plain
        if not re.fullmatch(self.pattern, plain, re.ASCII):
            raise self.refusal(text)
        return float(plain)

    def text(self, value: float) -> str:
        return f"{value:.6f}".rstrip("0").rstrip(".")

    def check(self, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1:
            raise self.refusal(value)


@dataclass(frozen=True)
class SwitchField(Field[bool]):
    """Yes or no, written 1 or 0."""

    pattern: ClassVar[str] = "[01]"

    @property
    def wanted(self) -> str:
        return "1 (yes) or 0 (no)"

    def read_literal(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.wrong_literal(value, "True or False")
        return value

    def parse(self, text: str) -> bool:
        if text.strip() not in ("0", "1"):
            raise self.refusal(text)
        return text.strip() == "1"

    def text(self, value: bool) -> str:
        return str(int(value))

    def check(self, value: object) -> None:
        if not isinstance(value, bool):
            raise self.refusal(value)
