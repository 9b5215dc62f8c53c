"""The images that a visitor brings to a gallery: as many as there is room for, then the oldest go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

MOST_PICTURES = 500
MOST_BYTES = 200_000_000


class Sized(Protocol):
    """What takes memory."""

    @property
    def bytes(self) -> int: ...


E = TypeVar("E", bound=Sized)


class OwnGallery(Generic[E]):
    """At most `most` entries of at most `most_bytes` together, in the order in which they came.

    `serial` is another one after every change; `gone` counts those that had to go.
    """

    def __init__(self, most: int = MOST_PICTURES, most_bytes: int = MOST_BYTES) -> None:
        self.most, self.most_bytes = most, most_bytes
        self._entries: list[E] = []
        self.serial = self.gone = self.bytes = 0

    @property
    def entries(self) -> Sequence[E]:
        return self._entries

    def add(self, entry: E) -> None:
        """Take one more; the oldest go where there is no room, but never the one that came last."""
        self._entries.append(entry)
        self.bytes += entry.bytes
        self.serial += 1
        while len(self._entries) > 1 and (len(self._entries) > self.most or self.bytes > self.most_bytes):
            self.bytes -= self._entries.pop(0).bytes
            self.gone += 1

    def clear(self) -> None:
        """Let go of all of them."""
        self._entries.clear()
        self.bytes = self.gone = 0
        self.serial += 1
