"""Why settings make no walk, in words."""

from __future__ import annotations

from dataclasses import dataclass

STAYS = "Until then the walk stays as it was."


@dataclass(frozen=True)
class Refusal:
    """Why no walk can be made, with the smallest change that helps, and beside which settings that is said."""

    beside: str
    text: str
    stays: str = STAYS

    @property
    def words(self) -> str:
        """The whole of it, with what is shown meanwhile."""
        return f"{self.text} {self.stays}"


def sentence(message: str) -> str:
    """The engine's message as a sentence, without the argument in front."""
    head, colon, rest = message.partition(": ")
    text = rest if colon and " " not in head else message
    return f"{text[0].upper()}{text[1:]}."
