"""Tables that users bring: what is understood, what is left out, and the message for everything that can't be used."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.inputs.tables.labels import LabelledTable, with_label
from visualizer.inputs.tables.tables import MAX_BYTES, MAX_PASTED, MIN_ROWS, Table, read_file, read_pasted, read_table
from visualizer.inputs.tables.text import TableError

WANTED = [[0.5, 1.0], [1.0, -2.0], [2.0, 3.0], [-1.0, 4.0]]


def learned(text: str, label: int = -1) -> LabelledTable:
    table = read_pasted(text)
    return with_label(table, label % len(table.columns))


def rows(count: int) -> str:
    return "".join(f"{at},{at % 2}\n" for at in range(count))


@pytest.mark.parametrize(
    "text",
    [
        "0.5,1,0\n1,-2,1\n2,3,0\n-1,4,1",
        "x1,x2,y\n0.5,1,0\n1,-2,1\n\n2,3,0\n-1,4,1\n,,\n",
        " 0.5 ; 1 ; 0 \r\n 1 ; −2 ; 1 \r\n2;3;0\r\n-1;4;1",
        "\ufeffx1;x2;y\n0,5;1;0\n1;-2;1\n2;3;0\n-1;4;1",
        "0.5\t1\t0\n1\t-2\t1\n2\t3\t0\n-1\t4\t1",
        "0,5\t1\t0\n1\t-2\t1\n2\t3\t0\n-1\t4\t1",
        "0.5 1 0\n1 -2 1\n 2  3 0\n-1 4 1",
        "0,5 1 0\n1 -2 1\n2 3 0\n-1 4 1",
        '"0.5","1","0"\n"1","-2","1"\n"2","3","0"\n"-1","4","1"',
        '"0,5","1","0"\n"1","-2","1"\n"2","3","0"\n"-1","4","1"',
        "5e-1, 1., 0\n+1, -2, 1.0\n2,3,00\n-1,4,1",
    ],
)
def test_understands_the_usual_ways_to_write_a_table(text: str) -> None:
    table = learned(text)

    assert table.x.tolist() == WANTED
    assert table.labels.tolist() == [0, 1, 0, 1]
    assert table.classes == ("0", "1")
    assert table.notes == ()


HOUSES = 'price,sqft,sold\n"250,000",950,0\n"310,000","1,200",1\n"450,000","2,590",1\n'


def test_marks_between_thousands_are_no_decimal_marks() -> None:
    table = read_pasted(HOUSES)
    assert with_label(table, 2).x.tolist() == [[250000, 950], [310000, 1200], [450000, 2590]]
    assert [(name, column.doubtful, column.read, column.otherwise) for name, column in table.doubtful] == [
        ("price", "250,000", 250000, 250),
        ("sqft", "1,200", 1200, 1.2),
    ]


def test_one_can_say_that_the_marks_are_decimal() -> None:
    table = read_pasted(HOUSES)
    other = table.told(",")
    assert with_label(other, 2).x[:, 1].tolist() == [950, 1.2, 2.59]
    assert other.digest != table.digest
    assert table.told(".") is table
    assert read_pasted("a;b\n1,5;0\n2;1\n3;0\n4;1").told(".").written[0].mark == ","


@pytest.mark.parametrize(
    ("cells", "separator", "found"),
    [
        (["1,200", "950", "2,590"], ";", [1.2, 950, 2.59]),
        (["1,200", "950", "2,590"], "\t", [1200, 950, 2590]),
        (["1,200", "950", "0,5"], "\t", [1.2, 950, 0.5]),
        (["1.200", "950", "2.590"], ";", [1.2, 950, 2.59]),
        (["1.234,5", "1.200", "3"], ";", [1234.5, 1200, 3]),
        (["1,234,567", "1,200", "3"], ";", [1234567, 1200, 3]),
        (["1\u202f234,5", "1e-3", "−3"], ";", [1234.5, 0.001, -3]),
        (["12345.678", "0.0004", "0"], ";", [12345.678, 0.0004, 0]),
    ],
)
def test_a_column_says_how_its_numbers_are_written(cells: list[str], separator: str, found: list[float]) -> None:
    rows = [f"{cell}{separator}{at % 2}{separator}x" for at, cell in enumerate(["7", *cells])]
    assert with_label(read_pasted("\n".join(rows)), 1).x[:, 0].tolist() == [7, *found]


def test_what_other_columns_leave_no_doubt_about_counts_in_a_doubtful_one() -> None:
    table = learned("a;b;y\n1.200;0,5;0\n2.300;0,25;1\n3.400;1;0\n4.500;2;1")
    assert table.x[:, 0].tolist() == [1200, 2300, 3400, 4500]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("0,1,2,target\n5.1,3.5,1.4,0\n4.9,3.0,1.4,0\n6.2,2.2,4.5,1\n5.9,3.0,5.1,1", ("0", "1", "2", "target")),
        (
            "country,2019,2020,2021,grade\nA,1,2,4,x\nB,3,2,1,y\nC,5,5,6,x\nD,7,8,8,y",
            ("country", "2019", "2020", "2021", "grade"),
        ),
        (
            "country,2019,2020,2021,grade\nA,1,2,3,x\nB,3,2,1,y\nC,4,5,6,x\nD,7,8,9,y",
            ("country", "2019", "2020", "2021", "grade"),
        ),
        ("a,1,2\nb,2,3\nc,3,4\nd,5,9\ne,1,7", ("column 1", "column 2", "column 3")),
        ("1,2,x\n3,1,y\n4,5,x\n5,5,y\n6,6,x", ("column 1", "column 2", "column 3")),
        ('"price\nin EUR",y\n1,0\n2,1\n3,0\n4,1', ("price·in EUR", "y")),
        ("sep=;\na;y\n1,5;0\n2;1\n3;0\n4;1", ("a", "y")),
        ("a,y\r1,0\r2,1\r3,0\r4,1", ("a", "y")),
    ],
)
def test_headings_are_told_from_rows(text: str, columns: tuple[str, ...]) -> None:
    table = read_pasted(text)
    assert table.columns == columns
    assert len(table.rows) == (5 if "column 1" in columns else 4)


@pytest.mark.parametrize("odd", ["\u2028", "\u0085", "\x0b", "\x0c", "\x1e"])
def test_only_line_ends_end_a_row(odd: str) -> None:
    table = learned(f"1,a{odd}b\n2,c\n3,a{odd}b\n4,c")
    assert table.classes == ("a·b", "c")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_files_in_utf_8_and_utf_16_are_read(encoding: str) -> None:
    table = read_file("Größe;y\n1,5;猫\n2;x\n3;猫\n4;x\n".encode(encoding), "mine.csv")
    assert table.columns == ("Größe", "y")
    assert with_label(table, 1).x[:, 0].tolist() == [1.5, 2, 3, 4]


def test_names_come_from_the_heading() -> None:
    table = learned("height,,species\n1,2,cat\n2,3,dog\n3,4,cat\n4,5,dog")

    assert table.inputs == ("height", "column 2")
    assert table.label == "species"
    assert table.classes == ("cat", "dog")
    assert table.labels.tolist() == [0, 1, 0, 1]


def test_any_column_is_the_label() -> None:
    table = learned('"size, in; cm",kind,age\n1.5,"a, b",3\n2.5,c,4\n3.5,c,5\n4.5,c,7', label=1)

    assert table.inputs == ("size, in; cm", "age")
    assert table.x.tolist() == [[1.5, 3], [2.5, 4], [3.5, 5], [4.5, 7]]
    assert table.classes == ("a, b", "c")


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (["1", "-1", "1", "-1"], ("-1", "1")),
        (["3.0", "5", "3", "5"], ("3", "5")),
        (["0.5", "1", "0.5", "1"], ()),
        ([str(at) for at in range(10)], tuple(str(at) for at in range(10))),
        ([str(at) for at in range(11)], ()),
        (["1", "2", "x", "1"], ("1", "2", "x")),
        (["Zürich", "Århus", "Zürich", "猫"], ("Zürich", "Århus", "猫")),
    ],
)
def test_few_whole_numbers_and_texts_are_classes(labels: list[str], classes: tuple[str, ...]) -> None:
    table = learned("\n".join(f"{at},{label}" for at, label in enumerate(labels)))

    assert table.classes == classes
    if classes:
        assert table.labels.dtype == torch.int64
        assert len(set(zip(labels, table.labels.tolist(), strict=True))) == len(set(labels))
    else:
        assert table.labels.tolist() == [float(label) for label in labels]


@pytest.mark.parametrize(
    ("text", "inputs", "count", "notes"),
    [
        ("a,y\n1,0\n,1\n2,\n3,1\nNA,0\n4,0\n5,1", ("a",), 4, ["3 rows left out, with a missing value."]),
        ("a,y\n1,p\nnan,q\n2,?\n3,q\n4,p\n5,q", ("a",), 4, ["2 rows left out, with a missing value."]),
        (
            "a,y\n1,0\ninf,1\n-Infinity,0\n1e999,0\n2e12,0\n2,1\n3,1\n4,1",
            ("a",),
            4,
            ["4 rows left out, with a number that is infinite or beyond 1,000,000,000,000."],
        ),
        (
            "a,city,y\n1,,0\n2,Rome,1\n3,Bonn,1\n4,Rome,0",
            ("a",),
            4,
            ["Columns left out, text: “city” (“Rome” in row 3)."],
        ),
        ("a,b,y\n1,,0\n2,,1\n3,,1\n4,7,0", ("a",), 4, ["Columns left out, more than half missing: “b”."]),
        ("a,b,y\n1,7,0\n2,7.0,1\n3,7,1\n4,7,0", ("a",), 4, ["Columns left out, the same in every row: “b” (7)."]),
        (
            "a,b,c,d,e,f,y\n" + "".join(f"{at},x,x,x,x,x,{at % 2}\n" for at in range(4)),
            ("a",),
            4,
            ["Columns left out, text: “b” (“x” in row 2), “c” (“x” in row 2), “d” (“x” in row 2) and 2 more."],
        ),
    ],
)
def test_what_is_left_out_is_said(text: str, inputs: tuple[str, ...], count: int, notes: list[str]) -> None:
    table = learned(text)

    assert table.inputs == inputs
    assert table.x.shape == (count, len(inputs))
    assert len(table.labels) == count
    assert list(table.notes) == notes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "There is nothing in it. Give one example a row."),
        (" \n,,\n;;\n", "There is nothing in it. Give one example a row."),
        ("1,2\n" * 2, "It has 2 rows of values; at least 3 are needed."),
        ("a,y\n1,2", "It has 1 row of values; at least 3 are needed."),
        ("1\n2\n3\n4", "It has 1 column; at least 2 are needed: an input and the label."),
        (("1," * 65 + "1\n") * 4, "It has 66 columns; at most 64 inputs and a label are read."),
        ("1,2,3\n1,2,3\n1,2\n1,2,3", "Row 3 has 2 columns, but row 1 has 3."),
        ("a,b\n1,2\n\n1,2\n1,2,3\n1,2", "Row 5 has 3 columns, but row 1 has 2."),
        ('1,2,4\n"2\n3",4\n5,6,7\n5,6,7\n5,6,7', "Row 2 has 2 columns, but row 1 has 3."),
        ("1," * 5001 + "1\n" + "1,2\n" * 4, "Row 1 has 10,003 characters; at most 10,000 are read."),
        (
            "1" * (MAX_PASTED + 1),
            "The text has 200,001 characters; at most 200,000 can be pasted. Upload a file instead.",
        ),
        ("a,y\n1,2\n2,2\n3,2\n4,2", "The label “y” is “2” in every row; there is nothing to tell apart."),
        ("a,y\n1,<b>\n2,<b>\n3,<b>\n4,<b>", "The label “y” is “<b>” in every row; there is nothing to tell apart."),
        (
            "a,y\n" + "".join(f"{at},{at % 12}\n" for at in range(24)) + "9,oops\n",
            "The label “y” has 13 different texts, such as “oops” in row 26; at most 10 classes are distinguished.",
        ),
        (
            "a,y\nb,0\nc,1\nd,0\ne,1",
            "No column of numbers is left as an input. Columns left out, text: “a” (“b” in row 2).",
        ),
        (
            "a,y\n1,0\n,1\n2,\n3,inf\n4,1",
            "Of 5 rows, 2 can be used; at least 3 are needed. 2 rows left out, with a missing value. "
            "1 row left out, with a number that is infinite or beyond 1,000,000,000,000.",
        ),
    ],
)
def test_says_what_cannot_be_used_and_why(text: str, message: str) -> None:
    with pytest.raises(TableError) as error:
        learned(text)

    assert str(error.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "There is nothing in it. Give one example a row."),
        (b"1,2,\xff\xfe", "The file is not text in UTF-8. Save it as CSV, UTF-8."),
        ("size,Größe,y\n1,2,3\n".encode("cp1252"), "The file is not text in UTF-8. Save it as CSV, UTF-8."),
        ("1,2\n".encode("utf-16")[:-1], "The file is not text in UTF-8. Save it as CSV, UTF-8."),
        (b"1,2\0\n" * 4, "The file is not text in UTF-8. Save it as CSV, UTF-8."),
        (b"PK\x03\x04 and so on", "This is a spreadsheet, not text. Save it as CSV, UTF-8."),
        (b"1" * (MAX_BYTES + 1024**2), "The file has 21 MB; at most 20 MB are read."),
        (b"1\n" * 2_000_001, "It has 2,000,001 lines; at most 2,000,000 are read."),
        (b"1,2," * 1_000_000, "Row 1 has 4,000,000 characters; at most 10,000 are read."),
    ],
)
def test_says_what_is_wrong_with_a_file(data: bytes, message: str) -> None:
    with pytest.raises(TableError) as error:
        read_file(data, "mine.csv")

    assert str(error.value) == message


def test_of_a_million_rows_a_sample_is_used_and_said() -> None:
    data = "n,odd\n" + rows(1_000_000)
    table, again = (read_file(data.encode(), "million.csv") for _ in range(2))
    values = [int(row.cells[0]) for row in table.rows]

    assert table.note == "million.csv: 1,000,000 rows, 2 columns; 2,000 rows are used, drawn with seed 0."
    assert len(set(values)) == 2000
    assert values == sorted(values)
    assert abs(sum(values) / 2000 - 500_000) < 5 * 289_000 / math.sqrt(2000)
    assert all(row.line == value + 2 for row, value in zip(table.rows, values, strict=True))
    assert again.rows == table.rows


def test_up_to_2000_rows_all_are_used() -> None:
    assert len(read_pasted(rows(2000)).rows) == 2000
    assert read_pasted(rows(2000)).note == "Pasted table: 2,000 rows, 2 columns."
    assert len(read_pasted(rows(2001)).rows) == 2000


def test_the_digest_tells_tables_apart() -> None:
    first, same, other = (read_table(text, name) for text, name in ((rows(5), "a"), (rows(5), "b"), (rows(6), "a")))

    assert first.digest == same.digest != other.digest


def test_a_label_that_is_no_column_is_refused() -> None:
    with pytest.raises(TableError, match="The label is a column from 1 to 2, got 3"):
        with_label(read_pasted(rows(5)), 2)


def test_long_and_broken_names_are_made_fit_to_be_shown() -> None:
    table = learned(f"{'x' * 500},a\u202eb\n1,0\n2,1\n3,0\n4,1")

    assert table.inputs == ("x" * 29 + "…",)
    assert table.label == "a·b"


def check_usable(table: Table) -> None:
    for label in range(len(table.columns)):
        try:
            found = with_label(table, label)
        except TableError as error:
            assert str(error).isprintable()
            continue
        assert len(found.labels) == len(found.x) >= MIN_ROWS
        assert 1 <= len(found.inputs) == found.x.shape[1]
        assert bool(torch.isfinite(found.x).all())
        assert bool(torch.isfinite(found.labels.double()).all())
        assert found.classes == () or 2 <= len(found.classes) == int(found.labels.max()) + 1
        assert all(text.isprintable() for text in (*found.notes, *found.inputs, *found.classes, found.label))


@given(st.text())
def test_any_text_gives_a_table_or_one_printable_line(text: str) -> None:
    try:
        table = read_pasted(text)
    except TableError as error:
        assert str(error).isprintable()
        return
    check_usable(table)


CELLS = st.sampled_from(["", "1", "2", "-3.5", "1e3", "nan", "inf", "1e400", "NA", "a", "b c", '"', '"x,y"', "−2", "٣"])


@given(
    st.sampled_from([",", ";", "\t"]),
    st.integers(2, 4).flatmap(
        lambda columns: st.lists(st.lists(CELLS, min_size=columns, max_size=columns), min_size=4, max_size=12)
    ),
)
def test_any_table_gives_finite_numbers_or_one_printable_line(separator: str, cells: list[list[str]]) -> None:
    try:
        table = read_pasted("\n".join(separator.join(row) for row in cells))
    except TableError as error:
        assert str(error).isprintable()
        return
    check_usable(table)


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.sampled_from("pq")), min_size=4, max_size=20))
def test_what_is_written_is_read_back(values: list[tuple[float, float, str]]) -> None:
    text = "first,second,label\n" + "\n".join(f"{one!r},{two!r},{label}" for one, two, label in values)
    table = read_pasted(text)
    read = [(float(row.cells[0]), float(row.cells[1]), row.cells[2]) for row in table.rows]

    assert read == values
    try:
        found = with_label(table, 2)
    except TableError:
        assert min(len(set(column)) for column in zip(*values, strict=True)) == 1
        return
    wanted = [[value[at] for at, name in enumerate(table.columns[:2]) if name in found.inputs] for value in values]
    assert found.x.tolist() == wanted


def test_the_server_takes_as_much_as_is_read() -> None:
    config = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert config["server"]["maxUploadSize"] * 1024**2 == MAX_BYTES
