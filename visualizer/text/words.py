"""Words that lessons and labs write alike."""

from __future__ import annotations

from collections.abc import Sequence

LOSSES = {"squared": "squared error", "logistic": "logistic loss", "softmax": "cross-entropy"}


def counted(count: int, what: str, many: str = "") -> str:
    """1 filter, 2 filters; `many` is a plural that takes more than an s."""
    return f"{count:,} {what if count == 1 else many or f'{what}s'}"


def how_often(count: int) -> str:
    """Not once, once, twice, 3 times."""
    return {0: "not once", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


def listed(parts: Sequence[str]) -> str:
    """The parts as one enumerates them: "3, 4 and 5"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
