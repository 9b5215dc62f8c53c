"""Numbers from a CSV file, and what is said of a file without."""

from __future__ import annotations

import pytest

from visualizer.lessons.recurrent.sequence.panel import MAX_BYTES, column_of, series_text, taken_of


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("day,price\nmon,1.5\ntue,-2\n", "price", [1.5, -2.0]),
        ("\ufeff1\n2\n3\n", "column 1", [1.0, 2.0, 3.0]),
        ("Datum;Wert\n2024-01-01;1,5\n2024-01-02;2,25\n", "Wert", [1.5, 2.25]),
        ("Wert\n1,5\n2,25\n", "Wert", [1.5, 2.25]),
        ('n,"value"\n1,"1,5"\n2,"2,25"\n', "n", [1, 2]),
        ("5/12;12345.678\n6/12;0.0004", "column 2", [12345.678, 0.0004]),
    ],
)
def test_the_first_column_of_numbers_is_taken(text: str, name: str, values: list[float]) -> None:
    assert column_of(text.encode())[:2] == (name, values)


@pytest.mark.parametrize(("mark", "values"), [("", [1234, 5678]), (".", [1234, 5678]), (",", [1.234, 5.678])])
def test_a_mark_that_can_be_two_things_is_read_as_it_is_told(mark: str, values: list[float]) -> None:
    name, read, column = column_of(b'day,"price"\nmon,"1,234"\ntue,"5,678"\n', mark)
    assert (name, read) == ("price", values)
    assert {column.read, column.otherwise} == {1234, 1.234} and column.doubtful == "1,234"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"a,b\nc,d\n", "No column.*numbers only"),
        (b"1\ntwo\n3\n", "No column.*two"),
        (b"1\nnan\n", "No column.*nan"),
        (b"1,5\n2,25\n", "as two numbers or as one with a decimal comma"),
        (b"\xff\xff\xff", "not text in UTF-8"),
        (b"1\n" * MAX_BYTES, "at most 100 kB"),
    ],
)
def test_a_file_without_numbers_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        column_of(data)


def test_every_digit_is_kept_and_what_is_too_long_ends_at_a_number() -> None:
    assert series_text([0.5, -0.12345, -0.0, 12345.678, 0.0004]) == "0.5, -0.12345, 0, 12345.678, 0.0004"
    long = series_text([1 / 3] * 300).split(", ")
    assert set(long) == {"0.333333333333333"}
    assert len(long) < 101
    assert len(series_text([1.0] * 300).split(", ")) == 101


@pytest.mark.parametrize(
    ("value", "count", "said"),
    [
        (0.5, 3, "all 3 numbers"),
        (1.0, 300, "the first 101 of 300 numbers"),
        (12345.678, 300, "the first 82 of 300 numbers"),
    ],
)
def test_it_is_said_which_rows_are_taken(value: float, count: int, said: str) -> None:
    assert taken_of(series_text([value] * count), count) == said
