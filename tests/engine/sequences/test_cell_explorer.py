"""Units that are on over a stretch, and where else: by hand."""

import pytest
import torch

from visualizer.engine.sequences.cell_explorer import means_by_character, other_places, units_on

STATES = torch.tensor(
    [
        [0.9, 0.1, -0.9],
        [0.8, 0.7, 0.0],
        [0.9, 0.6, 0.0],
        [0.1, 0.9, 0.0],
        [0.6, 0.6, 0.0],
        [0.3, 0.9, 0.9],
    ]
)


def test_a_unit_is_on_only_if_it_is_throughout() -> None:
    assert units_on(STATES, 1, 3, 0.5) == [0, 1]
    assert units_on(STATES, 0, 3, 0.5) == [0]
    assert units_on(STATES, 0, 6, 0.5) == []
    assert units_on(STATES, 4, 5, 0.6) == [], "on is above the threshold, not at it"


def test_the_places_are_as_long_as_can_be_and_reach_both_ends() -> None:
    assert other_places(STATES, [0, 1], 0.5) == [(1, 3), (4, 5)]
    assert other_places(STATES, [0], 0.5) == [(0, 3), (4, 5)]
    assert other_places(STATES, [2], 0.5) == [(5, 6)]
    assert other_places(STATES, [0], -1.0) == [(0, 6)]
    assert other_places(STATES, [], 0.5) == []


def test_the_means_of_each_character_largest_first() -> None:
    found = means_by_character(torch.tensor([1.0, -1.0, 3.0]), "aba")
    assert list(found.items()) == [("a", 2.0), ("b", -1.0)]
    with pytest.raises(ValueError, match="values"):
        means_by_character(torch.ones(2), "abc")


@pytest.mark.parametrize("stretch", [(2, 2), (3, 1), (-1, 2), (0, 7)])
def test_refuses_a_stretch_that_is_not_in_the_text(stretch: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="stretch"):
        units_on(STATES, *stretch, 0.5)
