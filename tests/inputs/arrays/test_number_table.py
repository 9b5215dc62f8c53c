"""What the table of numbers does with what the browser sends."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from visualizer.inputs.arrays.number_table import (
    Action,
    Sizes,
    applied,
    changes,
    checked,
)

FIXED = Sizes((2, 3), (2, 3))
FREE = Sizes((1, 1), (4, 4))
START = torch.arange(6, dtype=torch.float64).reshape(2, 3)


def after(*actions: Action, sizes: Sizes = FIXED) -> list[list[float]]:
    array, fault = applied(START, actions, sizes, 1e6)
    assert fault == ""
    found: list[list[float]] = array.tolist()
    return found


def test_numbers_that_were_typed_are_taken_one_after_the_other() -> None:
    assert after(Action(1, 0, 0, typed=7), Action(2, 1, 2, typed=-1.5)) == [[7, 1, 2], [3, 4, -1.5]]
    assert after(Action(1, 5, 0, typed=7)) == START.tolist()


@pytest.mark.parametrize(
    ("row", "column", "text", "wanted"),
    [
        (0, 0, "1 2 3\n4 5 6", [[1, 2, 3], [4, 5, 6]]),
        (1, 2, "[[1, 2, 3], [4, 5, 6]]", [[1, 2, 3], [4, 5, 6]]),
        (0, 1, "7\t8\n9\t10", [[0, 7, 8], [3, 9, 10]]),
        (1, 0, "7; 8,5", [[0, 1, 2], [7, 8.5, 5]]),
        (0, 2, "7\n8", [[0, 1, 7], [3, 4, 8]]),
    ],
)
def test_a_matrix_fills_the_table_or_a_part_of_it(row: int, column: int, text: str, wanted: list[list[float]]) -> None:
    assert after(Action(1, row, column, pasted=text)) == wanted


def test_a_table_that_may_grow_takes_the_size_of_what_is_pasted_into_its_first_cell() -> None:
    assert after(Action(1, 0, 0, pasted="1 2"), sizes=FREE) == [[1, 2]]
    assert after(Action(1, 1, 2, pasted="1\n2\n3"), sizes=FREE) == [[1], [2], [3]]
    assert after(Action(1, 1, 1, pasted="8 9"), sizes=FREE) == [[0, 1, 2], [3, 8, 9]]


def test_rows_and_columns_come_and_go() -> None:
    assert after(Action(1, 3, 2), sizes=FREE) == [[0, 1], [3, 4], [0, 0]]
    assert after(Action(1, 5, 2), sizes=FREE) == START.tolist()


def test_what_does_not_fit_is_said_and_the_rest_is_taken() -> None:
    array, fault = applied(START, [Action(1, 0, 0, typed=7), Action(2, 1, 1, pasted="1 2 3 4")], FIXED, 1e6)

    assert array.tolist() == [[7, 1, 2], [3, 4, 5]]
    assert fault == "It is 1 × 4; 1 × 1 to 1 × 2 can be used here."


def test_only_what_makes_sense_is_taken_from_the_browser() -> None:
    good = {"number": 3, "row": 0, "column": 1, "typed": 2}
    bad: list[Any] = [
        None,
        {},
        good | {"row": -1},
        good | {"row": True},
        good | {"column": 0.5},
        good | {"typed": math.nan},
        good | {"typed": 2e6},
        good | {"typed": "1"},
        {"number": 1, "row": 0, "column": 0, "pasted": 5},
    ]
    assert checked([*bad, good], 1e6) == [Action(3, 0, 1, typed=2.0)]
    assert checked({"number": 1}, 1e6) == []


def test_the_changed_numbers_are_told_by_their_places() -> None:
    other = START.clone()
    other[1, 2] = 8
    assert changes(START, other) == {(1, 2): 8.0}
