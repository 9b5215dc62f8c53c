"""Whether the best of what was tried lies at the edge of it: what was not tried may then be better still."""

from __future__ import annotations

from typing import Literal

Edge = Literal["first", "last", "only"]
FIRST: Edge = "first"
LAST: Edge = "last"
ONLY: Edge = "only"


def edge_of(place: int, count: int) -> Edge | None:
    """At which edge of a row of `count` a place lies; None inside, "only" where there is but one.

    Raises: ValueError naming the argument, its value and the limit.
    """
    if not 0 <= place < count:
        raise ValueError(f"place must be from 0 to {count - 1}, got {place}")
    if count == 1:
        return ONLY
    return FIRST if place == 0 else LAST if place == count - 1 else None
