"""Numbers from a CSV file, and what is said of a file without."""

from __future__ import annotations

import pytest

from visualizer.lessons.recurrent.sequence_panel import MOST_BYTES, column_of, series_text


def test_the_first_column_of_numbers_is_taken() -> None:
    assert column_of(b"day,price\nmon,1.5\ntue,-2\n") == [1.5, -2.0]
    assert column_of("\ufeff1\n2\n3\n".encode()) == [1.0, 2.0, 3.0]


def test_a_long_file_is_cut_at_what_maps_show() -> None:
    assert len(column_of(b"1\n" * 500)) == 101


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"a,b\nc,d\n", "no column"),
        (b"1\ntwo\n3\n", "no column.*two"),
        (b"1\nnan\n", "no column.*nan"),
        (b"\xff\xfe\x00", "no text"),
        (b"1\n" * MOST_BYTES, "at most 100,000"),
    ],
)
def test_a_file_without_numbers_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        column_of(data)


def test_numbers_are_written_short() -> None:
    assert series_text([0.5, -0.12345, -0.0, 2.0]) == "0.5, -0.123, 0, 2"
