"""Images of a visitor's own: as many as there is room for, then the oldest go."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from visualizer.lessons.retrieval.gallery.uploads import MAX_BYTES, MAX_PICTURES, OwnGallery


@dataclass(frozen=True)
class Brought:
    number: int
    bytes: int


def test_the_limits_are_the_ones_that_are_said() -> None:
    kept = OwnGallery[Brought]()
    assert (kept.most, kept.most_bytes) == (MAX_PICTURES, MAX_BYTES) == (500, 200_000_000)


def test_the_501st_takes_the_place_of_the_first() -> None:
    kept = OwnGallery[Brought]()
    for number in range(501):
        kept.add(Brought(number, 30_000))
    assert [each.number for each in kept.entries] == list(range(1, 501))
    assert kept.gone == 1
    assert kept.bytes == 500 * 30_000


@given(st.lists(st.integers(1, 60), max_size=30))
def test_there_is_never_more_than_fits_and_the_last_one_stays(sizes: list[int]) -> None:
    kept = OwnGallery[Brought](most=5, most_bytes=100)
    for number, size in enumerate(sizes):
        before = kept.serial
        kept.add(Brought(number, size))
        assert kept.serial != before
        assert kept.entries[-1].number == number
        assert len(kept.entries) <= 5
        assert kept.bytes == sum(each.bytes for each in kept.entries) <= 100
    assert kept.gone == len(sizes) - len(kept.entries)


def test_all_can_go() -> None:
    kept = OwnGallery[Brought]()
    kept.add(Brought(0, 10))
    kept.clear()
    assert (list(kept.entries), kept.bytes, kept.gone) == ([], 0, 0)
    assert kept.serial == 2
