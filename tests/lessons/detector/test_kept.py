"""Marks and the window in the address: read back as they were written, and checked."""

from __future__ import annotations

import pytest

from visualizer.lessons.detector.kept import MARKED, MAX_MARKS, PLACE, Mark, Place, fits


def test_what_is_written_is_read_back() -> None:
    marks = (Mark(40, 120, True), Mark(0, 8, False))
    assert MARKED.text(marks) == "40,120y.0,8n"
    assert MARKED.parse(MARKED.text(marks)) == marks
    assert PLACE.parse(PLACE.text(Place(1, 20, 30))) == Place(1, 20, 30)
    assert (MARKED.text(()), PLACE.text(None)) == ("", "")


@pytest.mark.parametrize("text", ["", "1", "1,2", "1,2x", "-1,2y", "1,2y,", "1,2y..3,4n", "12345,1y", "1,2y 3,4n"])
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="det_marks must be"):
        MARKED.parse(text)


@pytest.mark.parametrize("text", ["", "0,1,1", "9,1,1", "1,1", "1,1,99999", "1,-1,1", "a,b,c"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="det_place must be"):
        PLACE.parse(text)


def test_so_many_of_each_kind_fit_and_no_more() -> None:
    full = tuple(Mark(n, n, yes) for n in range(MAX_MARKS) for yes in (True, False))
    assert fits(full)
    assert not fits((*full, Mark(1, 1, True)))
    assert len(MARKED.text(tuple(Mark(1023, 1023, mark.yes) for mark in full))) <= MARKED.most_characters


def test_a_value_of_another_kind_is_the_default() -> None:
    assert MARKED.coerce("1,2y") == ()
    assert PLACE.coerce([1, 2, 3]) is None
