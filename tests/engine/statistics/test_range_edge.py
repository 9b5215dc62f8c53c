"""Whether the best of what was tried lies at the edge of it."""

from __future__ import annotations

import pytest

from visualizer.engine.statistics.range_edge import FIRST, LAST, ONLY, edge_of


def test_the_ends_are_edges_and_what_is_between_is_not() -> None:
    assert [edge_of(place, 4) for place in range(4)] == [FIRST, None, None, LAST]
    assert [edge_of(place, 2) for place in range(2)] == [FIRST, LAST]
    assert edge_of(0, 1) == ONLY


@pytest.mark.parametrize(("place", "count"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_that_is_none_is_refused(place: int, count: int) -> None:
    with pytest.raises(ValueError, match="place must be from 0 to"):
        edge_of(place, count)
