"""What is said where the best of what was tried lies at an edge of it."""

from __future__ import annotations

from visualizer.engine.statistics.range_edge import FIRST, LAST, Edge


def edge_words(edge: Edge | None, first: str = "the lowest tried", last: str = "the highest tried") -> str:
    """What is said of the best of what was tried where it lies at an edge of that; nothing elsewhere."""
    if edge is None:
        return ""
    return first if edge == FIRST else last if edge == LAST else "the only one tried"
