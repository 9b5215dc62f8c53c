"""One number: what is read, and the sentence for everything that is not. The browser's reader has the same cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.inputs.numbers import LARGEST, NumberError, read_number, readings

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "numbers.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"]))
def test_a_number_is_read_or_refused_in_words(case: dict[str, Any]) -> None:
    try:
        found: object = read_number(case["text"], limit=case.get("limit", LARGEST))
    except NumberError as error:
        found = str(error)

    assert found == case.get("value", case.get("fault"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12", {".": 12, ",": 12}),
        ("1,5", {",": 1.5}),
        ("0.5", {".": 0.5}),
        ("1,200", {".": 1200, ",": 1.2}),
        ("1.200", {".": 1.2, ",": 1200}),
        ("1,234.5", {".": 1234.5}),
        ("1.234,5", {",": 1234.5}),
        ("1,234,567", {".": 1234567}),
        ("-1e999", {".": -float("inf"), ",": -float("inf")}),
        ("2024-01-01", {}),
        ("", {}),
    ],
)
def test_a_text_has_as_many_readings_as_decimal_marks_fit(text: str, found: dict[str, float]) -> None:
    assert readings(text) == found


@given(st.floats(-LARGEST, LARGEST))
def test_every_number_is_read_as_it_is_written(value: float) -> None:
    assert read_number(repr(value)) == value
    assert read_number(repr(value).replace(".", ",").replace("-", "−")) == value


@given(st.text())
def test_any_text_gives_a_number_within_the_limit_or_one_printable_line(text: str) -> None:
    try:
        assert abs(read_number(text)) <= LARGEST
    except NumberError as error:
        assert str(error).isprintable()
