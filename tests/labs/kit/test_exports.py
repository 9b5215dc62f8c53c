"""Tables as CSV: numbers in full, and nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.labs.kit.exports import csv_text


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_table_with_numbers_and_texts() -> None:
    text = csv_text({"epoch": torch.tensor([0, 1]), "loss": torch.tensor([0.25, math.nan]), "way": ["a", "b,c"]})
    assert rows(text) == [["epoch", "loss", "way"], ["0", "0.25", "a"], ["1", "nan", "b,c"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_work_out_is_defused(text: str) -> None:
    assert rows(csv_text({text: [text]})) == [[f"'{text}"], [f"'{text}"]]


def test_a_negative_number_stays_a_number() -> None:
    assert rows(csv_text({"x": [-1.5, -2]})) == [["x"], ["-1.5"], ["-2"]]


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError):
        csv_text({"a": [1], "b": [1, 2]})


@given(st.lists(st.floats(allow_nan=False), max_size=5))
def test_numbers_come_back_as_they_were(numbers: list[float]) -> None:
    assert [float(row[0]) for row in rows(csv_text({"x": numbers}))[1:]] == numbers
