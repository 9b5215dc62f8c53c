"""Examples that users bring: what is understood, and the message for everything that is not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.inputs.tables.examples import Examples, ExamplesError, decode, parse_examples

WANTED = Examples(((0.5, 1.0), (1.0, -2.0)), ((0.0,), (1.0,)))


@pytest.mark.parametrize(
    "text",
    [
        "0.5,1,0\n1,-2,1",
        "x1,x2,y\n0.5,1,0\n1,-2,1\n",
        " 0.5 ; 1 ; 0 \r\n 1 ; −2 ; 1 ",
        "x1;x2;y\n0,5;1;0\n1;-2;1",
        "0.5\t1\t0\n\n1\t-2\t1\n",
        "0,5\t1\t0\n1\t-2\t1\n",
        "0.5 1 0\n1 -2 1",
        "0,5 1 0\n1 -2 1",
        '"0.5","1","0"\n"1","-2","1"',
        "5e-1, 1., 0\n+1, -2, 1",
        "0,1,target\n0.5,1,0\n1,-2,1",
        "sep=;\n0,5;1;0\n1;-2;1",
        "0.5,1,0\r1,-2,1\r",
        "1/2,1,0\n3/3,-4/2,1",
        "1/2 2/2 0/3\n1 -2 1",
    ],
)
def test_understands_the_usual_ways_to_write_a_table(text: str) -> None:
    assert parse_examples(text, inputs=2, outputs=1) == WANTED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "There is nothing in it. Give one example a row."),
        (" \n\t\n", "There is nothing in it. Give one example a row."),
        (",,\n,,", "There are no numbers in it. Give one example a row."),
        ("x1,x2,y", "There are no numbers in it. Give one example a row."),
        ("x1,x2,y\n1,oops,0", "Row 2, column 2 is “oops”, not a number."),
        ("1,2,0\n<script>alert(1)</script>,2,1", "Row 2, column 1 is “<script>alert(1)</script>”, not a number."),
        ("1,2,0\n1,,1", "Row 2, column 2 is empty."),
        ("1,2,0\n1,nan,1", "Row 2, column 2 is “nan”; only finite numbers can be computed with."),
        ("-inf,2,0", "Row 1, column 1 is “-inf”; only finite numbers can be computed with."),
        ("1/0,2,0", "Row 1, column 1 is 1/0; numbers go from −1,000,000 to 1,000,000."),
        ("1,2,1e999", "Row 1, column 3 is 1e999; numbers go from −1,000,000 to 1,000,000."),
        ("1,2,1000001", "Row 1, column 3 is 1000001; numbers go from −1,000,000 to 1,000,000."),
        ("1,2", "Row 1 has 2 columns; the net takes 3 columns: 2 for the inputs, then 1 for the outputs."),
        ("1,2,0\n1,2,0,5", "Row 2 has 4 columns; the net takes 3 columns: 2 for the inputs, then 1 for the outputs."),
        ("0,5,1,0", "Row 1 has 4 columns; the net takes 3 columns: 2 for the inputs, then 1 for the outputs."),
        ("1\n" * 9, "It has 9 rows; at most 8 examples fit."),
        ("1,2,٣", "Row 1, column 3 is “٣”, not a number."),
        (
            "1,2," + "9" * 200,
            "Row 1, column 3 is 99999999999999999999999999999…; numbers go from −1,000,000 to 1,000,000.",
        ),
        ("7," * 60_000, "The text is longer than 100 kB."),
    ],
)
def test_says_what_is_wrong_and_where(text: str, message: str) -> None:
    with pytest.raises(ExamplesError) as error:
        parse_examples(text, inputs=2, outputs=1)

    assert str(error.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"x" * 100_001, "The file has 100 kB; at most 100 kB are read."),
        (b"1,2,\xff\xfe", "The file is not text in UTF-8. Save it as CSV, UTF-8."),
    ],
)
def test_says_what_is_wrong_with_a_file(data: bytes, message: str) -> None:
    with pytest.raises(ExamplesError) as error:
        decode(data)

    assert str(error.value) == message


def test_reads_a_file_that_a_spreadsheet_wrote() -> None:
    text = decode("\ufeffx1;x2;y\r\n0,5;1;0\r\n1;-2;1\r\n".encode())

    assert parse_examples(text, inputs=2, outputs=1) == WANTED


@given(st.text(), st.integers(1, 4), st.integers(1, 3))
def test_any_text_gives_finite_examples_or_one_printable_line(text: str, inputs: int, outputs: int) -> None:
    try:
        examples = parse_examples(text, inputs, outputs)
    except ExamplesError as error:
        assert str(error).isprintable()
        return
    assert 1 <= len(examples.x) == len(examples.y) <= 8
    assert all(len(row) == inputs and all(map(math.isfinite, row)) for row in examples.x)
    assert all(len(row) == outputs and all(map(math.isfinite, row)) for row in examples.y)
